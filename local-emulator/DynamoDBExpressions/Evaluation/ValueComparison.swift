#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import LambdaEvents

extension AttributeValue {
    /// Equality as the service sees it: of one type, numbers by value, strings by their bytes, sets in any order.
    package func equals(_ other: AttributeValue) -> Bool {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.number(let left), .number(let right)): left == right || Self.decimal(left) == Self.decimal(right)
        case (.binary(let left), .binary(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.list(let left), .list(let right)): left.count == right.count && zip(left, right).allSatisfy { $0.equals($1) }
        case (.map(let left), .map(let right)):
            left.count == right.count && left.allSatisfy { name, value in right[name].map(value.equals) ?? false }
        // Sets of a request are in order; those of an item that an earlier version stored need not be.
        case (.stringSet(let left), .stringSet(let right)):
            left.count == right.count && Self.keys(left) == Self.keys(right)
        case (.numberSet(let left), .numberSet(let right)):
            left == right || (left.count == right.count && Set(left.map(Self.decimal)) == Set(right.map(Self.decimal)))
        case (.binarySet(let left), .binarySet(let right)): left == right || Set(left) == Set(right)
        default: false
        }
    }

    /// Negative if this value comes before the other, 0 if they are equal, positive if it comes after. Nil if they have no
    /// order: two types, or a type other than string, number and binary.
    package func order(relativeTo other: AttributeValue) -> Int? {
        switch (self, other) {
        case (.string(let left), .string(let right)): return ByteOrder.compare(left, right)
        case (.binary(let left), .binary(let right)): return ByteOrder.compare(left, right)
        case (.number(let left), .number(let right)):
            guard let left = Self.decimal(left), let right = Self.decimal(right) else { return nil }
            return left < right ? -1 : left == right ? 0 : 1
        default: return nil
        }
    }

    /// Nil for a text that is no number, which no stored or checked value holds.
    static func decimal(_ text: String) -> DecimalNumber? { try? DecimalNumber(parsing: text) }

    /// The members of a string set as bytes, since Swift's string equality joins canonically equivalent texts.
    private static func keys(_ texts: [String]) -> Set<[UInt8]> { Set(texts.map { Array($0.utf8) }) }
}
