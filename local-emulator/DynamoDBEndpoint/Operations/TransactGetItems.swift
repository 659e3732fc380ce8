import StoreEngine

enum TransactGetItems: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let actions = try request.requiredStructures("TransactItems", of: "TransactGetItem")
        request.checkCount("TransactItems", actions.count, atMost: StoreEngine.mostTransactActions)
        var gets: [TransactGet] = []
        for action in actions {
            guard let get = try action.requiredStructure("Get") else { continue }
            gets.append(
                TransactGet(
                    tableName: try get.tableName(), key: try get.requiredAttributes("Key"),
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
