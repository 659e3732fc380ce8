import StoreEngine

enum BatchExecuteStatement: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        var statements: [StatementRequest] = []
        for statement in try request.requiredStructures("Statements", of: "BatchStatementRequest") {
            statements.append(try statement.statement())
        }
        let input = BatchExecuteStatementInput(
            statements: statements, returnConsumedCapacity: try request.returnConsumedCapacity())
        try request.check()
        store.batchExecuteStatement(
            input,
            completion: answering(completion) { (output: BatchExecuteStatementOutput) in
                JSONObjectWriter.object { writer in
                    writer.array("Responses", output.responses.map(response))
                    writer.consumedCapacity(output.consumedCapacity)
                }
            })
    }

    private static func response(_ response: BatchStatementResponse) -> [UInt8] {
        JSONObjectWriter.object { writer in
            if let error = response.error {
                writer.object("Error") { writer in
                    writer.string("Code", error.code)
                    writer.item("Item", error.item)
                    writer.string("Message", error.message)
                }
            }
            writer.item("Item", response.item)
            writer.string("TableName", response.tableName)
        }
    }
}

extension RequestReader {
    /// One statement of a batch or a transaction; members that one of them has not are not in its model.
    func statement() throws(Refusal) -> StatementRequest {
        let statement = try requiredString("Statement")
        let parameters = try statementParameters()
        return StatementRequest(
            statement: statement, parameters: parameters.values, parameterMistakes: parameters.mistakes,
            consistentRead: try bool("ConsistentRead") ?? false,
            returnValuesOnConditionCheckFailure: try returnValuesOnConditionCheckFailure())
    }
}
