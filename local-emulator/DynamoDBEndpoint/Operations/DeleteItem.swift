import StoreEngine

enum DeleteItem: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = DeleteItemInput(
            tableName: try request.requiredString("TableName"), key: try request.requiredAttributes("Key"),
            conditionExpression: try request.string("ConditionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            expressionAttributeValues: try request.expressionValues(), returnValues: try request.returnValues(),
            returnValuesOnConditionCheckFailure: try request.returnValuesOnConditionCheckFailure(),
            returnConsumedCapacity: try request.returnConsumedCapacity(),
            returnItemCollectionMetrics: try request.returnItemCollectionMetrics())
        try request.refuseLegacy(["Expected", "ConditionalOperator"], besides: ["ConditionExpression"])
        try request.check()
        store.deleteItem(
            input,
            completion: answering(completion) { (output: DeleteItemOutput) in
                JSONObjectWriter.object { writer in
                    writer.item("Attributes", output.attributes)
                    writer.consumedCapacity(output.consumedCapacity)
                    writer.itemCollectionMetrics(output.itemCollectionMetrics)
                }
            })
    }
}
