import StoreEngine

enum DeleteItem: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        // Read in the order in which the service tells violations.
        let returnConsumedCapacity = try request.returnConsumedCapacity()
        let tableName = try request.tableName()
        let returnItemCollectionMetrics = try request.returnItemCollectionMetrics()
        let returnValues = try request.returnValues()
        let conditionalOperator = try request.conditionalOperator(.write)
        var input = DeleteItemInput(
            tableName: tableName, key: try request.requiredAttributes("Key"),
            conditionExpression: try request.string("ConditionExpression"),
            expressionAttributeNames: try request.expressionNames(),
            expressionAttributeValues: try request.expressionValues(), returnValues: returnValues,
            returnValuesOnConditionCheckFailure: try request.returnValuesOnConditionCheckFailure(),
            returnConsumedCapacity: returnConsumedCapacity,
            returnItemCollectionMetrics: returnItemCollectionMetrics)
        input.expected = try request.expected()
        input.conditionalOperator = conditionalOperator
        try request.checkConstraints()
        try request.refuseMixed(["Expected", "ConditionalOperator"], ["ConditionExpression"])
        try request.check()
        try request.checkReturnValuesIfFarTooDeep(returnValues)
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
