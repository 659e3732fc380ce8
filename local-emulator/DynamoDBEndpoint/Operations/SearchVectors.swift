import StoreEngine

enum SearchVectors: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try request.checkStrictly([
            .init("TableName", .string), .init("IndexName", .string),
            .init("ReturnConsumedCapacity", .string, isRequired: false),
            .init("ExpressionAttributeNames", .map, isRequired: false),
            .init("ExpressionAttributeValues", .map, isRequired: false),
            .init("ProjectionExpression", .string, isRequired: false), .init("SearchVector", .sequence),
            .init("SearchConditionExpression", .string, isRequired: false), .init("TopK", .int32),
        ])
        let input = SearchVectorsInput(
            tableName: try request.tableName(), indexName: try request.requiredString("IndexName"),
            searchVector: try request.attributeValues("SearchVector") ?? [], topK: try request.integer("TopK") ?? 0,
            searchConditionExpression: try request.string("SearchConditionExpression"),
            projectionExpression: try request.string("ProjectionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            expressionAttributeValues: try request.expressionValues(),
            returnConsumedCapacity: try request.returnConsumedCapacity())
        try request.check()
        let output = try ask { () throws(StoreError) in try store.searchVectors(input) }
        return JSONObjectWriter.object { writer in
            writer.array("SearchResults", output.results.map(Self.result))
            if let bytes = output.vectorSearchRequestBytes {
                writer.object("ConsumedCapacity") { $0.double("VectorSearchRequestBytes", bytes) }
            }
        }
    }

    private static func result(_ result: SearchVectorsOutput.Result) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.item("Item", result.item)
            writer.double("Score", result.score)
        }
    }
}
