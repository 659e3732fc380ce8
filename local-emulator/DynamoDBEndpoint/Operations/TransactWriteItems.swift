import StoreEngine

enum TransactWriteItems: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        var actions: [TransactWriteAction] = []
        for item in try request.requiredStructures("TransactItems", of: "TransactWriteItem") {
            if let action = try action(item) { actions.append(action) }
        }
        let input = TransactWriteItemsInput(
            transactItems: actions, clientRequestToken: try request.string("ClientRequestToken"),
            returnConsumedCapacity: try request.returnConsumedCapacity(),
            returnItemCollectionMetrics: try request.returnItemCollectionMetrics())
        try request.check()
        store.transactWriteItems(
            input,
            completion: answering(completion) { (output: TransactWriteItemsOutput) in
                JSONObjectWriter.object { writer in
                    writer.consumedCapacity(output.consumedCapacity)
                    writer.itemCollectionMetrics(output.itemCollectionMetrics)
                }
            })
    }

    /// The one action of an item; notes the mistake where it has none or several.
    private static func action(_ item: RequestReader) throws(Refusal) -> TransactWriteAction? {
        var actions: [TransactWriteAction] = []
        if let check = try item.structure("ConditionCheck") { actions.append(.conditionCheck(try conditionCheck(check))) }
        if let put = try item.structure("Put") { actions.append(.put(try self.put(put))) }
        if let delete = try item.structure("Delete") { actions.append(.delete(try self.delete(delete))) }
        if let update = try item.structure("Update") { actions.append(.update(try self.update(update))) }
        if actions.count != 1 {
            item.note("TransactItems can only contain one of Check, Put, Update or Delete")
        }
        return actions.first
    }

    private static func put(_ action: RequestReader) throws(Refusal) -> TransactWriteAction.Put {
        TransactWriteAction.Put(
            tableName: try action.requiredString("TableName"), item: try action.requiredAttributes("Item"),
            conditionExpression: try action.string("ConditionExpression"),
            expressionAttributeNames: try action.expressionNames(),
            expressionAttributeValues: try action.expressionValues(),
            returnValuesOnConditionCheckFailure: try action.returnValuesOnConditionCheckFailure())
    }

    private static func update(_ action: RequestReader) throws(Refusal) -> TransactWriteAction.Update {
        TransactWriteAction.Update(
            tableName: try action.requiredString("TableName"), key: try action.requiredAttributes("Key"),
            updateExpression: try action.requiredString("UpdateExpression"),
            conditionExpression: try action.string("ConditionExpression"),
            expressionAttributeNames: try action.expressionNames(),
            expressionAttributeValues: try action.expressionValues(),
            returnValuesOnConditionCheckFailure: try action.returnValuesOnConditionCheckFailure())
    }

    private static func delete(_ action: RequestReader) throws(Refusal) -> TransactWriteAction.Delete {
        TransactWriteAction.Delete(
            tableName: try action.requiredString("TableName"), key: try action.requiredAttributes("Key"),
            conditionExpression: try action.string("ConditionExpression"),
            expressionAttributeNames: try action.expressionNames(),
            expressionAttributeValues: try action.expressionValues(),
            returnValuesOnConditionCheckFailure: try action.returnValuesOnConditionCheckFailure())
    }

    private static func conditionCheck(_ action: RequestReader) throws(Refusal) -> TransactWriteAction.ConditionCheck {
        TransactWriteAction.ConditionCheck(
            tableName: try action.requiredString("TableName"), key: try action.requiredAttributes("Key"),
            conditionExpression: try action.requiredString("ConditionExpression"),
            expressionAttributeNames: try action.expressionNames(),
            expressionAttributeValues: try action.expressionValues(),
            returnValuesOnConditionCheckFailure: try action.returnValuesOnConditionCheckFailure())
    }
}
