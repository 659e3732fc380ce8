#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A batch of messages from a queue; the answer is a ``BatchResponse``.
///
/// Sources: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS",
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html; the attributes: Amazon SQS API Reference, "ReceiveMessage",
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
public struct SQSEvent: Sendable, Equatable, Codable {
    public var records: [Record]

    public init(records: [Record]) {
        self.records = records
    }

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
    }

    public struct Record: Sendable, Equatable, Codable {
        /// What a ``BatchResponse`` names a failed message by.
        public var messageId: String
        public var receiptHandle: String
        public var body: String
        /// System attributes by name (`ApproximateReceiveCount`, `SentTimestamp`, `MessageGroupId`, ...), all as text.
        public var attributes: [String: String]
        public var messageAttributes: [String: MessageAttribute]
        public var md5OfBody: String
        public var md5OfMessageAttributes: String?
        /// `aws:sqs`.
        public var eventSource: String
        public var eventSourceARN: String
        public var awsRegion: String

        public init(
            messageId: String, receiptHandle: String, body: String, attributes: [String: String] = [:],
            messageAttributes: [String: MessageAttribute] = [:], md5OfBody: String, md5OfMessageAttributes: String? = nil,
            eventSource: String = "aws:sqs", eventSourceARN: String, awsRegion: String
        ) {
            self.messageId = messageId
            self.receiptHandle = receiptHandle
            self.body = body
            self.attributes = attributes
            self.messageAttributes = messageAttributes
            self.md5OfBody = md5OfBody
            self.md5OfMessageAttributes = md5OfMessageAttributes
            self.eventSource = eventSource
            self.eventSourceARN = eventSourceARN
            self.awsRegion = awsRegion
        }
    }

    public struct MessageAttribute: Sendable, Equatable, Codable {
        /// `String`, `Number` or `Binary`, perhaps with a custom label: `Number.int`.
        public var dataType: String
        public var stringValue: String?
        /// Base64; ``binaryData`` is its bytes.
        public var binaryValue: String?
        /// Reserved by SQS; empty.
        public var stringListValues: [String]?
        /// Reserved by SQS; empty.
        public var binaryListValues: [String]?

        public init(dataType: String, stringValue: String? = nil, binaryValue: String? = nil) {
            self.dataType = dataType
            self.stringValue = stringValue
            self.binaryValue = binaryValue
        }

        /// Nil without a binary value, and for one that is no base64.
        public var binaryData: Data? { binaryValue.flatMap { Data(base64Encoded: $0) } }
    }
}
