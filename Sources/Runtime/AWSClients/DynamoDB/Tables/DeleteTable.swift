extension DynamoDB {
    public struct DeleteTableInput: Sendable, Equatable, Codable {
        public var tableName: String

        public init(tableName: String) {
            self.tableName = tableName
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
        }
    }

    public struct DeleteTableOutput: Sendable, Equatable, Codable {
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
    /// - Throws: ``AWSServiceError``, with `ResourceNotFoundException` where there is no such table.
    @discardableResult
    public func deleteTable(_ input: DynamoDB.DeleteTableInput) async throws -> DynamoDB.DeleteTableOutput {
        try await caller.call("DeleteTable", input, isRepeatable: false)
    }
}
