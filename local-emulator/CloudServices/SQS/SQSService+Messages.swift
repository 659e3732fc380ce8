internal import Foundation
internal import QueueEngine

extension SQSService {
    func send(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.SendInput = try read(request)
        let queue = try queue(input.QueueUrl)
        let message = OutgoingMessage(
            body: input.MessageBody ?? "", attributes: try Self.attributes(input.MessageAttributes),
            delaySeconds: input.DelaySeconds,
            traceHeader: try Self.traceHeader(input.MessageSystemAttributes), senderID: request.accessKeyID ?? "")
        engine.send(message, to: queue) { result in
            if case .success(let sent) = result {
                context.record("queue", "message sent to \(queue)", for: request, ["messageId": sent.messageID])
            }
            completion(Self.reply(result) { SQSShapes.SendOutput($0) })
        }
    }

    func receive(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.ReceiveInput = try read(request)
        let receive = ReceiveRequest(
            queue: try queue(input.QueueUrl), maximum: input.MaxNumberOfMessages ?? 1,
            visibilityTimeoutSeconds: input.VisibilityTimeout, waitSeconds: input.WaitTimeSeconds)
        let system = (input.AttributeNames ?? []) + (input.MessageSystemAttributeNames ?? [])
        let names = input.MessageAttributeNames ?? []
        engine.receive(receive) { result in
            completion(
                Self.reply(result) { messages in
                    SQSShapes.ReceiveOutput(
                        Messages: messages.isEmpty ? nil : messages.map { Self.message($0, system: system, names: names) })
                })
        }
    }

    func delete(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.DeleteInput = try read(request)
        engine.delete([input.ReceiptHandle], from: try queue(input.QueueUrl)) { results in
            completion(Self.reply(results.flatMap { $0[0] }) { EmptyObject() })
        }
    }

    func changeVisibility(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.ChangeInput = try read(request)
        let change = VisibilityChange(receiptHandle: input.ReceiptHandle, seconds: input.VisibilityTimeout)
        engine.changeVisibility([change], in: try queue(input.QueueUrl)) { results in
            completion(Self.reply(results.flatMap { $0[0] }) { EmptyObject() })
        }
    }

    static func attributes(_ attributes: [String: SQSShapes.Attribute]?) throws(QueueError) -> [String: MessageAttribute] {
        var result: [String: MessageAttribute] = [:]
        for (name, attribute) in attributes ?? [:] {
            switch (attribute.StringValue, attribute.BinaryValue) {
            case (let text?, nil): result[name] = MessageAttribute(dataType: attribute.DataType, value: .text(text))
            case (nil, let data?): result[name] = MessageAttribute(dataType: attribute.DataType, value: .binary(data))
            default:
                throw .invalidParameter(
                    "Message (user) attribute '\(name)' must contain exactly one value, StringValue or BinaryValue.")
            }
        }
        return result
    }

    static func traceHeader(_ attributes: [String: SQSShapes.Attribute]?) throws(QueueError) -> String? {
        for name in (attributes ?? [:]).keys where name != "AWSTraceHeader" {
            throw .invalidParameter("Message (system) attribute '\(name)' is not supported.")
        }
        return attributes?["AWSTraceHeader"]?.StringValue
    }

    private static func message(_ message: ReceivedMessage, system: [String], names: [String]) -> SQSShapes.Message {
        let wanted = message.attributes.filter { attribute in names.contains { isWanted(attribute.key, by: $0) } }
        let all = systemAttributes(message)
        let attributes = system.contains("All") ? all : all.filter { system.contains($0.key) }
        return SQSShapes.Message(
            MessageId: message.messageID, ReceiptHandle: message.receiptHandle, MD5OfBody: message.md5OfBody, Body: message.body,
            Attributes: attributes.isEmpty ? nil : attributes,
            // The digest is that of the attributes that are handed out. It was made once already, when they came in.
            MD5OfMessageAttributes: (try? MessageDigest.md5(of: wanted)) ?? nil,
            MessageAttributes: wanted.isEmpty ? nil : wanted.mapValues(attribute))
    }

    static func systemAttributes(_ message: ReceivedMessage) -> [String: String] {
        var attributes = [
            "ApproximateFirstReceiveTimestamp": String(message.firstReceivedMilliseconds),
            "ApproximateReceiveCount": String(message.receiveCount), "SenderId": message.senderID,
            "SentTimestamp": String(message.sentMilliseconds),
        ]
        attributes["AWSTraceHeader"] = message.traceHeader
        attributes["DeadLetterQueueSourceArn"] = message.deadLetterSourceARN
        return attributes
    }

    /// `All` and `.*` want every attribute, `bar.*` those that start so (Amazon SQS API Reference, "ReceiveMessage").
    private static func isWanted(_ name: String, by pattern: String) -> Bool {
        if pattern == "All" { return true }
        return pattern.hasSuffix(".*") ? name.hasPrefix(pattern.dropLast(2)) : name == pattern
    }

    private static func attribute(_ attribute: MessageAttribute) -> SQSShapes.Attribute {
        switch attribute.value {
        case .text(let text): SQSShapes.Attribute(StringValue: text, DataType: attribute.dataType)
        case .binary(let data): SQSShapes.Attribute(BinaryValue: data, DataType: attribute.dataType)
        }
    }
}
