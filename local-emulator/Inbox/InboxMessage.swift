package import Foundation

/// Something that a function sent to a person.
package struct InboxMessage: Sendable, Equatable, Codable {
    package enum Channel: String, Sendable, Codable, CaseIterable {
        case email, sms, whatsapp
    }

    /// The id that the sender was answered: SNS's, SES's or WhatsApp's message id.
    package var id: String
    package var channel: Channel
    /// Phone numbers in E.164, email addresses.
    package var to: [String]
    /// The sender's address or number, where there is one.
    package var from: String?
    package var subject: String?
    package var text: String?
    package var html: String?
    /// Email headers of the sender's own, SNS's message attributes, or a WhatsApp template's name.
    package var details: [String: String]
    /// An email that was sent as MIME, as it came.
    package var raw: Data?

    package init(
        id: String, channel: Channel, to: [String], from: String? = nil, subject: String? = nil, text: String? = nil,
        html: String? = nil, details: [String: String] = [:], raw: Data? = nil
    ) {
        self.id = id
        self.channel = channel
        self.to = to
        self.from = from
        self.subject = subject
        self.text = text
        self.html = html
        self.details = details
        self.raw = raw
    }
}

/// A message as the inbox keeps it.
package struct InboxEntry: Sendable, Equatable, Codable {
    /// Counts up from 1; an entry's place among all channels.
    package var number: Int64
    package var received: Date
    package var message: InboxMessage
}
