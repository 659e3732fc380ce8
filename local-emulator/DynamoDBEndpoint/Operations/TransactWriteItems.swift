import StoreEngine

enum TransactWriteItems: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let clientRequestToken = try request.clientRequestToken()
        let items = try request.requiredStructures("TransactItems", of: "TransactWriteItem")
        request.checkCount("TransactItems", items.count, atMost: StoreEngine.mostTransactActions)
        var actions: [TransactWriteAction] = []
        for item in items {
            if let action = try action(item) { actions.append(action) }
        }
        let input = TransactWriteItemsInput(
            transactItems: actions, clientRequestToken: clientRequestToken,
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
            tableName: try action.tableName(), item: try action.requiredAttributes("Item"),
            conditionExpression: try action.string("ConditionExpression"),
            expressionAttributeNames: try action.expressionNames(),
            expressionAttributeValues: try action.expressionValues(),
            returnValuesOnConditionCheckFailure: try action.returnValuesOnConditionCheckFailure())
    }

    private static func update(_ action: RequestReader) throws(Refusal) -> TransactWriteAction.Update {
        TransactWriteAction.Update(
            tableName: try action.tableName(), key: try action.requiredAttributes("Key"),
            updateExpression: try action.requiredString("UpdateExpression"),
            conditionExpression: try action.string("ConditionExpression"),
            expressionAttributeNames: try action.expressionNames(),
            expressionAttributeValues: try action.expressionValues(),
            returnValuesOnConditionCheckFailure: try action.returnValuesOnConditionCheckFailure())
    }

    private static func delete(_ action: RequestReader) throws(Refusal) -> TransactWriteAction.Delete {
        TransactWriteAction.Delete(
            tableName: try action.tableName(), key: try action.requiredAttributes("Key"),
            conditionExpression: try action.string("ConditionExpression"),
            expressionAttributeNames: try action.expressionNames(),
            expressionAttributeValues: try action.expressionValues(),
            returnValuesOnConditionCheckFailure: try action.returnValuesOnConditionCheckFailure())
    }

    private static func conditionCheck(_ action: RequestReader) throws(Refusal) -> TransactWriteAction.ConditionCheck {
        TransactWriteAction.ConditionCheck(
            tableName: try action.tableName(), key: try action.requiredAttributes("Key"),
            conditionExpression: try action.requiredString("ConditionExpression"),
            expressionAttributeNames: try action.expressionNames(),
            expressionAttributeValues: try action.expressionValues(),
            returnValuesOnConditionCheckFailure: try action.returnValuesOnConditionCheckFailure())
    }
}

extension RequestReader {
    /// 1 to 36 characters ("TransactWriteItems", API reference).
    fileprivate func clientRequestToken() throws(Refusal) -> String? {
        guard let token = try string("ClientRequestToken") else { return nil }
        if token.isEmpty {
            violate("ClientRequestToken", value: token, "Member must have length greater than or equal to 1")
        }
        if token.utf16.count > 36 {
            violate("ClientRequestToken", value: token, "Member must have length less than or equal to 36")
        }
        return token
    }
}
