internal import DynamoDBExpressions
internal import LambdaEvents

/// An item that is about to be stored, with all that its writing needs worked out: what can be prepared on the caller's
/// thread does not cost the one writer's time.
struct NewItem: Sendable {
    let attributes: [String: AttributeValue]
    let document: ItemDocument
    /// One for each index of the table, nil where the item has not all of the index's key attributes (a sparse index).
    let indexEntries: [IndexEntry?]

    /// - Parameter attributes: normalized values.
    init(
        _ attributes: [String: AttributeValue], size: Int, for table: Table, in operation: IndexKeyRule
    ) throws(StoreError) {
        self.attributes = attributes
        document = ItemDocument(json: AttributeJSONWriter.item(attributes), size: size)
        indexEntries = try table.indexEntries(of: attributes, document: document, in: operation)
    }
}

/// What an index holds of an item.
struct IndexEntry: Sendable, Equatable {
    var key: ItemKey
    var document: ItemDocument
}

extension Table {
    /// Checks the item's index key attributes and makes the entries.
    func indexEntries(
        of item: [String: AttributeValue], document: ItemDocument, in operation: IndexKeyRule
    ) throws(StoreError) -> [IndexEntry?] {
        var entries: [IndexEntry?] = []
        entries.reserveCapacity(indexes.count)
        for index in indexes {
            try operation.check(item, index)
            entries.append(try index.entry(of: item, document: document))
        }
        return entries
    }
}

/// What an operation says of an item whose index key attribute has a wrong type or no content.
enum IndexKeyRule {
    case put, update

    fileprivate func check(_ item: [String: AttributeValue], _ index: SecondaryIndex) throws(StoreError) {
        for attribute in index.key.all {
            guard let value = item[attribute.name] else { continue }
            guard value.descriptor.rawValue == attribute.type.rawValue else {
                throw .validation(mismatch(attribute, value, index))
            }
            if let problem = value.emptiness { throw .validation(empty(problem, attribute, index)) }
        }
    }

    private func mismatch(
        _ attribute: KeyAttributes.Attribute, _ value: AttributeValue, _ index: SecondaryIndex
    ) -> String {
        switch self {
        case .put:
            "One or more parameter values were invalid: Type mismatch for Index Key \(attribute.name) Expected: "
                + "\(attribute.type.rawValue) Actual: \(value.descriptor.rawValue) IndexName: \(index.name)"
        case .update:
            "The update expression attempted to update the secondary index key to unsupported type"
        }
    }

    private func empty(_ problem: String, _ attribute: KeyAttributes.Attribute, _ index: SecondaryIndex) -> String {
        switch self {
        case .put:
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty \(problem) value. IndexName: "
                + "\(index.name), IndexKey: \(attribute.name)"
        case .update:
            "One or more parameter values are not valid. The update expression attempted to update a secondary index key to "
                + "a value that is not supported. The AttributeValue for a key attribute cannot contain an empty \(problem) "
                + "value."
        }
    }
}

extension SecondaryIndex {
    /// - Parameter document: the whole item, used as it is when the index projects all of it.
    func entry(of item: [String: AttributeValue], document: ItemDocument) throws(StoreError) -> IndexEntry? {
        guard let entryKey = try key.encode(item) else { return nil }
        guard let projected else { return IndexEntry(key: entryKey, document: document) }
        let attributes = item.filter { projected.contains($0.key) }
        return IndexEntry(
            key: entryKey,
            document: ItemDocument(json: AttributeJSONWriter.item(attributes), size: ItemSize.bytes(of: attributes)))
    }
}
