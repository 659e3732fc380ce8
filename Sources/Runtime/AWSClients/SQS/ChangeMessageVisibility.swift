extension SQS {
    public struct ChangeMessageVisibilityInput: Sendable, Equatable, Codable {
        public var queueURL: String
        public var receiptHandle: String
        /// Seconds from now, 0 to 43,200; 0 shows the message again at once.
        public var visibilityTimeout: Int

        public init(queueURL: String, receiptHandle: String, visibilityTimeout: Int) {
            self.queueURL = queueURL
            self.receiptHandle = receiptHandle
            self.visibilityTimeout = visibilityTimeout
        }

        private enum CodingKeys: String, CodingKey {
            case queueURL = "QueueUrl"
            case receiptHandle = "ReceiptHandle"
            case visibilityTimeout = "VisibilityTimeout"
        }
    }
}

extension SQSClient {
    /// Changes how long a received message stays hidden.
    public func changeMessageVisibility(_ input: SQS.ChangeMessageVisibilityInput) async throws {
        try await caller.call("ChangeMessageVisibility", input, isRepeatable: true)
    }
}
