package import LambdaEvents

package struct GetItemInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String
    package var key: AttributeMap
    package var consistentRead: Bool
    package var projectionExpression: String?
    package var expressionAttributeNames: [String: String]?
    package var returnConsumedCapacity: ReturnConsumedCapacity
    /// The legacy form of a projection, which never comes beside one.
    package var attributesToGet: [String]? = nil

    package init(
        tableName: String, key: AttributeMap, consistentRead: Bool = false, projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil, returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.key = key
        self.consistentRead = consistentRead
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

package struct GetItemOutput: Sendable {
    /// Nil when there is no such item; empty when the projection found nothing in it.
    package var item: ItemDocument? = nil
    package var consumedCapacity: ConsumedCapacity? = nil
}
