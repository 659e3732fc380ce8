extension DynamoDB {
    public struct DescribeTableInput: Sendable, Equatable, Codable {
        public var tableName: String

        public init(tableName: String) {
            self.tableName = tableName
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
        }
    }

    public struct DescribeTableOutput: Sendable, Equatable, Codable {
        public var table: TableDescription

        public init(table: TableDescription) {
            self.table = table
        }

        private enum CodingKeys: String, CodingKey {
            case table = "Table"
        }
    }
}

extension DynamoDBClient {
    /// - Throws: ``AWSServiceError``, with `ResourceNotFoundException` where there is no such table.
    public func describeTable(_ input: DynamoDB.DescribeTableInput) async throws -> DynamoDB.DescribeTableOutput {
        try await caller.call("DescribeTable", input, isRepeatable: true)
    }
}
