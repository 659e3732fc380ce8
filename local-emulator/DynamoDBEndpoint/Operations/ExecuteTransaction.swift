import StoreEngine

enum ExecuteTransaction: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        var statements: [StatementRequest] = []
        for statement in try request.requiredStructures("TransactStatements", of: "ParameterizedStatement") {
            statements.append(try statement.statement())
        }
        let input = ExecuteTransactionInput(
            transactStatements: statements, clientRequestToken: try request.string("ClientRequestToken"),
            returnConsumedCapacity: try request.returnConsumedCapacity())
        try request.check()
        store.executeTransaction(
            input,
            completion: answering(completion) { (output: ExecuteTransactionOutput) in
                JSONObjectWriter.object { writer in
                    writer.array(
                        "Responses", output.responses.map { item in JSONObjectWriter.object { $0.item("Item", item) } })
                    writer.consumedCapacity(output.consumedCapacity)
                }
            })
    }
}
