internal import Foundation
internal import RoostSQLite

extension QueueEngine {
    /// Puts messages on a queue, in one transaction, each with its own outcome. Checked in SQS's order: the body is there, its
    /// characters, the delay, the attributes, the size.
    package func send(
        _ messages: [OutgoingMessage], to queue: String,
        completion: @escaping @Sendable (Result<[Result<SentMessage, QueueError>], QueueError>) -> Void
    ) {
        let now = nowMilliseconds
        perform { [self] database in
            let configuration = try find(queue)
            return try messages.map { message in
                do throws(QueueError) {
                    try MessageCheck.check(message, limit: configuration.maximumMessageSizeBytes)
                } catch {
                    return .failure(error)
                }
                return .success(try database.insert(message, into: configuration, now: now))
            }
        } completion: {
            completion($0)
        }
    }

    /// Puts one message on a queue.
    package func send(
        _ message: OutgoingMessage, to queue: String, completion: @escaping @Sendable (Result<SentMessage, QueueError>) -> Void
    ) {
        send([message], to: queue) { results in
            completion(results.flatMap { $0[0] })
        }
    }

    @discardableResult
    package func send(_ message: OutgoingMessage, to queue: String) async throws(QueueError) -> SentMessage {
        try await answer { send(message, to: queue, completion: $0) }
    }
}

/// What SQS asks of a message.
package enum MessageCheck {
    package static func check(_ message: OutgoingMessage, limit: Int) throws(QueueError) {
        guard !message.body.isEmpty else { throw .missingParameter("MessageBody") }
        guard message.body.unicodeScalars.allSatisfy(isAllowed) else {
            throw QueueError(
                type: "InvalidMessageContents",
                message: "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
                    + "#xE000 to #xFFFD | #x10000 to #x10FFFF")
        }
        if let delay = message.delaySeconds, !QueueLimits.delaySeconds.contains(delay) {
            throw .invalidParameter("DelaySeconds", delay, in: QueueLimits.delaySeconds)
        }
        guard message.attributes.count <= QueueLimits.attributes else {
            throw .invalidParameter(
                "Number of message attributes [\(message.attributes.count)] exceeds the allowed maximum [\(QueueLimits.attributes)]."
            )
        }
        for (name, attribute) in message.attributes.sorted(by: { $0.key < $1.key }) { try check(name, attribute) }
        guard message.bytes <= limit else {
            throw .invalidParameter(
                "One or more parameters are invalid. Reason: Message must be shorter than \(limit) bytes.")
        }
    }

    /// The characters of XML 1.0 (W3C, "Characters"), which SQS takes.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xa, 0xd, 0x20...0xd7ff, 0xe000...0xfffd, 0x1_0000...0x10_ffff: true
        default: false
        }
    }

    private static func check(_ name: String, _ attribute: MessageAttribute) throws(QueueError) {
        guard (1...256).contains(name.utf8.count), !name.hasPrefix("."), !name.hasSuffix("."), name.utf8.allSatisfy(isNameByte)
        else {
            throw .invalidParameter(
                "Message (user) attribute name '\(name)' is invalid: it has 1 to 256 letters, digits, hyphens, underscores and periods."
            )
        }
        let kind = attribute.dataType.split(separator: ".", maxSplits: 1).first ?? ""
        switch (kind, attribute.value) {
        case ("String", .text(let text)) where !text.isEmpty: return
        case ("Number", .text(let text)) where Double(text) != nil: return
        case ("Binary", .binary(let data)) where !data.isEmpty: return
        case ("Number", .text):
            throw .invalidParameter("Can't cast the value of message (user) attribute '\(name)' to a number.")
        case ("String", _), ("Binary", _), ("Number", _):
            throw .invalidParameter(
                "Message (user) attribute '\(name)' must contain a non-empty value of type '\(attribute.dataType)'.")
        default:
            throw .invalidParameter(
                "The type of message (user) attribute '\(name)' is invalid. You must use only the following supported type prefixes: "
                    + "Binary, Number, String.")
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
        default: false
        }
    }
}

extension QueueDatabase {
    func insert(_ message: OutgoingMessage, into queue: QueueConfiguration, now: Int64) throws -> SentMessage {
        let sent = SentMessage(
            messageID: UUID().uuidString.lowercased(), md5OfBody: try MessageDigest.md5(Data(message.body.utf8)),
            md5OfAttributes: try MessageDigest.md5(of: message.attributes),
            md5OfSystemAttributes: try MessageDigest.md5(of: Self.systemAttributes(of: message)))
        let attributes =
            message.attributes.isEmpty ? nil : String(decoding: try JSONEncoder().encode(message.attributes), as: UTF8.self)
        let delay = Int64(message.delaySeconds ?? queue.delaySeconds)
        try sql.run(
            """
            INSERT INTO messages(queue, message_id, body, attributes, md5, sender, trace, sent_ms, visible_ms)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(queue.name), .text(sent.messageID), .text(message.body), .optional(attributes), .text(sent.md5OfBody),
            .text(message.senderID), .optional(message.traceHeader), .integer(now), .integer(now + delay * 1000))
        touched.insert(queue.name)
        return sent
    }

    private static func systemAttributes(of message: OutgoingMessage) -> [String: MessageAttribute] {
        guard let trace = message.traceHeader else { return [:] }
        return ["AWSTraceHeader": MessageAttribute(dataType: "String", value: .text(trace))]
    }
}
