import StoreEngine

enum Scan: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        var input = ScanInput(
            tableName: try request.tableName(), indexName: try request.string("IndexName"),
            filterExpression: try request.string("FilterExpression"),
            projectionExpression: try request.string("ProjectionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            expressionAttributeValues: try request.expressionValues(), select: try request.select(),
            limit: try request.integer("Limit"), exclusiveStartKey: try request.exclusiveStartKey(),
            segment: try request.integer("Segment"), totalSegments: try request.integer("TotalSegments"),
            consistentRead: try request.bool("ConsistentRead") ?? false,
            returnConsumedCapacity: try request.returnConsumedCapacity())
        input.legacy.filter = try request.conditions("ScanFilter")
        input.legacy.conditionalOperator = try request.conditionalOperator(.scan)
        input.legacy.attributesToGet = try request.attributesToGet()
        try request.checkConstraints()
        try request.refuseMixed(
            ["AttributesToGet", "ScanFilter", "ConditionalOperator"], ["ProjectionExpression", "FilterExpression"])
        try request.check()
        let output = try ask { () throws(StoreError) in try store.scan(input) }
        return JSONObjectWriter.object { writer in
            writer.items("Items", output.items)
            writer.integer("Count", output.count)
            writer.integer("ScannedCount", output.scannedCount)
            writer.attributes("LastEvaluatedKey", output.lastEvaluatedKey)
            writer.consumedCapacity(output.consumedCapacity)
        }
    }
}
