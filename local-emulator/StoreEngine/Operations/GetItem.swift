internal import LambdaEvents

/// GetItem. Checks, in the service's order: placeholders without expressions, the key's values, the projection's text, the
/// table, the key. Without a projection the stored bytes are the answer.
///
/// Every read sees the last commit, so `consistentRead` changes what it costs and nothing else.
extension StoreEngine {
    package func getItem(_ input: GetItemInput) throws(StoreError) -> GetItemOutput {
        try RequestExpressions.presence(
            names: input.expressionAttributeNames, values: nil, [], projection: input.projectionExpression)
        let keyAttributes = try RequestExpressions.normalized(input.key)
        let projection = try RequestExpressions.projection(
            input.projectionExpression, names: input.expressionAttributeNames, attributesToGet: input.attributesToGet)
        let table = try table(input.tableName)
        let key = try table.itemKey(keyAttributes)
        if let projection { try table.checkKeyPaths(projection.paths) }
        let document = try read(table) { try table.read(key, from: $0) }
        var meter = CapacityMeter(input.returnConsumedCapacity)
        meter.addRead(document?.size ?? 0, of: table.name, consistent: input.consistentRead)
        return GetItemOutput(item: try document?.projected(by: projection), consumedCapacity: meter.one)
    }
}
