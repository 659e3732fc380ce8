package import Foundation

/// A message attribute: `String`, `Number` or `Binary`, each with an optional label of the sender's (`Number.int`).
package struct MessageAttribute: Sendable, Equatable, Codable {
    package enum Value: Sendable, Equatable, Codable {
        case text(String)
        case binary(Data)
    }

    package var dataType: String
    package var value: Value

    package init(dataType: String, value: Value) {
        self.dataType = dataType
        self.value = value
    }

    /// What it counts of the message's size, together with its name.
    func bytes(named name: String) -> Int {
        let size =
            switch value {
            case .text(let text): text.utf8.count
            case .binary(let data): data.count
            }
        return name.utf8.count + dataType.utf8.count + size
    }
}

/// A message to send.
package struct OutgoingMessage: Sendable {
    package var body: String
    package var attributes: [String: MessageAttribute]
    /// nil takes the queue's own delay.
    package var delaySeconds: Int?
    /// The system attribute `AWSTraceHeader`.
    package var traceHeader: String?
    /// Who sent it: `SenderId`.
    package var senderID: String

    package init(
        body: String, attributes: [String: MessageAttribute] = [:], delaySeconds: Int? = nil, traceHeader: String? = nil,
        senderID: String = ""
    ) {
        self.body = body
        self.attributes = attributes
        self.delaySeconds = delaySeconds
        self.traceHeader = traceHeader
        self.senderID = senderID
    }

    package var bytes: Int {
        body.utf8.count + attributes.reduce(0) { $0 + $1.value.bytes(named: $1.key) }
    }
}

/// What a sender is told.
package struct SentMessage: Sendable, Equatable {
    package var messageID: String
    package var md5OfBody: String
    package var md5OfAttributes: String?
    package var md5OfSystemAttributes: String?
}

/// A message as a receive hands it out.
package struct ReceivedMessage: Sendable, Equatable {
    package var messageID: String
    package var receiptHandle: String
    package var body: String
    package var md5OfBody: String
    package var attributes: [String: MessageAttribute]
    package var senderID: String
    package var sentMilliseconds: Int64
    package var firstReceivedMilliseconds: Int64
    package var receiveCount: Int
    package var traceHeader: String?
    /// The queue that it was moved from, for a message of a dead-letter queue.
    package var deadLetterSourceARN: String?
}
