internal import DynamoDBExpressions
internal import LambdaEvents

/// TransactGetItems: all items from one snapshot.
///
/// Checks, in the service's order: each action's values and projection, that each table is there,
/// the keys (as a cancellation reason: the first that does not fit), that no item comes twice, the total size.
extension StoreEngine {
    package func transactGetItems(_ input: TransactGetItemsInput) throws(StoreError) -> TransactGetItemsOutput {
        let parsed = try input.transactItems.map { action throws(StoreError) in try ParsedGet(action) }
        let tables = try parsed.map { action throws(StoreError) in try table(action.tableName) }
        let keys = try Self.keys(parsed, tables)
        let wanted = Array(zip(tables, keys))
        let documents = try readers.read { database in
            try database.readTransaction { try wanted.map { table, key in try table.read(key, from: database) } }
        }
        guard documents.reduce(0, { $0 + ($1?.size ?? 0) }) <= Self.transactionBytes else {
            throw .validation("Collective transaction item size exceeds the limit of 4 MB")
        }
        var output = TransactGetItemsOutput(responses: [])
        var meter = CapacityMeter(input.returnConsumedCapacity, transaction: .read)
        for ((action, table), document) in zip(zip(parsed, tables), documents) {
            meter.addRead(document?.size ?? 0, of: table.name, consistent: true)
            // Unlike GetItem, it answers no item where the projection found nothing in one.
            let projected = try document?.projected(by: action.projection)
            output.responses.append(projected?.isEmpty == true ? nil : projected)
        }
        output.consumedCapacity = meter.all
        return output
    }

    private static func keys(_ parsed: [ParsedGet], _ tables: [Table]) throws(StoreError) -> [ItemKey] {
        var keys: [ItemKey] = []
        var identities: Set<ItemWrite.Identity> = []
        for (action, table) in zip(parsed, tables) {
            do throws(StoreError) {
                let key = try table.itemKey(action.key)
                if let projection = action.projection { try table.checkKeyPaths(projection.paths) }
                keys.append(key)
                identities.insert(ItemWrite.Identity(table: table.id, key: key))
            } catch {
                throw error.cancelling(actionAt: keys.count, of: parsed.count)
            }
        }
        guard identities.count == keys.count else {
            throw .validation("Transaction request cannot include multiple operations on one item")
        }
        return keys
    }
}

private struct ParsedGet: Sendable {
    var tableName: String
    var key: AttributeMap
    var projection: ProjectionExpression?

    init(_ action: TransactGet) throws(StoreError) {
        tableName = action.tableName
        try RequestExpressions.presence(
            names: action.expressionAttributeNames, values: nil, [], projection: action.projectionExpression)
        key = try RequestExpressions.normalized(action.key)
        projection = try RequestExpressions.projection(
            action.projectionExpression, names: action.expressionAttributeNames)
    }
}
