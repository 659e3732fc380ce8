extension DynamoDB {
    /// Reads up to 100 items as they are at one moment.
    public struct TransactGetItemsInput: Sendable, Equatable, Codable {
        public var transactItems: [TransactGetItem]

        public init(transactItems: [TransactGetItem]) {
            self.transactItems = transactItems
        }

        private enum CodingKeys: String, CodingKey {
            case transactItems = "TransactItems"
        }
    }

    public struct TransactGetItem: Sendable, Equatable, Codable {
        public var get: Get

        public init(get: Get) {
            self.get = get
        }

        private enum CodingKeys: String, CodingKey {
            case get = "Get"
        }
    }

    public struct Get: Sendable, Equatable, Codable {
        public var tableName: String
        public var key: Item
        public var projectionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?

        public init(
            tableName: String, key: Item, projectionExpression: String? = nil, expressionAttributeNames: [String: String]? = nil
        ) {
            self.tableName = tableName
            self.key = key
            self.projectionExpression = projectionExpression
            self.expressionAttributeNames = expressionAttributeNames
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case key = "Key"
            case projectionExpression = "ProjectionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
        }
    }

    public struct TransactGetItemsOutput: Sendable, Equatable, Codable {
        /// One for each asked, in that order.
        public var responses: [ItemResponse]

        public init(responses: [ItemResponse] = []) {
            self.responses = responses
        }

        private enum CodingKeys: String, CodingKey {
            case responses = "Responses"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            responses = try container.decodeIfPresent([ItemResponse].self, forKey: .responses) ?? []
        }
    }

    public struct ItemResponse: Sendable, Equatable, Codable {
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
    /// - Throws: ``AWSServiceError``, with `TransactionCanceledException` and its `cancellationReasons`.
    public func transactGetItems(_ input: DynamoDB.TransactGetItemsInput) async throws -> DynamoDB.TransactGetItemsOutput {
        try await caller.call("TransactGetItems", input, isRepeatable: true)
    }
}
