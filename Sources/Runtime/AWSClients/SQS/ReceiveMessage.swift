extension SQS {
    public struct ReceiveMessageInput: Sendable, Equatable, Codable {
        public var queueURL: String
        /// 1 to 10; the service takes 1 where nil.
        public var maxNumberOfMessages: Int?
        /// Seconds, 0 to 43,200; the queue's own where nil.
        public var visibilityTimeout: Int?
        /// 0 to 20; the queue's own where nil.
        public var waitTimeSeconds: Int?
        /// `All` or names such as `ApproximateReceiveCount`.
        public var messageSystemAttributeNames: [String]?
        /// `All` or names.
        public var messageAttributeNames: [String]?

        public init(
            queueURL: String, maxNumberOfMessages: Int? = nil, visibilityTimeout: Int? = nil, waitTimeSeconds: Int? = nil,
            messageSystemAttributeNames: [String]? = nil, messageAttributeNames: [String]? = nil
        ) {
            self.queueURL = queueURL
            self.maxNumberOfMessages = maxNumberOfMessages
            self.visibilityTimeout = visibilityTimeout
            self.waitTimeSeconds = waitTimeSeconds
            self.messageSystemAttributeNames = messageSystemAttributeNames
            self.messageAttributeNames = messageAttributeNames
        }

        private enum CodingKeys: String, CodingKey {
            case queueURL = "QueueUrl"
            case maxNumberOfMessages = "MaxNumberOfMessages"
            case visibilityTimeout = "VisibilityTimeout"
            case waitTimeSeconds = "WaitTimeSeconds"
            case messageSystemAttributeNames = "MessageSystemAttributeNames"
            case messageAttributeNames = "MessageAttributeNames"
        }
    }

    public struct ReceiveMessageOutput: Sendable, Equatable, Codable {
        public var messages: [Message]

        public init(messages: [Message] = []) {
            self.messages = messages
        }

        private enum CodingKeys: String, CodingKey {
            case messages = "Messages"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            messages = try container.decodeIfPresent([Message].self, forKey: .messages) ?? []
        }
    }

    public struct Message: Sendable, Equatable, Codable {
        public var messageID: String
        /// For deleting this receipt of the message.
        public var receiptHandle: String
        public var body: String
        public var md5OfBody: String?
        /// System attributes, all as text.
        public var attributes: [String: String]
        public var messageAttributes: [String: MessageAttributeValue]

        public init(
            messageID: String, receiptHandle: String, body: String, md5OfBody: String? = nil, attributes: [String: String] = [:],
            messageAttributes: [String: MessageAttributeValue] = [:]
        ) {
            self.messageID = messageID
            self.receiptHandle = receiptHandle
            self.body = body
            self.md5OfBody = md5OfBody
            self.attributes = attributes
            self.messageAttributes = messageAttributes
        }

        private enum CodingKeys: String, CodingKey {
            case messageID = "MessageId"
            case receiptHandle = "ReceiptHandle"
            case body = "Body"
            case md5OfBody = "MD5OfBody"
            case attributes = "Attributes"
            case messageAttributes = "MessageAttributes"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            messageID = try container.decode(String.self, forKey: .messageID)
            receiptHandle = try container.decode(String.self, forKey: .receiptHandle)
            body = try container.decode(String.self, forKey: .body)
            md5OfBody = try container.decodeIfPresent(String.self, forKey: .md5OfBody)
            attributes = try container.decodeIfPresent([String: String].self, forKey: .attributes) ?? [:]
            messageAttributes =
                try container.decodeIfPresent([String: MessageAttributeValue].self, forKey: .messageAttributes) ?? [:]
        }
    }
}

extension SQSClient {
    /// Takes messages, which stay hidden from others for the visibility time-out.
    public func receiveMessage(_ input: SQS.ReceiveMessageInput) async throws -> SQS.ReceiveMessageOutput {
        try await caller.call("ReceiveMessage", input, isRepeatable: true)
    }
}
