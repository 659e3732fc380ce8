public import Foundation
internal import Inbox

/// Something that a function sent to a person through the in-process cloud.
public struct SentMessage: Sendable, Equatable {
    public enum Channel: String, Sendable {
        case email, sms, whatsapp
    }

    /// The id that the sender was answered.
    public var id: String
    public var channel: Channel
    /// Phone numbers in E.164, or email addresses.
    public var to: [String]
    public var from: String?
    public var subject: String?
    public var text: String?
    public var html: String?
    /// Email headers of the sender's own, or SNS's message attributes.
    public var details: [String: String]
    public var time: Date
}

extension SentMessage {
    init(_ entry: InboxEntry) {
        let message = entry.message
        let channel: Channel =
            switch message.channel {
            case .email: .email
            case .sms: .sms
            case .whatsapp: .whatsapp
            }
        self.init(
            id: message.id, channel: channel, to: message.to, from: message.from, subject: message.subject, text: message.text,
            html: message.html, details: message.details, time: entry.received)
    }
}
