package import LambdaEvents

package struct SearchVectorsInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String
    package var indexName: String
    /// As it was sent: numbers, if it is right.
    package var searchVector: [AttributeValue]
    package var topK: Int
    package var searchConditionExpression: String?
    package var projectionExpression: String?
    package var expressionAttributeNames: [String: String]?
    package var expressionAttributeValues: AttributeMap?
    package var returnConsumedCapacity: ReturnConsumedCapacity

    package init(
        tableName: String, indexName: String, searchVector: [AttributeValue], topK: Int,
        searchConditionExpression: String? = nil, projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: AttributeMap? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.searchVector = searchVector
        self.topK = topK
        self.searchConditionExpression = searchConditionExpression
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

package struct SearchVectorsOutput: Sendable {
    package struct Result: Sendable, Equatable {
        package var item: ItemDocument
        /// A number that a 32-bit float has, as the service's scores are.
        package var score: Double
    }

    /// The most similar item first.
    package var results: [Result]
    /// Nil unless it was asked for.
    package var vectorSearchRequestBytes: Double?
}
