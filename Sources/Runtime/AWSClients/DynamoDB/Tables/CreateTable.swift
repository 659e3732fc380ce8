extension DynamoDB {
    public struct CreateTableInput: Sendable, Equatable, Codable {
        public var tableName: String
        /// The key attributes of the table and of its indexes, and no others.
        public var attributeDefinitions: [AttributeDefinition]
        public var keySchema: [KeySchemaElement]
        public var globalSecondaryIndexes: [GlobalSecondaryIndex]?
        public var localSecondaryIndexes: [LocalSecondaryIndex]?
        public var billingMode: BillingMode?
        public var provisionedThroughput: ProvisionedThroughput?
        public var streamSpecification: StreamSpecification?

        public init(
            tableName: String, attributeDefinitions: [AttributeDefinition], keySchema: [KeySchemaElement],
            globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil, localSecondaryIndexes: [LocalSecondaryIndex]? = nil,
            billingMode: BillingMode? = .payPerRequest, provisionedThroughput: ProvisionedThroughput? = nil,
            streamSpecification: StreamSpecification? = nil
        ) {
            self.tableName = tableName
            self.attributeDefinitions = attributeDefinitions
            self.keySchema = keySchema
            self.globalSecondaryIndexes = globalSecondaryIndexes
            self.localSecondaryIndexes = localSecondaryIndexes
            self.billingMode = billingMode
            self.provisionedThroughput = provisionedThroughput
            self.streamSpecification = streamSpecification
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case attributeDefinitions = "AttributeDefinitions"
            case keySchema = "KeySchema"
            case globalSecondaryIndexes = "GlobalSecondaryIndexes"
            case localSecondaryIndexes = "LocalSecondaryIndexes"
            case billingMode = "BillingMode"
            case provisionedThroughput = "ProvisionedThroughput"
            case streamSpecification = "StreamSpecification"
        }
    }

    public struct CreateTableOutput: Sendable, Equatable, Codable {
        public var tableDescription: TableDescription

        public init(tableDescription: TableDescription) {
            self.tableDescription = tableDescription
        }

        private enum CodingKeys: String, CodingKey {
            case tableDescription = "TableDescription"
        }
    }
}

extension DynamoDBClient {
    /// - Throws: ``AWSServiceError``, with `ResourceInUseException` where the table is there already.
    @discardableResult
    public func createTable(_ input: DynamoDB.CreateTableInput) async throws -> DynamoDB.CreateTableOutput {
        try await caller.call("CreateTable", input, isRepeatable: false)
    }
}
