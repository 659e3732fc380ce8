extension DynamoDB {
    /// Reads a whole table or index, or one segment of it.
    public struct ScanInput: Sendable, Equatable, Codable {
        public var tableName: String
        public var indexName: String?
        public var filterExpression: String?
        public var projectionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?
        /// `:value` to a value.
        public var expressionAttributeValues: Item?
        /// Items read, before the filter; a page also ends at 1 MB.
        public var limit: Int?
        /// The `lastEvaluatedKey` of the page before.
        public var exclusiveStartKey: Item?
        public var consistentRead: Bool?
        public var select: Select?
        /// From 0; needs `totalSegments`.
        public var segment: Int?
        public var totalSegments: Int?

        public init(
            tableName: String, indexName: String? = nil, filterExpression: String? = nil, projectionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: Item? = nil, limit: Int? = nil,
            exclusiveStartKey: Item? = nil, consistentRead: Bool? = nil, select: Select? = nil, segment: Int? = nil,
            totalSegments: Int? = nil
        ) {
            self.tableName = tableName
            self.indexName = indexName
            self.filterExpression = filterExpression
            self.projectionExpression = projectionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.limit = limit
            self.exclusiveStartKey = exclusiveStartKey
            self.consistentRead = consistentRead
            self.select = select
            self.segment = segment
            self.totalSegments = totalSegments
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case indexName = "IndexName"
            case filterExpression = "FilterExpression"
            case projectionExpression = "ProjectionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case limit = "Limit"
            case exclusiveStartKey = "ExclusiveStartKey"
            case consistentRead = "ConsistentRead"
            case select = "Select"
            case segment = "Segment"
            case totalSegments = "TotalSegments"
        }
    }

    /// One page.
    public struct ScanOutput: Sendable, Equatable, Codable {
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
    /// Reads one page; ``scanPages(_:)`` reads them all.
    public func scan(_ input: DynamoDB.ScanInput) async throws -> DynamoDB.ScanOutput {
        try await caller.call("Scan", input, isRepeatable: true)
    }
}
