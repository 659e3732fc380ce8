extension SQS {
    /// Up to 10 messages, together at most 1 MiB.
    public struct SendMessageBatchInput: Sendable, Equatable, Codable {
        public var queueURL: String
        public var entries: [SendMessageBatchEntry]

        public init(queueURL: String, entries: [SendMessageBatchEntry]) {
            self.queueURL = queueURL
            self.entries = entries
        }

        private enum CodingKeys: String, CodingKey {
            case queueURL = "QueueUrl"
            case entries = "Entries"
        }
    }

    public struct SendMessageBatchEntry: Sendable, Equatable, Codable {
        /// Names the entry in the answer; unique in the batch.
        public var id: String
        public var messageBody: String
        /// 0 to 900.
        public var delaySeconds: Int?
        public var messageAttributes: [String: MessageAttributeValue]?
        /// FIFO queues only.
        public var messageDeduplicationID: String?
        public var messageGroupID: String?

        public init(
            id: String, messageBody: String, delaySeconds: Int? = nil, messageAttributes: [String: MessageAttributeValue]? = nil,
            messageDeduplicationID: String? = nil, messageGroupID: String? = nil
        ) {
            self.id = id
            self.messageBody = messageBody
            self.delaySeconds = delaySeconds
            self.messageAttributes = messageAttributes
            self.messageDeduplicationID = messageDeduplicationID
            self.messageGroupID = messageGroupID
        }

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case messageBody = "MessageBody"
            case delaySeconds = "DelaySeconds"
            case messageAttributes = "MessageAttributes"
            case messageDeduplicationID = "MessageDeduplicationId"
            case messageGroupID = "MessageGroupId"
        }
    }

    /// Some may have failed although the call succeeded.
    public struct SendMessageBatchOutput: Sendable, Equatable, Codable {
        public var successful: [SendMessageBatchResult]
        public var failed: [BatchResultError]

        public init(successful: [SendMessageBatchResult] = [], failed: [BatchResultError] = []) {
            self.successful = successful
            self.failed = failed
        }

        private enum CodingKeys: String, CodingKey {
            case successful = "Successful"
            case failed = "Failed"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            successful = try container.decodeIfPresent([SendMessageBatchResult].self, forKey: .successful) ?? []
            failed = try container.decodeIfPresent([BatchResultError].self, forKey: .failed) ?? []
        }
    }

    public struct SendMessageBatchResult: Sendable, Equatable, Codable {
        public var id: String
        public var messageID: String
        public var md5OfMessageBody: String?
        public var md5OfMessageAttributes: String?
        public var sequenceNumber: String?

        public init(
            id: String, messageID: String, md5OfMessageBody: String? = nil, md5OfMessageAttributes: String? = nil,
            sequenceNumber: String? = nil
        ) {
            self.id = id
            self.messageID = messageID
            self.md5OfMessageBody = md5OfMessageBody
            self.md5OfMessageAttributes = md5OfMessageAttributes
            self.sequenceNumber = sequenceNumber
        }

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case messageID = "MessageId"
            case md5OfMessageBody = "MD5OfMessageBody"
            case md5OfMessageAttributes = "MD5OfMessageAttributes"
            case sequenceNumber = "SequenceNumber"
        }
    }

    public struct BatchResultError: Sendable, Equatable, Codable {
        public var id: String
        /// True where the same entry would fail again.
        public var senderFault: Bool
        public var code: String
        public var message: String?

        public init(id: String, senderFault: Bool, code: String, message: String? = nil) {
            self.id = id
            self.senderFault = senderFault
            self.code = code
            self.message = message
        }

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case senderFault = "SenderFault"
            case code = "Code"
            case message = "Message"
        }
    }
}

extension SQSClient {
    /// Look at `failed`: entries succeed and fail one by one.
    public func sendMessageBatch(_ input: SQS.SendMessageBatchInput) async throws -> SQS.SendMessageBatchOutput {
        try await caller.call(
            "SendMessageBatch", input, isRepeatable: input.entries.allSatisfy { $0.messageDeduplicationID != nil })
    }
}
