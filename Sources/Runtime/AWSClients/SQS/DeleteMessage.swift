extension SQS {
    public struct DeleteMessageInput: Sendable, Equatable, Codable {
        public var queueURL: String
        public var receiptHandle: String

        public init(queueURL: String, receiptHandle: String) {
            self.queueURL = queueURL
            self.receiptHandle = receiptHandle
        }

        private enum CodingKeys: String, CodingKey {
            case queueURL = "QueueUrl"
            case receiptHandle = "ReceiptHandle"
        }
    }
}

extension SQSClient {
    /// Ends a message's life, by the handle of its latest receipt.
    public func deleteMessage(_ input: SQS.DeleteMessageInput) async throws {
        try await caller.call("DeleteMessage", input, isRepeatable: true)
    }
}
