internal import DynamoDBExpressions
internal import LambdaEvents

/// One item's write as it is queued: checked as far as can be without the item, the same for single requests, batches and
/// transactions.
struct ItemWrite: Sendable {
    enum Action: Sendable {
        case put(NewItem)
        case delete
        /// With the key's attributes, of which an item that is not there yet is made.
        case update(UpdateExpression?, key: AttributeMap)
        /// A condition check of a transaction.
        case check
    }

    var table: Table
    var key: ItemKey
    var action: Action
    /// The attributes of the key that a deletion or a check was given.
    var givenKey: AttributeMap = [:]
    var condition: ConditionExpression?
    var onConditionFailure: ReturnValuesOnConditionCheckFailure = .none

    /// What the write would do to the item that it met.
    struct Outcome {
        var before: CurrentItem
        /// Nil for a deleted item.
        var after: NewItem?
        var changes: Bool
    }
}

extension ItemWrite {
    /// A put of a batch, whose item's key is refused in the words for a `Key` parameter.
    static func putOfBatch(_ item: AttributeMap, into table: Table) throws(StoreError) -> ItemWrite {
        for attribute in table.key.all where item[attribute.name]?.descriptor.rawValue != attribute.type.rawValue {
            throw Table.keyDoesNotMatch
        }
        return try put(item, into: table)
    }

    static func put(_ item: AttributeMap, into table: Table) throws(StoreError) -> ItemWrite {
        let key = try table.itemKey(ofItem: item)
        let new = try NewItem(item, size: ItemSize.bytes(of: item), for: table, in: .put)
        return ItemWrite(table: table, key: key, action: .put(new))
    }

    static func delete(_ key: AttributeMap, from table: Table) throws(StoreError) -> ItemWrite {
        ItemWrite(table: table, key: try table.itemKey(key), action: .delete, givenKey: key)
    }

    static func check(_ key: AttributeMap, in table: Table) throws(StoreError) -> ItemWrite {
        ItemWrite(table: table, key: try table.itemKey(key), action: .check, givenKey: key)
    }

    static func update(
        _ key: AttributeMap, _ update: UpdateExpression?, in table: Table
    ) throws(StoreError) -> ItemWrite {
        let itemKey = try table.itemKey(key)
        if let update {
            try table.checkKeyPaths(update.allPaths)
            for path in update.paths where table.key.contains(path.root) {
                throw .validation(
                    "One or more parameter values were invalid: Cannot update attribute \(path.root). This attribute is part "
                        + "of the key")
            }
        }
        return ItemWrite(table: table, key: itemKey, action: .update(update, key: key))
    }

    /// Adds the condition, checked against the table's key.
    func on(
        _ condition: ConditionExpression?, onFailure: ReturnValuesOnConditionCheckFailure
    ) throws(StoreError) -> ItemWrite {
        if let condition { try table.checkKeyPaths(condition.paths) }
        var write = self
        write.condition = condition
        write.onConditionFailure = onFailure
        return write
    }

    static func checkSize(_ item: AttributeMap) throws(StoreError) {
        guard ItemSize.bytes(of: item) <= ItemSize.maximumBytes else {
            throw .validation("Item size has exceeded the maximum allowed size")
        }
    }
}

extension WriteTransaction {
    /// Holds the condition against the item and works out what would follow, changing nothing.
    ///
    /// - Parameter operation: what an update says of an index key that it may not set.
    func evaluate(_ write: ItemWrite, in operation: IndexKeyRule = .update) throws -> ItemWrite.Outcome {
        let table = try current(write.table)
        let before = try currentItem(write.key, in: table)
        if let condition = write.condition, !condition.evaluate(try before.attributes()) {
            throw StoreError.conditionFailed(item: write.onConditionFailure == .allOld ? before.document : nil)
        }
        switch write.action {
        case .check: return ItemWrite.Outcome(before: before, after: nil, changes: false)
        case .delete: return ItemWrite.Outcome(before: before, after: nil, changes: true)
        case .put(let new): return ItemWrite.Outcome(before: before, after: new, changes: true)
        case .update(let update, let key):
            if before.document == nil, let update, !update.createsItem {
                return ItemWrite.Outcome(before: before, after: nil, changes: false)
            }
            let after = try updated(before, by: update, key: key, in: table, operation)
            return ItemWrite.Outcome(before: before, after: after, changes: true)
        }
    }

    private func updated(
        _ before: CurrentItem, by update: UpdateExpression?, key: AttributeMap, in table: Table,
        _ operation: IndexKeyRule
    ) throws -> NewItem {
        let exists = before.document != nil
        let attributes = exists ? try before.attributes() : key
        let after = try update?.apply(to: attributes, exists: exists) ?? attributes
        let size = ItemSize.bytes(of: after)
        guard size <= ItemSize.maximumBytes else {
            throw StoreError.validation("Item size to update has exceeded the maximum allowed size")
        }
        return try NewItem(after, size: size, for: table, in: operation, replacing: attributes)
    }

    /// Does what ``evaluate(_:in:)`` worked out.
    @discardableResult
    func apply(_ write: ItemWrite, _ outcome: ItemWrite.Outcome) throws -> WriteEffect {
        guard outcome.changes else { return WriteEffect(tableBytes: outcome.before.document?.size ?? 0) }
        return try replace(outcome.before, with: outcome.after, at: write.key, in: try current(write.table))
    }
}
