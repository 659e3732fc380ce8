internal import DynamoDBExpressions
internal import LambdaEvents

/// An item that is about to be stored, with all that its writing needs worked out: what can be prepared on the caller's
/// thread does not cost the one writer's time.
struct NewItem: Sendable {
    /// The table as it was when the item was prepared, with the indexes that the entries are of.
    let table: Table
    let attributes: AttributeMap
    let document: ItemDocument
    /// One for each index of the table, nil where the item has not all of the index's key attributes (a sparse index).
    let indexEntries: [IndexEntry?]
    /// One for each vector index of the table, nil where the item is not in it.
    let vectorEntries: [VectorEntry?]
    /// What the item counts for in a page's size.
    let pageBytes: Int

    /// - Parameters:
    ///   - attributes: normalized values.
    ///   - old: the attributes that an update was made of.
    init(
        _ attributes: AttributeMap, size: Int, for table: Table, in operation: IndexKeyRule,
        replacing old: AttributeMap? = nil
    ) throws(StoreError) {
        self.table = table
        self.attributes = attributes
        document = ItemDocument(json: AttributeJSONWriter.item(attributes), size: size)
        indexEntries = try table.indexEntries(of: attributes, document: document, in: operation)
        try table.checkVectors(of: attributes, replacing: old, in: operation)
        vectorEntries = table.vectorEntries(of: attributes)
        pageBytes = PageSize.bytes(of: attributes, sortKey: table.key.range?.name)
    }
}

/// What an index holds of an item.
struct IndexEntry: Sendable, Equatable {
    var key: ItemKey
    /// The table's key (``KeyAttributes/encodeForIndexes(_:)``).
    var tableKey: ItemKey
    var document: ItemDocument
    var pageBytes: Int
}

extension Table {
    /// Checks the item's index key attributes and makes the entries.
    func indexEntries(
        of item: AttributeMap, document: ItemDocument, in operation: IndexKeyRule
    ) throws(StoreError) -> [IndexEntry?] {
        guard !indexes.isEmpty else { return [] }
        if !indexes.allSatisfy({ $0.takes(item) }) {
            // Of several that the item does not fit, the service tells the first by name.
            for index in indexes.sorted(by: { $0.name < $1.name }) { try operation.check(item, index) }
        }
        guard let tableKey = try key.encodeForIndexes(item) else { return [] }
        var entries: [IndexEntry?] = []
        entries.reserveCapacity(indexes.count)
        for index in indexes {
            entries.append(try index.entry(of: item, document: document, tableKey: tableKey, sortKey: key.range?.name))
        }
        return entries
    }

    /// The entries of an item that is there already. One that is older than an index may have what the index does not take,
    /// and has no entry in it then.
    func indexEntries(of item: AttributeMap, document: ItemDocument) throws(StoreError) -> [IndexEntry?] {
        guard !indexes.isEmpty, let tableKey = try key.encodeForIndexes(item) else { return [] }
        return indexes.map { index in
            // The one thing that is refused here is a key beyond its limit.
            (try? index.entry(of: item, document: document, tableKey: tableKey, sortKey: key.range?.name)) ?? nil
        }
    }
}

/// What an operation says of an item whose index key attribute has a wrong type or no content.
enum IndexKeyRule {
    case put, update
    /// An update in a transaction, whose reason of cancellation names the attribute as a put does.
    case transactUpdate

    fileprivate func check(_ item: AttributeMap, _ index: SecondaryIndex) throws(StoreError) {
        for attribute in index.key.all {
            guard let value = item[attribute.name] else { continue }
            guard value.descriptor.rawValue == attribute.type.rawValue else {
                throw .validation(mismatch(attribute, value, index))
            }
            if let problem = value.emptiness {
                throw .validation(empty(problem, attribute: attribute.name, index: index.name))
            }
        }
    }

    private func mismatch(
        _ attribute: KeyAttributes.Attribute, _ value: AttributeValue, _ index: SecondaryIndex
    ) -> String {
        switch self {
        case .put, .transactUpdate:
            "One or more parameter values were invalid: Type mismatch for Index Key \(attribute.name) Expected: "
                + "\(attribute.type.rawValue) Actual: \(value.descriptor.rawValue) IndexName: \(index.name)"
        case .update:
            "The update expression attempted to update the secondary index key to unsupported type"
        }
    }

    func empty(_ problem: String, attribute: String, index: String) -> String {
        switch self {
        case .put:
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty \(problem) value. IndexName: "
                + "\(index), IndexKey: \(attribute)"
        case .update, .transactUpdate:
            "One or more parameter values are not valid. The update expression attempted to update a secondary index key to "
                + "a value that is not supported. The AttributeValue for a key attribute cannot contain an empty \(problem) "
                + "value."
        }
    }
}

extension KeyAttributes.Attribute {
    /// Whether the item has a value for the attribute that a key may have. An item that was there before its index may have
    /// another: it is left out of the index.
    fileprivate func isFilled(in item: AttributeMap) -> Bool {
        guard let value = item[name] else { return false }
        return value.descriptor.rawValue == type.rawValue && value.emptiness == nil
    }
}

extension SecondaryIndex {
    /// Whether each key attribute that the item has is one that the key may have.
    fileprivate func takes(_ item: AttributeMap) -> Bool {
        key.all.allSatisfy { item[$0.name] == nil || $0.isFilled(in: item) }
    }

    /// Nil for an item that the index does not hold.
    ///
    /// - Parameters:
    ///   - document: the whole item, used as it is when the index projects all of it.
    ///   - tableKey: the item's key as indexes keep it.
    ///   - sortKey: the name of the table's sort key.
    func entry(
        of item: AttributeMap, document: ItemDocument, tableKey: ItemKey, sortKey: String?
    ) throws(StoreError) -> IndexEntry? {
        guard key.all.allSatisfy({ $0.isFilled(in: item) }), let entryKey = try key.encode(item) else { return nil }
        let attributes = projected.map { projected in item.filter { projected.contains($0.key) } }
        return IndexEntry(
            key: entryKey, tableKey: tableKey, document: attributes.map { ItemDocument($0) } ?? document,
            pageBytes: PageSize.bytes(of: attributes ?? item, sortKey: sortKey))
    }
}
