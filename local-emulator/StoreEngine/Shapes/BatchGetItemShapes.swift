package import LambdaEvents

package struct KeysAndAttributes: Sendable {
    package var keys: [AttributeMap]
    package var projectionExpression: String?
    package var expressionAttributeNames: [String: String]?
    package var consistentRead: Bool
    /// The legacy form of a projection, which never comes beside one.
    package var attributesToGet: [String]? = nil

    package init(
        keys: [AttributeMap], projectionExpression: String? = nil, expressionAttributeNames: [String: String]? = nil,
        consistentRead: Bool = false
    ) {
        self.keys = keys
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.consistentRead = consistentRead
    }
}

package struct BatchGetItemInput: Sendable {
    /// Table name or ARN to what is wanted of it.
    package var requestItems: [String: KeysAndAttributes]
    package var returnConsumedCapacity: ReturnConsumedCapacity

    package init(requestItems: [String: KeysAndAttributes], returnConsumedCapacity: ReturnConsumedCapacity = .none) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

package struct BatchGetItemOutput: Sendable {
    /// By the name that the request used.
    package var responses: [String: [ItemDocument]]
    package var unprocessedKeys: [String: KeysAndAttributes]
    package var consumedCapacity: [ConsumedCapacity]? = nil
}
