import StoreEngine

enum GetItem: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = GetItemInput(
            tableName: try request.requiredString("TableName"), key: try request.requiredAttributes("Key"),
            consistentRead: try request.bool("ConsistentRead") ?? false,
            projectionExpression: try request.string("ProjectionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            returnConsumedCapacity: try request.returnConsumedCapacity())
        try request.refuseLegacy(["AttributesToGet"], besides: ["ProjectionExpression"])
        try request.check()
        let output = try ask { () throws(StoreError) in try store.getItem(input) }
        return JSONObjectWriter.object { writer in
            writer.item("Item", output.item)
            writer.consumedCapacity(output.consumedCapacity)
        }
    }
}
