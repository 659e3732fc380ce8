extension DynamoDB {
    /// Reads items of one partition in the order of the sort key.
    public struct QueryInput: Sendable, Equatable, Codable {
        public var tableName: String
        public var indexName: String?
        public var keyConditionExpression: String
        public var filterExpression: String?
        public var projectionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?
        /// `:value` to a value.
        public var expressionAttributeValues: Item?
        /// False for descending order.
        public var scanIndexForward: Bool?
        /// Items read, before the filter; a page also ends at 1 MB.
        public var limit: Int?
        /// The `lastEvaluatedKey` of the page before.
        public var exclusiveStartKey: Item?
        public var consistentRead: Bool?
        public var select: Select?

        public init(
            tableName: String, indexName: String? = nil, keyConditionExpression: String, filterExpression: String? = nil,
            projectionExpression: String? = nil, expressionAttributeNames: [String: String]? = nil,
            expressionAttributeValues: Item? = nil, scanIndexForward: Bool? = nil, limit: Int? = nil,
            exclusiveStartKey: Item? = nil, consistentRead: Bool? = nil, select: Select? = nil
        ) {
            self.tableName = tableName
            self.indexName = indexName
            self.keyConditionExpression = keyConditionExpression
            self.filterExpression = filterExpression
            self.projectionExpression = projectionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.scanIndexForward = scanIndexForward
            self.limit = limit
            self.exclusiveStartKey = exclusiveStartKey
            self.consistentRead = consistentRead
            self.select = select
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case indexName = "IndexName"
            case keyConditionExpression = "KeyConditionExpression"
            case filterExpression = "FilterExpression"
            case projectionExpression = "ProjectionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case scanIndexForward = "ScanIndexForward"
            case limit = "Limit"
            case exclusiveStartKey = "ExclusiveStartKey"
            case consistentRead = "ConsistentRead"
            case select = "Select"
        }
    }

    /// One page.
    public struct QueryOutput: Sendable, Equatable, Codable {
        public var items: [Item]
        /// Items after the filter.
        public var count: Int
        /// Items before the filter; these are what `limit` counts and what is paid for.
        public var scannedCount: Int
        /// Where the next page starts; nil on the last page only.
        public var lastEvaluatedKey: Item?

        public init(items: [Item] = [], count: Int = 0, scannedCount: Int = 0, lastEvaluatedKey: Item? = nil) {
            self.items = items
            self.count = count
            self.scannedCount = scannedCount
            self.lastEvaluatedKey = lastEvaluatedKey
        }

        private enum CodingKeys: String, CodingKey {
            case items = "Items"
            case count = "Count"
            case scannedCount = "ScannedCount"
            case lastEvaluatedKey = "LastEvaluatedKey"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            items = try container.decodeIfPresent([Item].self, forKey: .items) ?? []
            count = try container.decodeIfPresent(Int.self, forKey: .count) ?? 0
            scannedCount = try container.decodeIfPresent(Int.self, forKey: .scannedCount) ?? 0
            lastEvaluatedKey = try container.decodeIfPresent(Item.self, forKey: .lastEvaluatedKey)
        }
    }
}

extension DynamoDBClient {
    /// Reads one page; ``queryPages(_:)`` reads them all.
    public func query(_ input: DynamoDB.QueryInput) async throws -> DynamoDB.QueryOutput {
        try await caller.call("Query", input, isRepeatable: true)
    }
}
