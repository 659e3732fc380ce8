extension DynamoDB {
    /// Changes an item's attributes, and makes the item if it is not there.
    public struct UpdateItemInput: Sendable, Equatable, Codable {
        public var tableName: String
        public var key: Item
        public var updateExpression: String?
        public var conditionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?
        /// `:value` to a value.
        public var expressionAttributeValues: Item?
        public var returnValues: ReturnValues?
        /// With `allOld` a failed condition's error carries the item as it is.
        public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

        public init(
            tableName: String, key: Item, updateExpression: String? = nil, conditionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: Item? = nil,
            returnValues: ReturnValues? = nil, returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
        ) {
            self.tableName = tableName
            self.key = key
            self.updateExpression = updateExpression
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValues = returnValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case key = "Key"
            case updateExpression = "UpdateExpression"
            case conditionExpression = "ConditionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case returnValues = "ReturnValues"
            case returnValuesOnConditionCheckFailure = "ReturnValuesOnConditionCheckFailure"
        }
    }

    public struct UpdateItemOutput: Sendable, Equatable, Codable {
        /// What `returnValues` asked for.
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
    /// Not sent again when no answer came: an `ADD` might be done twice.
    /// - Throws: ``AWSServiceError``, with `ConditionalCheckFailedException` where the condition does not hold.
    @discardableResult
    public func updateItem(_ input: DynamoDB.UpdateItemInput) async throws -> DynamoDB.UpdateItemOutput {
        try await caller.call("UpdateItem", input, isRepeatable: false)
    }
}
