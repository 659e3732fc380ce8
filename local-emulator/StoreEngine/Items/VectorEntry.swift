internal import DynamoDBExpressions
internal import LambdaEvents

/// What a vector index holds of an item.
struct VectorEntry: Sendable, Equatable {
    /// The bytes of the attribute that divides the index; empty where none does.
    var partition: [UInt8]
    /// The table's key (``KeyAttributes/encodeForIndexes(_:)``).
    var tableKey: ItemKey
    /// One for each filter attribute, nil for one that the item has not.
    var filters: [[UInt8]?]
    /// 32-bit floats (``FloatVector``).
    var vector: [UInt8]
    /// The sum of the vector's squares.
    var squares: Double
    /// What is projected beside the vector.
    var document: ItemDocument
    /// What the entry counts for: the document, the vector attribute's name and four bytes for each dimension, as the service
    /// was seen to count what it writes.
    var size: Int

    /// Whether it stands in the place of another.
    func isAt(_ other: VectorEntry?) -> Bool { partition == other?.partition && tableKey == other?.tableKey }
}

extension Table {
    /// The entries of an item, one for each vector index, nil where the item is not in it: for want of a vector or of the
    /// attribute that divides the index, or because it has what the index does not take and is older than it.
    func vectorEntries(of item: AttributeMap) -> [VectorEntry?] {
        // The one thing that is refused here is a key beyond its limit.
        guard !vectorIndexes.isEmpty, let tableKey = (try? key.encodeForIndexes(item)) ?? nil else { return [] }
        return vectorIndexes.map { (try? $0.entry(of: item, tableKey: tableKey)) ?? nil }
    }

    /// What an item counts for when it is written: a vector that an index reads costs four bytes for each dimension, whatever
    /// its numbers are, as the service was seen to count.
    func billedBytes(of item: AttributeMap, size: Int) -> Int {
        var counted = NameSet()
        return vectorIndexes.reduce(size) { size, index in
            guard counted.insert(index.attribute), let value = item[index.attribute],
                case .list(let elements) = value, elements.count == index.dimensions
            else { return size }
            return size - ItemSize.bytes(of: value) + 4 * index.dimensions
        }
    }
}

extension TableVectorIndex {
    fileprivate func entry(of item: AttributeMap, tableKey: ItemKey) throws -> VectorEntry? {
        guard let floats = vector(of: item), schema.allSatisfy({ takes(item[$0.name], as: $0) }) else { return nil }
        guard hash.map({ item[$0.name] != nil }) ?? true else { return nil }
        let partition = try hash.flatMap { item[$0.name] }.map { try KeyAttributes.partition([$0]) } ?? []
        let filters = try filters.map { try item[$0.name].map(KeyAttributes.bytes) }
        let bytes = FloatVector.bytes(floats)
        let document = ItemDocument(
            item.filter { !$0.key.hasSameBytes(as: attribute) && (projected?.contains($0.key) ?? true) })
        return VectorEntry(
            partition: partition, tableKey: tableKey, filters: filters, vector: bytes,
            squares: bytes.withUnsafeBytes(FloatVector.squares), document: document,
            size: document.size + attribute.utf8.count + bytes.count)
    }

    private func vector(of item: AttributeMap) -> [Float]? {
        guard case .list(let elements)? = item[attribute], elements.count == dimensions else { return nil }
        var floats: [Float] = []
        floats.reserveCapacity(elements.count)
        for element in elements {
            guard case .number(let text) = element, let float = FloatVector.float(text) else { return nil }
            floats.append(float)
        }
        return floats
    }

    /// Whether the index can hold an item with this value, which may be missing: only what divides the index may not be empty.
    private func takes(_ value: AttributeValue?, as attribute: KeyAttributes.Attribute) -> Bool {
        guard let value else { return true }
        return value.descriptor.rawValue == attribute.type.rawValue && (attribute != hash || value.emptiness == nil)
    }
}
