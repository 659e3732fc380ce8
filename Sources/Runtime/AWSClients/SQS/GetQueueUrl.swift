extension SQS {
    public struct GetQueueUrlInput: Sendable, Equatable, Codable {
        public var queueName: String
        /// For a queue of another account.
        public var queueOwnerAccountID: String?

        public init(queueName: String, queueOwnerAccountID: String? = nil) {
            self.queueName = queueName
            self.queueOwnerAccountID = queueOwnerAccountID
        }

        private enum CodingKeys: String, CodingKey {
            case queueName = "QueueName"
            case queueOwnerAccountID = "QueueOwnerAWSAccountId"
        }
    }

    public struct GetQueueUrlOutput: Sendable, Equatable, Codable {
        public var queueURL: String

        public init(queueURL: String) {
            self.queueURL = queueURL
        }

        private enum CodingKeys: String, CodingKey {
            case queueURL = "QueueUrl"
        }
    }
}

extension SQSClient {
    /// - Throws: ``AWSServiceError``, with `QueueDoesNotExist` where there is no such queue.
    public func getQueueUrl(_ input: SQS.GetQueueUrlInput) async throws -> SQS.GetQueueUrlOutput {
        try await caller.call("GetQueueUrl", input, isRepeatable: true)
    }
}
