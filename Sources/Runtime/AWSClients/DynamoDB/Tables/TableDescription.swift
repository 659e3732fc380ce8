extension DynamoDB {
    /// What a table is now. Counts and sizes are the service's, which brings them up to date every few hours.
    public struct TableDescription: Sendable, Equatable, Codable {
        public var attributeDefinitions: [AttributeDefinition]?
        public var tableName: String?
        public var keySchema: [KeySchemaElement]?
        /// `CREATING`, `ACTIVE`, `UPDATING`, `DELETING` and others.
        public var tableStatus: String?
        /// Seconds since 1970.
        public var creationDateTime: Double?
        public var provisionedThroughput: ProvisionedThroughput?
        public var billingModeSummary: BillingModeSummary?
        public var tableSizeBytes: Int?
        public var itemCount: Int?
        public var tableARN: String?
        public var tableID: String?
        public var globalSecondaryIndexes: [GlobalSecondaryIndexDescription]?
        public var localSecondaryIndexes: [LocalSecondaryIndexDescription]?
        public var streamSpecification: StreamSpecification?
        public var latestStreamLabel: String?
        public var latestStreamARN: String?

        public init(
            attributeDefinitions: [AttributeDefinition]? = nil, tableName: String? = nil, keySchema: [KeySchemaElement]? = nil,
            tableStatus: String? = nil, creationDateTime: Double? = nil, provisionedThroughput: ProvisionedThroughput? = nil,
            billingModeSummary: BillingModeSummary? = nil, tableSizeBytes: Int? = nil, itemCount: Int? = nil,
            tableARN: String? = nil, tableID: String? = nil, globalSecondaryIndexes: [GlobalSecondaryIndexDescription]? = nil,
            localSecondaryIndexes: [LocalSecondaryIndexDescription]? = nil, streamSpecification: StreamSpecification? = nil,
            latestStreamLabel: String? = nil, latestStreamARN: String? = nil
        ) {
            self.attributeDefinitions = attributeDefinitions
            self.tableName = tableName
            self.keySchema = keySchema
            self.tableStatus = tableStatus
            self.creationDateTime = creationDateTime
            self.provisionedThroughput = provisionedThroughput
            self.billingModeSummary = billingModeSummary
            self.tableSizeBytes = tableSizeBytes
            self.itemCount = itemCount
            self.tableARN = tableARN
            self.tableID = tableID
            self.globalSecondaryIndexes = globalSecondaryIndexes
            self.localSecondaryIndexes = localSecondaryIndexes
            self.streamSpecification = streamSpecification
            self.latestStreamLabel = latestStreamLabel
            self.latestStreamARN = latestStreamARN
        }

        private enum CodingKeys: String, CodingKey {
            case attributeDefinitions = "AttributeDefinitions"
            case tableName = "TableName"
            case keySchema = "KeySchema"
            case tableStatus = "TableStatus"
            case creationDateTime = "CreationDateTime"
            case provisionedThroughput = "ProvisionedThroughput"
            case billingModeSummary = "BillingModeSummary"
            case tableSizeBytes = "TableSizeBytes"
            case itemCount = "ItemCount"
            case tableARN = "TableArn"
            case tableID = "TableId"
            case globalSecondaryIndexes = "GlobalSecondaryIndexes"
            case localSecondaryIndexes = "LocalSecondaryIndexes"
            case streamSpecification = "StreamSpecification"
            case latestStreamLabel = "LatestStreamLabel"
            case latestStreamARN = "LatestStreamArn"
        }
    }

    public struct BillingModeSummary: Sendable, Equatable, Codable {
        public var billingMode: BillingMode?

        public init(billingMode: BillingMode? = nil) {
            self.billingMode = billingMode
        }

        private enum CodingKeys: String, CodingKey {
            case billingMode = "BillingMode"
        }
    }

    public struct GlobalSecondaryIndexDescription: Sendable, Equatable, Codable {
        public var indexName: String?
        public var keySchema: [KeySchemaElement]?
        public var projection: Projection?
        /// `CREATING`, `ACTIVE`, `UPDATING` or `DELETING`.
        public var indexStatus: String?
        public var provisionedThroughput: ProvisionedThroughput?
        public var indexSizeBytes: Int?
        public var itemCount: Int?
        public var indexARN: String?

        public init(
            indexName: String? = nil, keySchema: [KeySchemaElement]? = nil, projection: Projection? = nil,
            indexStatus: String? = nil, provisionedThroughput: ProvisionedThroughput? = nil, indexSizeBytes: Int? = nil,
            itemCount: Int? = nil, indexARN: String? = nil
        ) {
            self.indexName = indexName
            self.keySchema = keySchema
            self.projection = projection
            self.indexStatus = indexStatus
            self.provisionedThroughput = provisionedThroughput
            self.indexSizeBytes = indexSizeBytes
            self.itemCount = itemCount
            self.indexARN = indexARN
        }

        private enum CodingKeys: String, CodingKey {
            case indexName = "IndexName"
            case keySchema = "KeySchema"
            case projection = "Projection"
            case indexStatus = "IndexStatus"
            case provisionedThroughput = "ProvisionedThroughput"
            case indexSizeBytes = "IndexSizeBytes"
            case itemCount = "ItemCount"
            case indexARN = "IndexArn"
        }
    }

    public struct LocalSecondaryIndexDescription: Sendable, Equatable, Codable {
        public var indexName: String?
        public var keySchema: [KeySchemaElement]?
        public var projection: Projection?
        public var indexSizeBytes: Int?
        public var itemCount: Int?
        public var indexARN: String?

        public init(
            indexName: String? = nil, keySchema: [KeySchemaElement]? = nil, projection: Projection? = nil,
            indexSizeBytes: Int? = nil, itemCount: Int? = nil, indexARN: String? = nil
        ) {
            self.indexName = indexName
            self.keySchema = keySchema
            self.projection = projection
            self.indexSizeBytes = indexSizeBytes
            self.itemCount = itemCount
            self.indexARN = indexARN
        }

        private enum CodingKeys: String, CodingKey {
            case indexName = "IndexName"
            case keySchema = "KeySchema"
            case projection = "Projection"
            case indexSizeBytes = "IndexSizeBytes"
            case itemCount = "ItemCount"
            case indexARN = "IndexArn"
        }
    }
}
