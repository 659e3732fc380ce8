import StoreEngine

enum UpdateItem: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = UpdateItemInput(
            tableName: try request.requiredString("TableName"), key: try request.requiredAttributes("Key"),
            updateExpression: try request.string("UpdateExpression"),
            conditionExpression: try request.string("ConditionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            expressionAttributeValues: try request.expressionValues(), returnValues: try request.returnValues(),
            returnValuesOnConditionCheckFailure: try request.returnValuesOnConditionCheckFailure(),
            returnConsumedCapacity: try request.returnConsumedCapacity(),
            returnItemCollectionMetrics: try request.returnItemCollectionMetrics())
        try request.refuseLegacy(
            ["AttributeUpdates", "Expected", "ConditionalOperator"], besides: ["UpdateExpression", "ConditionExpression"])
        try request.check()
        store.updateItem(
            input,
            completion: answering(completion) { (output: UpdateItemOutput) in
                JSONObjectWriter.object { writer in
                    writer.item("Attributes", output.attributes)
                    writer.consumedCapacity(output.consumedCapacity)
                    writer.itemCollectionMetrics(output.itemCollectionMetrics)
                }
            })
    }
}
