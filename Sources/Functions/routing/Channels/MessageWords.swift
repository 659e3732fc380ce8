import Platform

/// One message in the words of each channel: the blueprint's templates, filled and escaped as the channel needs it.
struct MessageWords: Sendable {
    struct Email: Sendable, Equatable {
        var subject: String
        var text: String
        var html: String
    }

    /// SNS takes 1,600 characters for a phone (Amazon SNS API Reference, "Publish").
    static let maximumSMSLength = 1600
    /// Meta, "Cloud API: Messages", text object.
    static let maximumWhatsAppLength = 4096
    /// RFC 5322, 2.1.1 allows lines of 998 characters; nobody reads a subject of more than this.
    static let maximumSubjectLength = 200

    private let values: [String: String]
    private let templates: MessageTemplates
    private let isForum: Bool

    init(_ message: Message, organization: Organization, templates: MessageTemplates) {
        values = [
            "sender": message.senderName, "content": message.content, "forum": message.forumName ?? "",
            "organization": organization.name,
        ]
        self.templates = templates
        isForum = message.forumID != nil
    }

    var email: Email {
        let template = isForum ? templates.forumEmail : templates.directEmail
        let subject = MessageTemplates.fill(template.subject, values)
        return Email(
            subject: Self.cut(Self.singleLine(subject), to: Self.maximumSubjectLength),
            text: MessageTemplates.fill(template.text, values),
            html: MessageTemplates.fill(template.html, values, escape: MessageTemplates.escapeHTML))
    }

    var sms: String {
        Self.cut(
            MessageTemplates.fill(isForum ? templates.forumSMS : templates.directSMS, values), to: Self.maximumSMSLength)
    }

    var whatsApp: String {
        Self.cut(
            MessageTemplates.fill(isForum ? templates.forumWhatsApp : templates.directWhatsApp, values),
            to: Self.maximumWhatsAppLength)
    }

    /// A name may hold a line break, which would start a new header.
    static func singleLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
    }

    /// In UTF-16 units, the strictest of the ways in which providers count; never within a character.
    static func cut(_ text: String, to length: Int) -> String {
        guard text.utf16.count > length else { return text }
        var result = ""
        var used = 1
        for character in text {
            used += character.utf16.count
            if used > length { break }
            result.append(character)
        }
        return result + "…"
    }
}
