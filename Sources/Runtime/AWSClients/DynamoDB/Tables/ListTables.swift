extension DynamoDB {
    public struct ListTablesInput: Sendable, Equatable, Codable {
        /// The `lastEvaluatedTableName` of the page before.
        public var exclusiveStartTableName: String?
        /// 1 to 100, which is also the default.
        public var limit: Int?

        public init(exclusiveStartTableName: String? = nil, limit: Int? = nil) {
            self.exclusiveStartTableName = exclusiveStartTableName
            self.limit = limit
        }

        private enum CodingKeys: String, CodingKey {
            case exclusiveStartTableName = "ExclusiveStartTableName"
            case limit = "Limit"
        }
    }

    /// One page of names.
    public struct ListTablesOutput: Sendable, Equatable, Codable {
        public var tableNames: [String]
        public var lastEvaluatedTableName: String?

        public init(tableNames: [String] = [], lastEvaluatedTableName: String? = nil) {
            self.tableNames = tableNames
            self.lastEvaluatedTableName = lastEvaluatedTableName
        }

        private enum CodingKeys: String, CodingKey {
            case tableNames = "TableNames"
            case lastEvaluatedTableName = "LastEvaluatedTableName"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            tableNames = try container.decodeIfPresent([String].self, forKey: .tableNames) ?? []
            lastEvaluatedTableName = try container.decodeIfPresent(String.self, forKey: .lastEvaluatedTableName)
        }
    }
}

extension DynamoDBClient {
    /// One page of table names, in ascending order.
    public func listTables(_ input: DynamoDB.ListTablesInput) async throws -> DynamoDB.ListTablesOutput {
        try await caller.call("ListTables", input, isRepeatable: true)
    }
}
