extension DynamoDB {
    /// Reads one item by its whole key.
    public struct GetItemInput: Sendable, Equatable, Codable {
        public var tableName: String
        public var key: Item
        public var consistentRead: Bool?
        public var projectionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?

        public init(
            tableName: String, key: Item, consistentRead: Bool? = nil, projectionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil
        ) {
            self.tableName = tableName
            self.key = key
            self.consistentRead = consistentRead
            self.projectionExpression = projectionExpression
            self.expressionAttributeNames = expressionAttributeNames
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case key = "Key"
            case consistentRead = "ConsistentRead"
            case projectionExpression = "ProjectionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
        }
    }

    public struct GetItemOutput: Sendable, Equatable, Codable {
        /// Nil if there is none.
        public var item: Item?

        public init(item: Item? = nil) {
            self.item = item
        }

        private enum CodingKeys: String, CodingKey {
            case item = "Item"
        }
    }
}

extension DynamoDBClient {
    /// Reads one item; that it is not there is no error.
    public func getItem(_ input: DynamoDB.GetItemInput) async throws -> DynamoDB.GetItemOutput {
        try await caller.call("GetItem", input, isRepeatable: true)
    }
}
