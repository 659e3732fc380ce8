/// The words around a message, per channel. `{name}` is replaced; a channel's formatter escapes what it inserts.
package struct MessageTemplates: Sendable {
    package struct Email: Sendable {
        package var subject: String
        package var text: String
        package var html: String

        package init(subject: String, text: String, html: String) {
            self.subject = subject
            self.text = text
            self.html = html
        }
    }

    /// Placeholders: `{code}`, `{minutes}`.
    package var verificationSMS: String
    /// Placeholders of all below: `{sender}`, `{content}`, `{forum}` (empty for a direct message), `{organization}`.
    package var directEmail: Email
    package var forumEmail: Email
    package var directSMS: String
    package var forumSMS: String
    package var directWhatsApp: String
    package var forumWhatsApp: String

    package init(
        verificationSMS: String, directEmail: Email, forumEmail: Email, directSMS: String, forumSMS: String,
        directWhatsApp: String,
        forumWhatsApp: String
    ) {
        self.verificationSMS = verificationSMS
        self.directEmail = directEmail
        self.forumEmail = forumEmail
        self.directSMS = directSMS
        self.forumSMS = forumSMS
        self.directWhatsApp = directWhatsApp
        self.forumWhatsApp = forumWhatsApp
    }

    /// Replaces each `{name}` in one pass, so that a value that holds braces is not replaced again.
    package static func fill(_ template: String, _ values: [String: String], escape: (String) -> String = { $0 }) -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"), let value = values[String(rest[rest.index(after: open)..<close])] else {
                result.append("{")
                rest = rest.dropFirst()
                continue
            }
            result += escape(value)
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// For text between tags and in quoted attributes (HTML Living Standard, "escaping a string").
    package static func escapeHTML(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
