#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// SNS's shapes. Source: Amazon SNS API Reference, version 2010-03-31.
public enum SNS {
    /// A message to one of the three: a topic, an endpoint or a phone.
    public struct PublishInput: Sendable, Equatable {
        public var topicARN: String?
        public var targetARN: String?
        /// E.164: `+4917612345678`.
        public var phoneNumber: String?
        /// At most 256 KiB; 1,600 characters for a phone.
        public var message: String
        public var subject: String?
        /// For SMS `AWS.SNS.SMS.SenderID`, `AWS.SNS.SMS.SMSType` and others.
        public var messageAttributes: [String: MessageAttributeValue]

        public init(
            topicARN: String? = nil, targetARN: String? = nil, phoneNumber: String? = nil, message: String,
            subject: String? = nil, messageAttributes: [String: MessageAttributeValue] = [:]
        ) {
            self.topicARN = topicARN
            self.targetARN = targetARN
            self.phoneNumber = phoneNumber
            self.message = message
            self.subject = subject
            self.messageAttributes = messageAttributes
        }
    }

    public struct MessageAttributeValue: Sendable, Equatable {
        /// `String`, `String.Array`, `Number` or `Binary`.
        public var dataType: String
        public var stringValue: String?
        public var binaryValue: Data?

        public init(dataType: String, stringValue: String? = nil, binaryValue: Data? = nil) {
            self.dataType = dataType
            self.stringValue = stringValue
            self.binaryValue = binaryValue
        }

        public static func string(_ text: String) -> Self { Self(dataType: "String", stringValue: text) }
    }

    public struct PublishOutput: Sendable, Equatable {
        public var messageID: String

        public init(messageID: String) {
            self.messageID = messageID
        }
    }
}

/// SNS over any transport, by the AWS Query protocol: a form goes out, XML comes back.
public struct SNSClient: Sendable {
    private let caller: ServiceCaller

    public init(transport: any AWSTransport, retry: RetryPolicy = .standard) {
        caller = ServiceCaller(service: .sns, transport: transport, retry: retry)
    }

    /// Accepts a message for delivery; not tried again without an answer, for it might be delivered twice.
    @discardableResult
    public func publish(_ input: SNS.PublishInput) async throws -> SNS.PublishOutput {
        let request = AWSRequest(
            service: .sns, operation: "Publish", headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: Data(URLEncoding.query(input.formFields).utf8))
        let response = try await caller.send(request, isRepeatable: false) { response in
            AWSServiceError(xmlAnswer: response, service: .sns, operation: "Publish")
        }
        guard let messageID = XMLText(response.body).element("MessageId") else {
            throw AWSUnreadableAnswer(
                service: .sns, operation: "Publish", status: response.status, reason: "there is no MessageId")
        }
        return SNS.PublishOutput(messageID: messageID)
    }
}

extension SNS.PublishInput {
    /// Source: Smithy documentation, "AWS query protocol": maps as `entry.N.Name` and `entry.N.Value`, blobs in base64.
    fileprivate var formFields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = [("Action", "Publish"), ("Version", "2010-03-31")]
        let texts = [
            ("TopicArn", topicARN), ("TargetArn", targetARN), ("PhoneNumber", phoneNumber), ("Message", message),
            ("Subject", subject),
        ]
        for case (let name, let value?) in texts { fields.append((name, value)) }
        for (index, attribute) in messageAttributes.sorted(by: { $0.key < $1.key }).enumerated() {
            let entry = "MessageAttributes.entry.\(index + 1)"
            fields.append(("\(entry).Name", attribute.key))
            fields.append(("\(entry).Value.DataType", attribute.value.dataType))
            if let text = attribute.value.stringValue { fields.append(("\(entry).Value.StringValue", text)) }
            if let bytes = attribute.value.binaryValue {
                fields.append(("\(entry).Value.BinaryValue", bytes.base64EncodedString()))
            }
        }
        return fields
    }
}
