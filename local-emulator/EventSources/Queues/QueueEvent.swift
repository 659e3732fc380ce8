internal import Foundation
internal import LambdaEvents
internal import QueueEngine

/// The event of a queue, in the shape of AWS's own samples.
enum QueueEvent {
    static func payload(_ messages: [ReceivedMessage], queueARN: String, region: String) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(SQSEvent(records: messages.map { try record($0, queueARN: queueARN, region: region) }))
    }

    /// At most how many bytes a message takes in an event.
    static func size(of message: ReceivedMessage) -> Int {
        escapedSize(message.body) + 2000
            + message.attributes.reduce(0) { size, attribute in
                switch attribute.value.value {
                case .text(let text): size + attribute.key.utf8.count + escapedSize(text) + 150
                case .binary(let data): size + attribute.key.utf8.count + data.count * 4 / 3 + 150
                }
            }
    }

    /// In JSON: quotes, backslashes, tabs and line ends take two bytes (RFC 8259, 7). A queue takes no other control character
    /// (``MessageCheck``).
    private static func escapedSize(_ text: String) -> Int {
        text.utf8.reduce(0) { size, byte in
            size + (byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? 2 : 1)
        }
    }

    private static func record(_ message: ReceivedMessage, queueARN: String, region: String) throws -> SQSEvent.Record {
        var attributes = [
            "ApproximateFirstReceiveTimestamp": String(message.firstReceivedMilliseconds),
            "ApproximateReceiveCount": String(message.receiveCount), "SenderId": message.senderID,
            "SentTimestamp": String(message.sentMilliseconds),
        ]
        attributes["AWSTraceHeader"] = message.traceHeader
        attributes["DeadLetterQueueSourceArn"] = message.deadLetterSourceARN
        return SQSEvent.Record(
            messageId: message.messageID, receiptHandle: message.receiptHandle, body: message.body, attributes: attributes,
            messageAttributes: message.attributes.mapValues(attribute), md5OfBody: message.md5OfBody,
            md5OfMessageAttributes: try MessageDigest.md5(of: message.attributes), eventSourceARN: queueARN, awsRegion: region)
    }

    private static func attribute(_ attribute: MessageAttribute) -> SQSEvent.MessageAttribute {
        var result = SQSEvent.MessageAttribute(dataType: attribute.dataType)
        switch attribute.value {
        case .text(let text): result.stringValue = text
        case .binary(let data): result.binaryValue = data.base64EncodedString()
        }
        result.stringListValues = []
        result.binaryListValues = []
        return result
    }
}
