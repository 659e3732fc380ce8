import StoreEngine

enum PutItem: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        // Read in the order in which the service tells violations.
        let returnConsumedCapacity = try request.returnConsumedCapacity()
        let returnItemCollectionMetrics = try request.returnItemCollectionMetrics()
        let returnValues = try request.returnValues()
        let tableName = try request.tableName()
        let conditionalOperator = try request.conditionalOperator(.write)
        var input = PutItemInput(
            tableName: tableName, item: try request.requiredAttributes("Item"),
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
