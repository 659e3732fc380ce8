package import LambdaEvents

package struct QueryInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String
    package var indexName: String?
    package var keyConditionExpression: String?
    package var filterExpression: String?
    package var projectionExpression: String?
    package var expressionAttributeNames: [String: String]?
    package var expressionAttributeValues: AttributeMap?
    package var select: Select?
    package var limit: Int?
    package var exclusiveStartKey: AttributeMap?
    package var scanIndexForward: Bool
    package var consistentRead: Bool
    package var returnConsumedCapacity: ReturnConsumedCapacity
    /// The legacy forms of the expressions, none of which comes beside one that takes its place.
    package var legacy = LegacyReadParameters()

    package init(
        tableName: String, indexName: String? = nil, keyConditionExpression: String? = nil, filterExpression: String? = nil,
        projectionExpression: String? = nil, expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: AttributeMap? = nil, select: Select? = nil, limit: Int? = nil,
        exclusiveStartKey: AttributeMap? = nil, scanIndexForward: Bool = true, consistentRead: Bool = false,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.keyConditionExpression = keyConditionExpression
        self.filterExpression = filterExpression
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.select = select
        self.limit = limit
        self.exclusiveStartKey = exclusiveStartKey
        self.scanIndexForward = scanIndexForward
        self.consistentRead = consistentRead
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

package struct QueryOutput: Sendable {
    /// Nil with `COUNT`.
    package var items: [ItemDocument]?
    /// How many matched the filter.
    package var count: Int
    /// How many were read before the filter.
    package var scannedCount: Int
    package var lastEvaluatedKey: AttributeMap? = nil
    package var consumedCapacity: ConsumedCapacity? = nil
}
