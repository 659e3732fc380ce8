package import LambdaEvents

package struct TransactGet: Sendable {
    package var tableName: String
    package var key: AttributeMap
    package var projectionExpression: String?
    package var expressionAttributeNames: [String: String]?

    package init(
        tableName: String, key: AttributeMap, projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil
    ) {
        self.tableName = tableName
        self.key = key
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
    }
}

package struct TransactGetItemsInput: Sendable {
    package var transactItems: [TransactGet]
    package var returnConsumedCapacity: ReturnConsumedCapacity

    package init(transactItems: [TransactGet], returnConsumedCapacity: ReturnConsumedCapacity = .none) {
        self.transactItems = transactItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

package struct TransactGetItemsOutput: Sendable {
    /// In the request's order; nil where there is no such item.
    package var responses: [ItemDocument?]
    package var consumedCapacity: [ConsumedCapacity]? = nil
}
