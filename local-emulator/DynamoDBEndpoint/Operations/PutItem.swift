import StoreEngine

enum PutItem: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = PutItemInput(
            tableName: try request.requiredString("TableName"), item: try request.requiredAttributes("Item"),
            conditionExpression: try request.string("ConditionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            expressionAttributeValues: try request.expressionValues(), returnValues: try request.returnValues(),
            returnValuesOnConditionCheckFailure: try request.returnValuesOnConditionCheckFailure(),
            returnConsumedCapacity: try request.returnConsumedCapacity(),
            returnItemCollectionMetrics: try request.returnItemCollectionMetrics())
        try request.refuseLegacy(["Expected", "ConditionalOperator"], besides: ["ConditionExpression"])
        try request.check()
        store.putItem(
            input,
            completion: answering(completion) { (output: PutItemOutput) in
                JSONObjectWriter.object { writer in
                    writer.item("Attributes", output.attributes)
                    writer.consumedCapacity(output.consumedCapacity)
                    writer.itemCollectionMetrics(output.itemCollectionMetrics)
                }
            })
    }
}
