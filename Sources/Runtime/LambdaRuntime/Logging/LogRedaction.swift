/// What the log leaves out: secrets and personal data.
///
/// Replaced are
/// - fields by name: what is called a password, passphrase, secret, token, API key, private or access key, authorization,
///   cookie, credential, signature, PIN or one-time password, and email addresses and phone numbers. A name counts whatever
///   its case, hyphens and underscores, and with anything in front (`refreshToken`, `X-Api-Key`, `user_email`);
/// - in messages and in fields' texts, such a name with its value (`password=…`, `"token": "…"`, `Authorization: …`);
/// - in the same texts, by their form: email addresses; phone numbers with their country code (E.164) or written as in North
///   America; JSON web tokens; the credentials behind `Bearer` and `Basic` and in URLs; AWS access key ids and secret keys;
///   tokens with the known beginnings of GitHub, GitLab, Slack, Stripe, Google and Meta; PEM private keys.
///
/// It is a net under code that logs with care, no reason to log without: a name, an address or a number without its country
/// code has no form to be known by.
public struct LogRedaction: Sendable {
    /// As above.
    public static let standard = LogRedaction(isOn: true, extraNames: [])
    /// Leaves everything as it is. `ROOST_LOG_REDACTION=off` in the environment does the same.
    public static let off = LogRedaction(isOn: false, extraNames: [])

    /// What stands in place of a sensitive field's value.
    static let replacement = "[redacted]"

    private let isOn: Bool
    private let extraNames: [[UInt8]]

    private init(isOn: Bool, extraNames: [[UInt8]]) {
        self.isOn = isOn
        self.extraNames = extraNames
    }

    /// Takes fields with these names as sensitive too; case, hyphens and underscores do not count, and anything may stand in
    /// front.
    public func alsoFields(named names: [String]) -> LogRedaction {
        let normalized = names.map { name in SensitiveNames.normalized(name.utf8) }.filter { !$0.isEmpty }
        return LogRedaction(isOn: isOn, extraNames: extraNames + normalized)
    }

    /// Whether a field of this name is left out whatever it holds.
    public func isSensitive(name: String) -> Bool {
        isOn && SensitiveNames.contain(name.utf8, extra: extraNames)
    }

    /// The text with what must not be logged replaced. Reads it once; a text with nothing to replace is returned as it is.
    public func redacted(_ text: String) -> String {
        guard isOn else { return text }
        var text = text
        let bytes = text.withUTF8 { RedactionScanner(bytes: $0, extraNames: extraNames).redacted() }
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? text
    }
}

/// Names of fields whose values are nobody's to read.
enum SensitiveNames {
    private struct Ending {
        var bytes: [UInt8]
        /// Nothing may stand in front.
        var isWhole = false
    }

    /// By their last letter.
    private static let endings: [[Ending]] = {
        let endings = [
            "password", "passwd", "pwd", "passphrase", "passcode", "secret", "token", "apikey", "privatekey", "accesskey",
            "secretkey", "authorization", "cookie", "credential", "credentials", "signature", "email", "emailaddress", "phone",
            "phonenumber", "msisdn",
        ]
        let whole = ["pin", "otp", "jwt", "auth", "cvv", "mobile"]
        let all = endings.map { Ending(bytes: Array($0.utf8)) } + whole.map { Ending(bytes: Array($0.utf8), isWhole: true) }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).map { letter in all.filter { $0.bytes.last == letter } }
    }()

    /// Longer names are looked at from their end.
    static let longest = 48

    static func contain(_ name: some BidirectionalCollection<UInt8>, extra: [[UInt8]]) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { buffer in
            // From the end to the front, since it is the ending that counts.
            var start = buffer.count
            for byte in name.reversed() where start > 0 {
                guard let letter = folded(byte) else { continue }
                start -= 1
                buffer[start] = letter
            }
            let normalized = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[start...])
            guard let last = normalized.last else { return false }
            if last >= UInt8(ascii: "a"), last <= UInt8(ascii: "z") {
                for ending in endings[Int(last - UInt8(ascii: "a"))]
                where ending.bytes.count == normalized.count || (!ending.isWhole && ending.bytes.count < normalized.count) {
                    if ends(normalized, with: ending.bytes) { return true }
                }
            }
            return extra.contains { $0.count <= normalized.count && ends(normalized, with: $0) }
        }
    }

    private static func ends(_ name: UnsafeRawBufferPointer, with ending: [UInt8]) -> Bool {
        var place = name.count - ending.count
        for byte in ending {
            if name[place] != byte { return false }
            place += 1
        }
        return true
    }

    static func normalized(_ name: some Sequence<UInt8>) -> [UInt8] {
        name.compactMap(folded)
    }

    private static func folded(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: " "): nil
        default: byte
        }
    }
}
