#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A topic's message as SNS writes it: into a Lambda event, and into the body of an SQS message or an HTTP request.
///
/// The two spell the addresses differently (`SigningCertUrl`, `SigningCertURL`), and a FIFO topic signs nothing. Sources:
/// Amazon SNS Developer Guide, "Parsing Amazon SNS message formats",
/// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html, and AWS Lambda Developer Guide,
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
public struct SNSMessage: Sendable, Equatable, Codable {
    public var type: MessageType
    public var messageId: String
    public var topicArn: String
    public var subject: String?
    public var message: String
    @ISO8601Time public var timestamp: Date
    public var signatureVersion: String?
    /// Base64; of the fields that the guide's "Verifying message signatures" lists.
    public var signature: String?
    /// Nil where the message has none; SNS sends an empty map into Lambda events.
    public var messageAttributes: [String: Attribute]?
    /// FIFO topics: the message's place, 128 bits in decimal digits.
    public var sequenceNumber: String?
    /// With ``MessageType/subscriptionConfirmation``, which only HTTP subscriptions get: to be opened to confirm it.
    public var subscribeURL: String?
    /// With ``subscribeURL``: for a call of `ConfirmSubscription` in place of opening it.
    public var token: String?
    private var signingCertUrl: String?
    private var signingCertURLText: String?
    private var unsubscribeUrl: String?
    private var unsubscribeURLText: String?

    public init(
        type: MessageType = .notification, messageId: String, topicArn: String, subject: String? = nil, message: String,
        timestamp: Date, signatureVersion: String? = nil, signature: String? = nil,
        messageAttributes: [String: Attribute]? = nil, sequenceNumber: String? = nil, subscribeURL: String? = nil,
        token: String? = nil, signingCertURL: String? = nil, unsubscribeURL: String? = nil
    ) {
        self.type = type
        self.messageId = messageId
        self.topicArn = topicArn
        self.subject = subject
        self.message = message
        self.timestamp = timestamp
        self.signatureVersion = signatureVersion
        self.signature = signature
        self.messageAttributes = messageAttributes
        self.sequenceNumber = sequenceNumber
        self.subscribeURL = subscribeURL
        self.token = token
        signingCertURLText = signingCertURL
        unsubscribeURLText = unsubscribeURL
    }

    /// Where the certificate of ``signature`` is; nil from a FIFO topic.
    public var signingCertURL: String? { signingCertURLText ?? signingCertUrl }

    public var unsubscribeURL: String? { unsubscribeURLText ?? unsubscribeUrl }

    /// The message as a JSON document of a type of yours, or as another event: ``S3Event`` where a bucket notifies the topic.
    ///
    /// - Throws: `DecodingError`.
    public func decodeMessage<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try decodePayload(type, Data(message.utf8))
    }

    private enum CodingKeys: String, CodingKey {
        case type = "Type"
        case messageId = "MessageId"
        case topicArn = "TopicArn"
        case subject = "Subject"
        case message = "Message"
        case timestamp = "Timestamp"
        case signatureVersion = "SignatureVersion"
        case signature = "Signature"
        case messageAttributes = "MessageAttributes"
        case sequenceNumber = "SequenceNumber"
        case subscribeURL = "SubscribeURL"
        case token = "Token"
        case signingCertUrl = "SigningCertUrl"
        case signingCertURLText = "SigningCertURL"
        case unsubscribeUrl = "UnsubscribeUrl"
        case unsubscribeURLText = "UnsubscribeURL"
    }

    public struct MessageType: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let notification = MessageType(rawValue: "Notification")
        public static let subscriptionConfirmation = MessageType(rawValue: "SubscriptionConfirmation")
        public static let unsubscribeConfirmation = MessageType(rawValue: "UnsubscribeConfirmation")
    }

    public struct Attribute: Sendable, Equatable, Codable {
        /// `String`, `Binary`, `Number` or `String.Array`.
        public var type: String
        /// Base64 if the type is `Binary`; ``binaryData`` is its bytes.
        public var value: String

        public init(type: String, value: String) {
            self.type = type
            self.value = value
        }

        /// Nil for another type, and for a value that is no base64.
        public var binaryData: Data? { type == "Binary" ? Data(base64Encoded: value) : nil }

        private enum CodingKeys: String, CodingKey {
            case type = "Type"
            case value = "Value"
        }
    }
}
