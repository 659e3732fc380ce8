extension DynamoDB {
    /// Reads up to 100 items by their keys, from one or more tables.
    public struct BatchGetItemInput: Sendable, Equatable, Codable {
        /// By table.
        public var requestItems: [String: KeysAndAttributes]

        public init(requestItems: [String: KeysAndAttributes]) {
            self.requestItems = requestItems
        }

        private enum CodingKeys: String, CodingKey {
            case requestItems = "RequestItems"
        }
    }

    /// What to read from one table.
    public struct KeysAndAttributes: Sendable, Equatable, Codable {
        public var keys: [Item]
        public var consistentRead: Bool?
        public var projectionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?

        public init(
            keys: [Item], consistentRead: Bool? = nil, projectionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil
        ) {
            self.keys = keys
            self.consistentRead = consistentRead
            self.projectionExpression = projectionExpression
            self.expressionAttributeNames = expressionAttributeNames
        }

        private enum CodingKeys: String, CodingKey {
            case keys = "Keys"
            case consistentRead = "ConsistentRead"
            case projectionExpression = "ProjectionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
        }
    }

    public struct BatchGetItemOutput: Sendable, Equatable, Codable {
        /// By table, in no given order; items that are not there are left out.
        public var responses: [String: [Item]]
        /// What did not fit in 16 MB or was throttled, to be asked for again; empty when all was read.
        public var unprocessedKeys: [String: KeysAndAttributes]

        public init(responses: [String: [Item]] = [:], unprocessedKeys: [String: KeysAndAttributes] = [:]) {
            self.responses = responses
            self.unprocessedKeys = unprocessedKeys
        }

        private enum CodingKeys: String, CodingKey {
            case responses = "Responses"
            case unprocessedKeys = "UnprocessedKeys"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            responses = try container.decodeIfPresent([String: [Item]].self, forKey: .responses) ?? [:]
            unprocessedKeys = try container.decodeIfPresent([String: KeysAndAttributes].self, forKey: .unprocessedKeys) ?? [:]
        }
    }
}

extension DynamoDBClient {
    /// Reads items by their keys. What comes back in `unprocessedKeys` is the caller's to ask for again.
    public func batchGetItem(_ input: DynamoDB.BatchGetItemInput) async throws -> DynamoDB.BatchGetItemOutput {
        try await caller.call("BatchGetItem", input, isRepeatable: true)
    }
}
