import StoreEngine

enum TransactGetItems: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        var gets: [TransactGet] = []
        for action in try request.requiredStructures("TransactItems", of: "TransactGetItem") {
            guard let get = try action.requiredStructure("Get") else { continue }
            gets.append(
                TransactGet(
                    tableName: try get.requiredString("TableName"), key: try get.requiredAttributes("Key"),
                    projectionExpression: try get.string("ProjectionExpression"),
                    expressionAttributeNames: try get.expressionNames()))
        }
        let input = TransactGetItemsInput(
            transactItems: gets, returnConsumedCapacity: try request.returnConsumedCapacity())
        try request.check()
        let output = try ask { () throws(StoreError) in try store.transactGetItems(input) }
        return JSONObjectWriter.object { writer in
            writer.array("Responses", output.responses.map { document in JSONObjectWriter.object { $0.item("Item", document) } })
            writer.consumedCapacity(output.consumedCapacity)
        }
    }
}
