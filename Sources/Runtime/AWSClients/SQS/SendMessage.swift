extension SQS {
    /// One message, at most 1 MiB with its attributes.
    public struct SendMessageInput: Sendable, Equatable, Codable {
        public var queueURL: String
        public var messageBody: String
        /// 0 to 900.
        public var delaySeconds: Int?
        public var messageAttributes: [String: MessageAttributeValue]?
        /// FIFO queues only.
        public var messageDeduplicationID: String?
        public var messageGroupID: String?

        public init(
            queueURL: String, messageBody: String, delaySeconds: Int? = nil,
            messageAttributes: [String: MessageAttributeValue]? = nil, messageDeduplicationID: String? = nil,
            messageGroupID: String? = nil
        ) {
            self.queueURL = queueURL
            self.messageBody = messageBody
            self.delaySeconds = delaySeconds
            self.messageAttributes = messageAttributes
            self.messageDeduplicationID = messageDeduplicationID
            self.messageGroupID = messageGroupID
        }

        private enum CodingKeys: String, CodingKey {
            case queueURL = "QueueUrl"
            case messageBody = "MessageBody"
            case delaySeconds = "DelaySeconds"
            case messageAttributes = "MessageAttributes"
            case messageDeduplicationID = "MessageDeduplicationId"
            case messageGroupID = "MessageGroupId"
        }
    }

    public struct SendMessageOutput: Sendable, Equatable, Codable {
        public var messageID: String
        public var md5OfMessageBody: String?
        public var md5OfMessageAttributes: String?
        /// FIFO queues only.
        public var sequenceNumber: String?

        public init(
            messageID: String, md5OfMessageBody: String? = nil, md5OfMessageAttributes: String? = nil,
            sequenceNumber: String? = nil
        ) {
            self.messageID = messageID
            self.md5OfMessageBody = md5OfMessageBody
            self.md5OfMessageAttributes = md5OfMessageAttributes
            self.sequenceNumber = sequenceNumber
        }

        private enum CodingKeys: String, CodingKey {
            case messageID = "MessageId"
            case md5OfMessageBody = "MD5OfMessageBody"
            case md5OfMessageAttributes = "MD5OfMessageAttributes"
            case sequenceNumber = "SequenceNumber"
        }
    }
}

extension SQSClient {
    /// Sends a message. Without an answer it is tried again only where a deduplication id makes that harmless.
    @discardableResult
    public func sendMessage(_ input: SQS.SendMessageInput) async throws -> SQS.SendMessageOutput {
        try await caller.call("SendMessage", input, isRepeatable: input.messageDeduplicationID != nil)
    }
}
