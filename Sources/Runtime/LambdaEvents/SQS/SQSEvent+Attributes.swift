#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The system attributes, which come as text, in their types. Those of FIFO queues are nil on others.
extension SQSEvent.Record {
    /// How often the message was received, this time included.
    public var approximateReceiveCount: Int? { attributes["ApproximateReceiveCount"].flatMap { Int($0) } }

    public var sentAt: Date? { Date(millisecondsText: attributes["SentTimestamp"]) }

    public var firstReceivedAt: Date? { Date(millisecondsText: attributes["ApproximateFirstReceiveTimestamp"]) }

    /// The id of the user, role or service that sent it.
    public var senderId: String? { attributes["SenderId"] }

    /// FIFO queues, and fair queues.
    public var messageGroupId: String? { attributes["MessageGroupId"] }

    public var messageDeduplicationId: String? { attributes["MessageDeduplicationId"] }

    /// FIFO queues: the message's place, 128 bits in decimal digits.
    public var sequenceNumber: String? { attributes["SequenceNumber"] }

    /// The queue that a redrive moved the message away from.
    public var deadLetterQueueSourceArn: String? { attributes["DeadLetterQueueSourceArn"] }

    /// The X-Ray header that the sender gave.
    public var traceHeader: String? { attributes["AWSTraceHeader"] }
}

extension SQSEvent.Record {
    /// The body as a JSON document of a type of yours, or as another event: ``S3Event`` where a bucket notifies the queue,
    /// ``EventBridgeEvent`` where a rule has it as its target.
    ///
    /// - Throws: `DecodingError`.
    public func decodeBody<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try decodePayload(type, Data(body.utf8))
    }

    /// The topic's message where the queue subscribes to one without raw delivery.
    ///
    /// - Throws: `DecodingError`.
    public func snsMessage() throws -> SNSMessage {
        try decodeBody(as: SNSMessage.self)
    }
}
