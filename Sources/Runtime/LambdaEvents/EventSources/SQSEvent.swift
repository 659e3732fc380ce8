#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A batch of messages from a queue. Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS".
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

        /// How often the message was received, this time included.
        public var approximateReceiveCount: Int? {
            attributes["ApproximateReceiveCount"].flatMap { Int($0) }
        }

        public var sentAt: Date? {
            attributes["SentTimestamp"].flatMap { Double($0) }.map { Date(timeIntervalSince1970: $0 / 1000) }
        }
    }

    public struct MessageAttribute: Sendable, Equatable, Codable {
        /// `String`, `Number` or `Binary`, perhaps with a custom label: `Number.int`.
        public var dataType: String
        public var stringValue: String?
        /// Base64.
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
    }
}
