internal import DynamoDBExpressions
internal import LambdaEvents

/// A primary key as the bytes that SQLite orders by; `range` is empty where there is no sort key.
struct ItemKey: Sendable, Hashable {
    var hash: [UInt8]
    var range: [UInt8]
}

extension Table {
    /// The most bytes that a partition key and a sort key may have ("Quotas in Amazon DynamoDB").
    static let largestHashKey = 2048
    static let largestRangeKey = 1024

    /// The key of a `Key` parameter, which has the key's attributes and no others.
    ///
    /// - Parameter key: normalized values.
    func itemKey(_ key: [String: AttributeValue]) throws(StoreError) -> ItemKey {
        guard key.count == self.key.all.count else { throw Self.keyDoesNotMatch }
        for attribute in self.key.all {
            guard key[attribute.name]?.descriptor.rawValue == attribute.type.rawValue else { throw Self.keyDoesNotMatch }
        }
        return try encode(key)
    }

    static let keyDoesNotMatch = StoreError.validation("The provided key element does not match the schema")

    /// The key of a whole item.
    ///
    /// - Parameter item: normalized values.
    func itemKey(ofItem item: [String: AttributeValue]) throws(StoreError) -> ItemKey {
        for attribute in key.all {
            guard let value = item[attribute.name] else {
                throw .validation(
                    "One or more parameter values were invalid: Missing the key \(attribute.name) in the item")
            }
            guard value.descriptor.rawValue == attribute.type.rawValue else {
                throw .validation(
                    "One or more parameter values were invalid: Type mismatch for key \(attribute.name) expected: "
                        + "\(attribute.type.rawValue) actual: \(value.descriptor.rawValue)")
            }
        }
        return try encode(item)
    }

    private func encode(_ values: [String: AttributeValue]) throws(StoreError) -> ItemKey {
        for attribute in key.all {
            if let problem = values[attribute.name]?.emptiness {
                throw .validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                        + "empty \(problem) value. Key: \(attribute.name)")
            }
        }
        guard let encoded = try key.encode(values) else { throw Self.keyDoesNotMatch }
        return encoded
    }
}

extension KeyAttributes {
    /// The key's bytes; nil when an attribute is missing. Types and emptiness are the caller's to check.
    ///
    /// The missing space in the first message is the service's.
    func encode(_ values: [String: AttributeValue]) throws(StoreError) -> ItemKey? {
        guard let hashValue = values[hash.name] else { return nil }
        let hashBytes = try Self.bytes(hashValue)
        guard hashBytes.count <= Table.largestHashKey else {
            throw .validation(
                "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes")
        }
        guard let range else { return ItemKey(hash: hashBytes, range: []) }
        guard let rangeValue = values[range.name] else { return nil }
        let rangeBytes = try Self.bytes(rangeValue)
        guard rangeBytes.count <= Table.largestRangeKey else {
            throw .validation(
                "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of "
                    + "1024 bytes")
        }
        return ItemKey(hash: hashBytes, range: rangeBytes)
    }

    static func bytes(_ value: AttributeValue) throws(StoreError) -> [UInt8] {
        do {
            return try KeyEncoding.bytes(for: value)
        } catch {
            throw StoreError(error)
        }
    }
}

extension AttributeValue {
    /// What an empty string or binary is called in the service's messages; nil for any other value.
    var emptiness: String? {
        switch self {
        case .string(""): "string"
        case .binary(let data) where data.isEmpty: "binary"
        default: nil
        }
    }
}
