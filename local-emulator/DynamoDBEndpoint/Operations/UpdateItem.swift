import StoreEngine

enum UpdateItem: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        // Read in the order in which the service tells violations.
        let returnConsumedCapacity = try request.returnConsumedCapacity()
        let tableName = try request.tableName()
        let returnItemCollectionMetrics = try request.returnItemCollectionMetrics()
        let returnValues = try request.returnValues(isAlone: true)
        let conditionalOperator = try request.conditionalOperator(.write)
        var input = UpdateItemInput(
            tableName: tableName, key: try request.requiredAttributes("Key"),
            updateExpression: try request.string("UpdateExpression"),
            conditionExpression: try request.string("ConditionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            expressionAttributeValues: try request.expressionValues(), returnValues: returnValues,
            returnValuesOnConditionCheckFailure: try request.returnValuesOnConditionCheckFailure(),
            returnConsumedCapacity: returnConsumedCapacity,
            returnItemCollectionMetrics: returnItemCollectionMetrics)
        input.attributeUpdates = try request.attributeUpdates()
        input.expected = try request.expected()
        input.conditionalOperator = conditionalOperator
        try request.checkConstraints()
        try request.refuseMixed(
            ["AttributeUpdates", "Expected", "ConditionalOperator"], ["UpdateExpression", "ConditionExpression"])
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
