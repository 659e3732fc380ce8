#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents

extension Operand {
    /// The operand's value for an item; nil where a path leads nowhere or a size is asked of what has none.
    func value(in item: AttributeMap) -> AttributeValue? {
        switch self {
        case .path(let path): path.value(in: item)
        case .value(let value): value
        case .size(let operand): operand.value(in: item).flatMap(Self.size).map { .number(String($0)) }
        case .ifNotExists(let path, let fallback): path.value(in: item) ?? fallback.value(in: item)
        case .truth(let condition): .bool(condition.holds(for: item))
        // Only in updates, which evaluate them with their own errors.
        case .listAppend, .sum, .difference: nil
        }
    }

    /// A string's size is its length in UTF-16 code units, a binary's its bytes, a set's or document's its members.
    ///
    /// Source: "Comparison operator and function reference" in the Amazon DynamoDB Developer Guide says of a string only
    /// "the length of the string". The service answers 3 for "é𝄞", whose UTF-8 has six bytes and which is two characters.
    private static func size(_ value: AttributeValue) -> Int? {
        switch value {
        case .string(let text): text.utf16.count
        case .binary(let data): data.count
        case .stringSet(let members), .numberSet(let members): members.count
        case .binarySet(let members): members.count
        case .list(let elements): elements.count
        case .map(let members): members.count
        case .number, .bool, .null: nil
        }
    }
}

extension Condition {
    /// Whether the condition holds. What is missing or of another type makes a comparison false, except for `<>`.
    ///
    /// Only what nests is here: the frame of a recursive function is as large as all of its cases together.
    func holds(for item: AttributeMap) -> Bool {
        switch self {
        case .all(let conditions):
            for condition in conditions where !condition.holds(for: item) { return false }
            return true
        case .any(let conditions):
            for condition in conditions where condition.holds(for: item) { return true }
            return false
        case .not(let condition): return !condition.holds(for: item)
        default: return leafHolds(for: item)
        }
    }

    private func leafHolds(for item: AttributeMap) -> Bool {
        switch self {
        case .all, .any, .not: holds(for: item)
        case .comparison(let comparator, let left, let right):
            Self.compare(left.value(in: item), comparator, right.value(in: item))
        case .between(let operand, let low, let high):
            Self.isBetween(operand.value(in: item), low.value(in: item), high.value(in: item))
        case .in(let operand, let members):
            operand.value(in: item).map { value in
                members.contains { $0.value(in: item).map(value.equals) ?? false }
            } ?? false
        case .exists(let path): path.value(in: item) != nil
        case .notExists(let path): path.value(in: item) == nil
        case .hasType(let operand, let type): operand.value(in: item)?.descriptor == type
        case .beginsWith(let operand, let prefix): Self.beginsWith(operand.value(in: item), prefix.value(in: item))
        case .contains(let operand, let member): Self.contains(operand.value(in: item), member.value(in: item))
        }
    }

    private static func compare(_ left: AttributeValue?, _ comparator: Comparator, _ right: AttributeValue?) -> Bool {
        guard let left, let right else { return comparator == .notEqual }
        switch comparator {
        case .equal: return left.equals(right)
        case .notEqual: return !left.equals(right)
        case .less: return left.order(relativeTo: right).map { $0 < 0 } ?? false
        case .lessOrEqual: return left.order(relativeTo: right).map { $0 <= 0 } ?? false
        case .greater: return left.order(relativeTo: right).map { $0 > 0 } ?? false
        case .greaterOrEqual: return left.order(relativeTo: right).map { $0 >= 0 } ?? false
        }
    }

    private static func isBetween(_ value: AttributeValue?, _ low: AttributeValue?, _ high: AttributeValue?) -> Bool {
        guard let value, let low, let high, let above = value.order(relativeTo: low), let below = value.order(relativeTo: high)
        else { return false }
        return above >= 0 && below <= 0
    }

    private static func beginsWith(_ value: AttributeValue?, _ prefix: AttributeValue?) -> Bool {
        switch (value, prefix) {
        case (.string(let text)?, .string(let prefix)?): ByteOrder.hasPrefix(text, prefix)
        case (.binary(let data)?, .binary(let prefix)?): ByteOrder.hasPrefix(data, prefix)
        default: false
        }
    }

    /// A part of a string or binary, a member of a set, or an element of a list.
    private static func contains(_ value: AttributeValue?, _ member: AttributeValue?) -> Bool {
        guard let value, let member else { return false }
        switch (value, member) {
        case (.string(let text), .string(let part)): return ByteOrder.contains(text, part)
        case (.binary(let data), .binary(let part)): return ByteOrder.contains(data, part)
        case (.stringSet(let members), .string): return members.contains { member.equals(.string($0)) }
        case (.numberSet(let members), .number): return members.contains { member.equals(.number($0)) }
        case (.binarySet(let members), .binary(let data)): return members.contains(data)
        case (.list(let elements), _): return elements.contains { $0.equals(member) }
        default: return false
        }
    }
}
