internal import DynamoDBExpressions
internal import LambdaEvents

/// A primary key as the bytes that SQLite orders by; `range` is empty where there is no sort key.
///
/// `hash` begins with the hash of the partition key's value (``PartitionHash``), so that partitions are stored, and scanned,
/// in the service's order.
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
    func itemKey(_ key: AttributeMap) throws(StoreError) -> ItemKey {
        guard key.count == self.key.all.count else { throw Self.keyDoesNotMatch }
        var values: [AttributeValue] = []
        values.reserveCapacity(self.key.all.count)
        for attribute in self.key.all {
            guard let value = key[attribute.name], value.isOf(attribute.type) else { throw Self.keyDoesNotMatch }
            values.append(value)
        }
        return try encode(values)
    }

    static let keyDoesNotMatch = StoreError.validation("The provided key element does not match the schema")

    /// The key of a whole item.
    ///
    /// - Parameter item: normalized values.
    func itemKey(ofItem item: AttributeMap) throws(StoreError) -> ItemKey {
        var values: [AttributeValue] = []
        for attribute in key.all {
            guard let value = item[attribute.name] else {
                throw .validation(
                    "One or more parameter values were invalid: Missing the key \(attribute.name) in the item")
            }
            guard value.isOf(attribute.type) else {
                throw .validation(
                    "One or more parameter values were invalid: Type mismatch for key \(attribute.name) expected: "
                        + "\(attribute.type.rawValue) actual: \(value.descriptor.rawValue)")
            }
            values.append(value)
        }
        return try encode(values)
    }

    /// - Parameter values: those of the key's attributes, in their order.
    private func encode(_ values: [AttributeValue]) throws(StoreError) -> ItemKey {
        for (index, value) in values.enumerated() {
            if let problem = value.emptiness {
                throw .validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                        + "empty \(problem) value. Key: \(key.all[index].name)")
            }
        }
        return try key.encode(values)
    }
}

extension KeyAttributes {
    /// The key's bytes; nil when an attribute is missing. Types and emptiness are the caller's to check.
    func encode(_ values: AttributeMap) throws(StoreError) -> ItemKey? {
        try Self.values(of: all, in: values).map { values throws(StoreError) in try encode(values) }
    }

    /// - Parameter values: those of the key's attributes, in their order.
    fileprivate func encode(_ values: [AttributeValue]) throws(StoreError) -> ItemKey {
        let hash = try Self.partition(values[..<hashes.count])
        let range = try Self.join(values[hashes.count...])
        guard range.size <= Table.largestRangeKey else { throw Self.rangeTooLong }
        return ItemKey(hash: hash, range: range.bytes)
    }

    /// The stored bytes of a partition, by the values of the partition key's attributes.
    static func partition(_ values: some Collection<AttributeValue>) throws(StoreError) -> [UInt8] {
        let hash = try join(values)
        guard hash.size <= Table.largestHashKey else { throw hashTooLong }
        var stored = try PartitionHash.prefix(values, room: hash.bytes.count)
        stored.append(contentsOf: hash.bytes)
        return stored
    }

    /// The missing space is the service's.
    static let hashTooLong = StoreError.validation(
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes")
    static let rangeTooLong = StoreError.validation(
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
    )

    /// A table's key as its indexes keep it, to tell entries with equal index keys apart: begun by the hash of the whole key,
    /// which is the service's order of such entries.
    func encodeForIndexes(_ values: AttributeMap) throws(StoreError) -> ItemKey? {
        guard var key = try encode(values), let all = Self.values(of: all, in: values) else { return nil }
        key.hash.replaceSubrange(..<PartitionHash.byteCount, with: try PartitionHash.prefix(all))
        return key
    }

    private static func values(of attributes: [Attribute], in values: AttributeMap) -> [AttributeValue]? {
        var found: [AttributeValue] = []
        for attribute in attributes {
            guard let value = values[attribute.name] else { return nil }
            found.append(value)
        }
        return found
    }

    /// One value is its own bytes; several are joined so that they sort one after the other.
    private static func join(_ values: some Collection<AttributeValue>) throws(StoreError) -> (bytes: [UInt8], size: Int) {
        guard values.count > 1 else {
            let bytes = try values.first.map { value throws(StoreError) in try Self.bytes(value) } ?? []
            return (bytes, bytes.count)
        }
        var joined: [UInt8] = []
        var size = 0
        for value in values {
            size += try Self.bytes(value).count
            joined += try CompositeKeyPart.bytes(value)
        }
        return (joined, size)
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
    fileprivate func isOf(_ type: ScalarAttributeType) -> Bool {
        switch (self, type) {
        case (.string, .string), (.number, .number), (.binary, .binary): true
        default: false
        }
    }

    /// What an empty string or binary is called in the service's messages; nil for any other value.
    var emptiness: String? {
        switch self {
        case .string(""): "string"
        case .binary(let data) where data.isEmpty: "binary"
        default: nil
        }
    }
}
