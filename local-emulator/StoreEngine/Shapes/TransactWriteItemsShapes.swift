package import LambdaEvents

package enum TransactWriteAction: Sendable {
    case put(Put)
    case update(Update)
    case delete(Delete)
    case conditionCheck(ConditionCheck)
}

extension TransactWriteAction {
    package struct Put: Sendable {
        package var tableName: String
        package var item: AttributeMap
        package var conditionExpression: String?
        package var expressionAttributeNames: [String: String]?
        package var expressionAttributeValues: AttributeMap?
        package var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure

        package init(
            tableName: String, item: AttributeMap, conditionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: AttributeMap? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none
        ) {
            self.tableName = tableName
            self.item = item
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }
    }

    package struct Update: Sendable {
        package var tableName: String
        package var key: AttributeMap
        package var updateExpression: String
        package var conditionExpression: String?
        package var expressionAttributeNames: [String: String]?
        package var expressionAttributeValues: AttributeMap?
        package var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure

        package init(
            tableName: String, key: AttributeMap, updateExpression: String, conditionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: AttributeMap? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none
        ) {
            self.tableName = tableName
            self.key = key
            self.updateExpression = updateExpression
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }
    }

    package struct Delete: Sendable {
        package var tableName: String
        package var key: AttributeMap
        package var conditionExpression: String?
        package var expressionAttributeNames: [String: String]?
        package var expressionAttributeValues: AttributeMap?
        package var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure

        package init(
            tableName: String, key: AttributeMap, conditionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: AttributeMap? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none
        ) {
            self.tableName = tableName
            self.key = key
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }
    }

    package struct ConditionCheck: Sendable {
        package var tableName: String
        package var key: AttributeMap
        package var conditionExpression: String
        package var expressionAttributeNames: [String: String]?
        package var expressionAttributeValues: AttributeMap?
        package var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure

        package init(
            tableName: String, key: AttributeMap, conditionExpression: String,
            expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: AttributeMap? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none
        ) {
            self.tableName = tableName
            self.key = key
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }
    }
}

package struct TransactWriteItemsInput: Sendable {
    package var transactItems: [TransactWriteAction]
    /// Makes a repeat within ten minutes do nothing.
    package var clientRequestToken: String?
    package var returnConsumedCapacity: ReturnConsumedCapacity
    package var returnItemCollectionMetrics: ReturnItemCollectionMetrics

    package init(
        transactItems: [TransactWriteAction], clientRequestToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none, returnItemCollectionMetrics: ReturnItemCollectionMetrics = .none
    ) {
        self.transactItems = transactItems
        self.clientRequestToken = clientRequestToken
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
    }
}

package struct TransactWriteItemsOutput: Sendable {
    package var consumedCapacity: [ConsumedCapacity]? = nil
    /// By the tables' names.
    package var itemCollectionMetrics: [String: [ItemCollectionMetrics]]? = nil
}
