extension DynamoDB {
    public struct UpdateTimeToLiveInput: Sendable, Equatable, Codable {
        public var tableName: String
        public var timeToLiveSpecification: TimeToLiveSpecification

        public init(tableName: String, timeToLiveSpecification: TimeToLiveSpecification) {
            self.tableName = tableName
            self.timeToLiveSpecification = timeToLiveSpecification
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case timeToLiveSpecification = "TimeToLiveSpecification"
        }
    }

    public struct UpdateTimeToLiveOutput: Sendable, Equatable, Codable {
        public var timeToLiveSpecification: TimeToLiveSpecification

        public init(timeToLiveSpecification: TimeToLiveSpecification) {
            self.timeToLiveSpecification = timeToLiveSpecification
        }

        private enum CodingKeys: String, CodingKey {
            case timeToLiveSpecification = "TimeToLiveSpecification"
        }
    }
}

extension DynamoDBClient {
    /// - Throws: ``AWSServiceError``, with `ValidationException` where it is as asked already.
    @discardableResult
    public func updateTimeToLive(_ input: DynamoDB.UpdateTimeToLiveInput) async throws -> DynamoDB.UpdateTimeToLiveOutput {
        try await caller.call("UpdateTimeToLive", input, isRepeatable: false)
    }
}
