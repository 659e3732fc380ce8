package import LambdaEvents

package struct ExecuteStatementInput: Sendable {
    package var statement: String
    package var parameters: [AttributeValue]?
    /// What the reader of the request found wrong with each parameter, where the order of a map's members decides.
    package var parameterMistakes: [String?]?
    package var consistentRead: Bool
    package var nextToken: String?
    package var limit: Int?
    package var returnConsumedCapacity: ReturnConsumedCapacity
    package var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure

    package init(
        statement: String, parameters: [AttributeValue]? = nil, parameterMistakes: [String?]? = nil, consistentRead: Bool = false,
        nextToken: String? = nil,
        limit: Int? = nil, returnConsumedCapacity: ReturnConsumedCapacity = .none,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none
    ) {
        self.statement = statement
        self.parameters = parameters
        self.parameterMistakes = parameterMistakes
        self.consistentRead = consistentRead
        self.nextToken = nextToken
        self.limit = limit
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}

package struct ExecuteStatementOutput: Sendable {
    /// What a SELECT found or a RETURNING clause answers; empty for any other write.
    package var items: [ItemDocument]
    package var nextToken: String? = nil
    package var lastEvaluatedKey: AttributeMap? = nil
    package var consumedCapacity: ConsumedCapacity? = nil
}
