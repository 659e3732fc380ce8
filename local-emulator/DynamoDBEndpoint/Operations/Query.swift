import StoreEngine

enum Query: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        var input = QueryInput(
            tableName: try request.tableName(), indexName: try request.string("IndexName"),
            keyConditionExpression: try request.string("KeyConditionExpression"),
            filterExpression: try request.string("FilterExpression"),
            projectionExpression: try request.string("ProjectionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            expressionAttributeValues: try request.expressionValues(), select: try request.select(),
            limit: try request.integer("Limit"), exclusiveStartKey: try request.exclusiveStartKey(),
            scanIndexForward: try request.bool("ScanIndexForward") ?? true,
            consistentRead: try request.bool("ConsistentRead") ?? false,
            returnConsumedCapacity: try request.returnConsumedCapacity())
        input.legacy.keyConditions = try request.conditions("KeyConditions")
        input.legacy.filter = try request.conditions("QueryFilter")
        input.legacy.conditionalOperator = try request.conditionalOperator(.query)
        input.legacy.attributesToGet = try request.attributesToGet()
        try request.checkConstraints()
        try request.refuseMixed(
            ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"],
            ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"])
        try request.check()
        let output = try ask { () throws(StoreError) in try store.query(input) }
        return JSONObjectWriter.object { writer in
            writer.items("Items", output.items)
            writer.integer("Count", output.count)
            writer.integer("ScannedCount", output.scannedCount)
            writer.attributes("LastEvaluatedKey", output.lastEvaluatedKey)
            writer.consumedCapacity(output.consumedCapacity)
        }
    }
}
