#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// SES's shapes. Source: Amazon SES API v2 Reference, version 2019-09-27.
public enum SES {}

extension SES {
    /// One email to up to 50 recipients.
    public struct SendEmailInput: Sendable, Equatable, Codable {
        /// `name@domain` or `Name <name@domain>`.
        public var fromEmailAddress: String?
        public var destination: Destination?
        public var replyToAddresses: [String]?
        public var content: EmailContent
        public var emailTags: [MessageTag]?
        public var configurationSetName: String?

        public init(
            fromEmailAddress: String? = nil, destination: Destination? = nil, replyToAddresses: [String]? = nil,
            content: EmailContent, emailTags: [MessageTag]? = nil, configurationSetName: String? = nil
        ) {
            self.fromEmailAddress = fromEmailAddress
            self.destination = destination
            self.replyToAddresses = replyToAddresses
            self.content = content
            self.emailTags = emailTags
            self.configurationSetName = configurationSetName
        }

        private enum CodingKeys: String, CodingKey {
            case fromEmailAddress = "FromEmailAddress"
            case destination = "Destination"
            case replyToAddresses = "ReplyToAddresses"
            case content = "Content"
            case emailTags = "EmailTags"
            case configurationSetName = "ConfigurationSetName"
        }
    }

    public struct Destination: Sendable, Equatable, Codable {
        public var toAddresses: [String]?
        public var ccAddresses: [String]?
        public var bccAddresses: [String]?

        public init(toAddresses: [String]? = nil, ccAddresses: [String]? = nil, bccAddresses: [String]? = nil) {
            self.toAddresses = toAddresses
            self.ccAddresses = ccAddresses
            self.bccAddresses = bccAddresses
        }

        private enum CodingKeys: String, CodingKey {
            case toAddresses = "ToAddresses"
            case ccAddresses = "CcAddresses"
            case bccAddresses = "BccAddresses"
        }
    }

    /// Made by `.simple` or `.raw`.
    public struct EmailContent: Sendable, Equatable, Codable {
        public var simple: Message?
        public var raw: RawMessage?

        private init(simple: Message? = nil, raw: RawMessage? = nil) {
            self.simple = simple
            self.raw = raw
        }

        private enum CodingKeys: String, CodingKey {
            case simple = "Simple"
            case raw = "Raw"
        }
    }

    /// What SES makes a MIME message of.
    public struct Message: Sendable, Equatable, Codable {
        public var subject: Content
        public var body: Body
        /// Such as `List-Unsubscribe`; SES refuses those that it sets itself.
        public var headers: [MessageHeader]?

        public init(subject: Content, body: Body, headers: [MessageHeader]? = nil) {
            self.subject = subject
            self.body = body
            self.headers = headers
        }

        private enum CodingKeys: String, CodingKey {
            case subject = "Subject"
            case body = "Body"
            case headers = "Headers"
        }
    }

    /// One or both.
    public struct Body: Sendable, Equatable, Codable {
        public var text: Content?
        public var html: Content?

        public init(text: Content? = nil, html: Content? = nil) {
            self.text = text
            self.html = html
        }

        private enum CodingKeys: String, CodingKey {
            case text = "Text"
            case html = "Html"
        }
    }

    public struct Content: Sendable, Equatable, Codable {
        public var data: String
        public var charset: String?

        public init(data: String, charset: String? = "UTF-8") {
            self.data = data
            self.charset = charset
        }

        private enum CodingKeys: String, CodingKey {
            case data = "Data"
            case charset = "Charset"
        }
    }

    /// A whole MIME message.
    public struct RawMessage: Sendable, Equatable, Codable {
        public var data: Data

        public init(data: Data) {
            self.data = data
        }

        private enum CodingKeys: String, CodingKey {
            case data = "Data"
        }
    }

    public struct MessageHeader: Sendable, Equatable, Codable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case value = "Value"
        }
    }

    public struct MessageTag: Sendable, Equatable, Codable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case value = "Value"
        }
    }

    public struct SendEmailOutput: Sendable, Equatable, Codable {
        public var messageID: String

        public init(messageID: String) {
            self.messageID = messageID
        }

        private enum CodingKeys: String, CodingKey {
            case messageID = "MessageId"
        }
    }
}

extension SES.EmailContent {
    public static func simple(_ message: SES.Message) -> Self { Self(simple: message) }
    /// - Parameter message: a whole MIME message, with its headers.
    public static func raw(_ message: Data) -> Self { Self(raw: SES.RawMessage(data: message)) }
}

/// SES v2 over any transport.
public struct SESClient: Sendable {
    private let caller: ServiceCaller

    public init(transport: any AWSTransport, retry: RetryPolicy = .standard) {
        caller = ServiceCaller(service: .ses, transport: transport, retry: retry)
    }

    /// Accepts an email for sending; not tried again without an answer, for it might be sent twice.
    @discardableResult
    public func sendEmail(_ input: SES.SendEmailInput) async throws -> SES.SendEmailOutput {
        let request = AWSRequest(
            service: .ses, operation: "SendEmail", path: "/v2/email/outbound-emails",
            headers: [("Content-Type", "application/json")],
            body: try JSONEncoder().encode(input))
        let response = try await caller.send(request, isRepeatable: false) { response in
            AWSServiceError(jsonAnswer: response, service: .ses, operation: "SendEmail")
        }
        return try decode(SES.SendEmailOutput.self, from: response, of: .ses, operation: "SendEmail")
    }
}
