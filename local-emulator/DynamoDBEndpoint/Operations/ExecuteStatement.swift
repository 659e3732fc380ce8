import LambdaEvents
import StoreEngine

enum ExecuteStatement: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let statement = try request.requiredString("Statement")
        let parameters = try request.statementParameters()
        let input = ExecuteStatementInput(
            statement: statement, parameters: parameters.values, parameterMistakes: parameters.mistakes,
            consistentRead: try request.bool("ConsistentRead") ?? false, nextToken: try request.string("NextToken"),
            limit: try request.integer("Limit"), returnConsumedCapacity: try request.returnConsumedCapacity(),
            returnValuesOnConditionCheckFailure: try request.returnValuesOnConditionCheckFailure())
        try request.check()
        store.executeStatement(
            input,
            completion: answering(completion) { (output: ExecuteStatementOutput) in
                JSONObjectWriter.object { writer in
                    writer.array("Items", output.items.map(\.json))
                    writer.string("NextToken", output.nextToken)
                    writer.attributes("LastEvaluatedKey", output.lastEvaluatedKey)
                    writer.consumedCapacity(output.consumedCapacity)
                }
            })
    }
}
