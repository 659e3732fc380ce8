#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import LambdaEvents

/// One item of a table, as DynamoDB has it.
package typealias Item = AttributeMap

/// An item that is not what its kind must be: a defect, or written by hand.
package struct RecordError: Error, Sendable, Equatable, CustomStringConvertible {
    package let entity: String
    package let attribute: String

    package var description: String { "the item of kind \(entity) has no valid \(attribute)" }
}

/// Reads the attributes of one item by type.
package struct ItemReader {
    private let item: Item
    private let entity: String

    package init(_ item: Item, entity: String) throws(RecordError) {
        guard item["entity"] == .string(entity) else { throw RecordError(entity: entity, attribute: "entity") }
        self.item = item
        self.entity = entity
    }

    package func optionalText(_ name: String) throws(RecordError) -> String? {
        switch item[name] {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw RecordError(entity: entity, attribute: name)
        }
    }

    package func text(_ name: String) throws(RecordError) -> String {
        guard let text = try optionalText(name) else { throw RecordError(entity: entity, attribute: name) }
        return text
    }

    package func optionalInteger(_ name: String) throws(RecordError) -> Int64? {
        switch item[name] {
        case nil, .null: return nil
        case .number(let digits):
            guard let number = Int64(digits) else { throw RecordError(entity: entity, attribute: name) }
            return number
        default: throw RecordError(entity: entity, attribute: name)
        }
    }

    package func integer(_ name: String) throws(RecordError) -> Int64 {
        guard let number = try optionalInteger(name) else { throw RecordError(entity: entity, attribute: name) }
        return number
    }

    /// False where the attribute is not there.
    package func flag(_ name: String) throws(RecordError) -> Bool {
        switch item[name] {
        case nil, .null: return false
        case .bool(let flag): return flag
        default: throw RecordError(entity: entity, attribute: name)
        }
    }

    package func optionalDate(_ name: String) throws(RecordError) -> Date? {
        guard let text = try optionalText(name) else { return nil }
        guard let date = Timestamp.date(text) else { throw RecordError(entity: entity, attribute: name) }
        return date
    }

    package func date(_ name: String) throws(RecordError) -> Date {
        guard let date = try optionalDate(name) else { throw RecordError(entity: entity, attribute: name) }
        return date
    }

    package func value<Value: RawRepresentable>(_ name: String, as type: Value.Type = Value.self) throws(RecordError) -> Value
    where Value.RawValue == String {
        guard let value = Value(rawValue: try text(name)) else { throw RecordError(entity: entity, attribute: name) }
        return value
    }

    /// A list of texts or a string set; empty where the attribute is not there.
    package func texts(_ name: String) throws(RecordError) -> [String] {
        switch item[name] {
        case nil, .null: return []
        case .stringSet(let texts): return texts
        case .list(let values):
            var texts: [String] = []
            for value in values {
                guard case .string(let text) = value else { throw RecordError(entity: entity, attribute: name) }
                texts.append(text)
            }
            return texts
        default: throw RecordError(entity: entity, attribute: name)
        }
    }
}

/// Collects the attributes of one item; what is nil is left out.
package struct ItemWriter {
    package private(set) var item: Item

    package init(entity: String, key: ItemKey) {
        item = key.attributes
        item["entity"] = .string(entity)
    }

    package mutating func set(_ name: String, _ text: String?) {
        item[name] = text.map(AttributeValue.string)
    }

    package mutating func set(_ name: String, _ number: Int64?) {
        item[name] = number.map { .number(String($0)) }
    }

    package mutating func set(_ name: String, _ flag: Bool) {
        item[name] = .bool(flag)
    }

    package mutating func set(_ name: String, _ date: Date?) {
        item[name] = date.map { .string(Timestamp.text($0)) }
    }

    /// A list, which may be empty and keeps its order.
    package mutating func set(_ name: String, list texts: [String]) {
        item[name] = .list(texts.map(AttributeValue.string))
    }

    package mutating func set(_ name: String, _ value: AttributeValue?) {
        item[name] = value
    }
}
