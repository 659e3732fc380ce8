#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// `mail` of an SES event: envelope and headers.
///
/// Source: Amazon SES Developer Guide, "Contents of notifications for Amazon SES email receiving", mail object,
/// https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
public struct SESMail: Sendable, Equatable, Codable {
    @ISO8601Time public var timestamp: Date
    /// The envelope's MAIL FROM address.
    public var source: String
    /// SES's own id, which is also the object's name where an S3 action stores the mail.
    public var messageId: String
    /// The addresses that the mail was sent to, those of other domains too.
    public var destination: [String]
    /// Whether the headers were longer than SES passes on (10 KB).
    public var headersTruncated: Bool
    public var headers: [Header]
    public var commonHeaders: CommonHeaders

    public init(
        timestamp: Date, source: String, messageId: String, destination: [String], headersTruncated: Bool, headers: [Header],
        commonHeaders: CommonHeaders
    ) {
        self.timestamp = timestamp
        self.source = source
        self.messageId = messageId
        self.destination = destination
        self.headersTruncated = headersTruncated
        self.headers = headers
        self.commonHeaders = commonHeaders
    }

    public struct Header: Sendable, Equatable, Codable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The headers that most mails have, each left out by a mail without it.
    public struct CommonHeaders: Sendable, Equatable, Codable {
        public var returnPath: String?
        public var from: [String]?
        public var sender: String?
        public var replyTo: [String]?
        public var to: [String]?
        public var cc: [String]?
        public var bcc: [String]?
        public var messageId: String?
        /// As the mail wrote it (RFC 5322).
        public var date: String?
        public var subject: String?

        public init(
            returnPath: String? = nil, from: [String]? = nil, sender: String? = nil, replyTo: [String]? = nil,
            to: [String]? = nil, cc: [String]? = nil, bcc: [String]? = nil, messageId: String? = nil, date: String? = nil,
            subject: String? = nil
        ) {
            self.returnPath = returnPath
            self.from = from
            self.sender = sender
            self.replyTo = replyTo
            self.to = to
            self.cc = cc
            self.bcc = bcc
            self.messageId = messageId
            self.date = date
            self.subject = subject
        }
    }

    /// Every value of a header, in the mail's order; header names have no case.
    public func headerValues(_ name: String) -> [String] {
        let name = name.lowercased()
        return headers.filter { $0.name.lowercased() == name }.map(\.value)
    }
}
