extension DynamoDB {
    /// Deletes one item by its whole key.
    public struct DeleteItemInput: Sendable, Equatable, Codable {
        public var tableName: String
        public var key: Item
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
            tableName: String, key: Item, conditionExpression: String? = nil, expressionAttributeNames: [String: String]? = nil,
            expressionAttributeValues: Item? = nil, returnValues: ReturnValues? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
        ) {
            self.tableName = tableName
            self.key = key
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValues = returnValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case key = "Key"
            case conditionExpression = "ConditionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case returnValues = "ReturnValues"
            case returnValuesOnConditionCheckFailure = "ReturnValuesOnConditionCheckFailure"
        }
    }

    public struct DeleteItemOutput: Sendable, Equatable, Codable {
        /// The deleted item, where `allOld` was asked for.
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
    /// Deletes one item; that it was not there is no error.
    /// - Throws: ``AWSServiceError``, with `ConditionalCheckFailedException` where the condition does not hold.
    @discardableResult
    public func deleteItem(_ input: DynamoDB.DeleteItemInput) async throws -> DynamoDB.DeleteItemOutput {
        try await caller.call(
            "DeleteItem", input, isRepeatable: input.conditionExpression == nil && input.returnValues != .allOld)
    }
}
