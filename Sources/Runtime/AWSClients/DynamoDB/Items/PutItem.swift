extension DynamoDB {
    /// Puts a whole item; one with the same key is replaced.
    public struct PutItemInput: Sendable, Equatable, Codable {
        public var tableName: String
        public var item: Item
        public var conditionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?
        /// `:value` to a value.
        public var expressionAttributeValues: Item?
        /// Nil or `allOld`.
        public var returnValues: ReturnValues?
        /// With `allOld` a failed condition's error carries the item as it is.
        public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

        public init(
            tableName: String, item: Item, conditionExpression: String? = nil, expressionAttributeNames: [String: String]? = nil,
            expressionAttributeValues: Item? = nil, returnValues: ReturnValues? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
        ) {
            self.tableName = tableName
            self.item = item
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValues = returnValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case item = "Item"
            case conditionExpression = "ConditionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case returnValues = "ReturnValues"
            case returnValuesOnConditionCheckFailure = "ReturnValuesOnConditionCheckFailure"
        }
    }

    public struct PutItemOutput: Sendable, Equatable, Codable {
        /// The replaced item, where `allOld` was asked for.
        public var attributes: Item?

        public init(attributes: Item? = nil) {
            self.attributes = attributes
        }

        private enum CodingKeys: String, CodingKey {
            case attributes = "Attributes"
        }
    }
}

extension DynamoDBClient {
    /// - Throws: ``AWSServiceError``, with `ConditionalCheckFailedException` where the condition does not hold.
    @discardableResult
    public func putItem(_ input: DynamoDB.PutItemInput) async throws -> DynamoDB.PutItemOutput {
        try await caller.call("PutItem", input, isRepeatable: input.conditionExpression == nil && input.returnValues != .allOld)
    }
}
