package import DynamoDBExpressions
package import LambdaEvents

package struct UpdateItemInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String
    package var key: AttributeMap
    package var updateExpression: String?
    package var conditionExpression: String?
    package var expressionAttributeNames: [String: String]?
    package var expressionAttributeValues: AttributeMap?
    package var returnValues: ReturnValues
    package var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure
    package var returnConsumedCapacity: ReturnConsumedCapacity
    package var returnItemCollectionMetrics: ReturnItemCollectionMetrics
    // The legacy parameters, none of which comes beside an expression.
    package var attributeUpdates: NameMap<AttributeUpdate>? = nil
    package var expected: NameMap<ExpectedAttribute>? = nil
    package var conditionalOperator: ConditionalOperator? = nil

    package init(
        tableName: String, key: AttributeMap, updateExpression: String? = nil, conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: AttributeMap? = nil,
        returnValues: ReturnValues = .none, returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none,
        returnConsumedCapacity: ReturnConsumedCapacity = .none, returnItemCollectionMetrics: ReturnItemCollectionMetrics = .none
    ) {
        self.tableName = tableName
        self.key = key
        self.updateExpression = updateExpression
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValues = returnValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
    }
}

package struct UpdateItemOutput: Sendable {
    package var attributes: ItemDocument? = nil
    package var consumedCapacity: ConsumedCapacity? = nil
    package var itemCollectionMetrics: ItemCollectionMetrics? = nil
}
