import StoreEngine

enum GetItem: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        var input = GetItemInput(
            tableName: try request.tableName(), key: try request.requiredAttributes("Key"),
            consistentRead: try request.bool("ConsistentRead") ?? false,
            projectionExpression: try request.string("ProjectionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            returnConsumedCapacity: try request.returnConsumedCapacity())
        input.attributesToGet = try request.attributesToGet()
        try request.checkConstraints()
        try request.refuseMixed(["AttributesToGet"], ["ProjectionExpression"])
        try request.check()
        let output = try ask { () throws(StoreError) in try store.getItem(input) }
        return JSONObjectWriter.object { writer in
            writer.item("Item", output.item)
            writer.consumedCapacity(output.consumedCapacity)
        }
    }
}
