/// What the log leaves out: secrets and personal data.
///
/// Replaced are
/// - fields by name: what is called a password, passphrase, secret, token, API key, private or access key, authorization,
///   cookie, credential, signature, PIN or one-time password, and email addresses and phone numbers. A name counts whatever
///   its case, hyphens and underscores, and with other words in front (`refreshToken`, `X-Api-Key`, `user_email`). What pages
///   through a list or makes a request idempotent (`nextToken`, `ClientRequestToken`) is no secret;
/// - in messages and in fields' texts, such a name with its value: `password=…` up to white space, `&` or a quotation mark;
///   `"token": "…"` and `"cookies": ["…", "…"]`; `Authorization: …` up to the line's end. `unexpected token: foo` is prose:
///   behind a bare name, a colon and a space the value must be in quotation marks (`Login(password: "…")`, no word in front
///   of the name) or look like a secret, which has a digit or an upper case letter behind a lower case one and, unless the
///   name is a password's or a PIN's, 8 characters;
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

    /// Takes fields with these names as sensitive too; case, hyphens and underscores do not count, and other words may stand
    /// in front.
    public func alsoFields(named names: [String]) -> LogRedaction {
        let normalized = names.map { name in SensitiveNames.normalized(name.utf8) }.filter { !$0.isEmpty }
        return LogRedaction(isOn: isOn, extraNames: extraNames + normalized)
    }

    /// Whether a field of this name is left out whatever it holds. `PWD` is the shell's working directory.
    public func isSensitive(name: String) -> Bool {
        isOn && name != "PWD" && SensitiveNames.contain(name.utf8, extra: extraNames)
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
    private enum Place {
        /// Words may stand in front, without a border too (`accesstoken`): no other word ends so.
        case anywhere
        /// Words may stand in front, but it must begin one: a microphone is no phone.
        case wholeWord
        /// Nothing may stand in front.
        case alone
    }

    private struct Ending {
        var bytes: [UInt8]
        var place: Place
    }

    /// By their last letter.
    private static let endings: [[Ending]] = {
        let anywhere = [
            "password", "passwords", "passwd", "passphrase", "passcode", "secret", "secrets", "token", "apikey", "apikeys",
            "privatekey", "accesskey", "secretkey", "authorization", "cookie", "cookies", "credential", "credentials",
            "signature", "email", "emailaddress", "emailaddresses", "phonenumber", "phonenumbers", "msisdn",
        ]
        let wholeWord = ["pwd", "dbpwd", "userpwd", "phone", "mobilephone", "homephone", "workphone", "cellphone"]
        let alone = ["pin", "otp", "jwt", "auth", "cvv", "mobile"]
        let all =
            anywhere.map { Ending(bytes: Array($0.utf8), place: .anywhere) }
            + wholeWord.map { Ending(bytes: Array($0.utf8), place: .wholeWord) }
            + alone.map { Ending(bytes: Array($0.utf8), place: .alone) }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).map { letter in all.filter { $0.bytes.last == letter } }
    }()

    /// Where a list goes on (AWS's `NextToken`, S3's `ContinuationToken`, Google's `pageToken`), and what makes a request
    /// idempotent (`ClientRequestToken`): needed to follow a call, and good for nothing without credentials.
    private static let harmless: [[UInt8]] = [
        "nexttoken", "continuationtoken", "pagetoken", "paginationtoken", "startingtoken", "clientrequesttoken",
        "idempotencytoken",
    ].map { Array($0.utf8) }

    /// Longer names are looked at from their end.
    static let longest = 48

    static func contain(_ name: some BidirectionalCollection<UInt8>, extra: [[UInt8]]) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { buffer in
            // From the end to the front, since it is the ending that counts.
            var start = buffer.count
            // A bit for each place in the buffer where a word begins.
            var words: UInt64 = 0
            var next: UInt8?
            var afterNext: UInt8?
            var isCut = false
            for byte in name.reversed() {
                if let next, start < buffer.count, begins(word: next, behind: byte, before: afterNext) {
                    words |= 1 << UInt64(start)
                }
                guard start > 0 else {
                    isCut = true
                    break
                }
                (next, afterNext) = (byte, next)
                guard let letter = folded(byte) else { continue }
                start -= 1
                buffer[start] = letter
            }
            if !isCut, start < buffer.count { words |= 1 << UInt64(start) }
            let normalized = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[start...])
            guard let last = normalized.last else { return false }

            func ends(with ending: [UInt8], _ place: Place) -> Bool {
                guard ending.count <= normalized.count, Self.ends(normalized, with: ending) else { return false }
                return switch place {
                case .anywhere: true
                case .wholeWord: words >> UInt64(longest - ending.count) & 1 == 1
                case .alone: ending.count == normalized.count
                }
            }
            if extra.contains(where: { ends(with: $0, .wholeWord) }) { return true }
            guard last >= UInt8(ascii: "a"), last <= UInt8(ascii: "z") else { return false }
            return endings[Int(last - UInt8(ascii: "a"))].contains { ends(with: $0.bytes, $0.place) }
                && !harmless.contains { ends(with: $0, .wholeWord) }
        }
    }

    /// Words are parted by separators and, as in `userID`, `APIKey` and `oauth2token`, by case and digits.
    private static func begins(word byte: UInt8, behind last: UInt8, before next: UInt8?) -> Bool {
        if folded(last) == nil { return true }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        if digits.contains(last) { return !digits.contains(byte) }
        guard isUppercase(byte) else { return false }
        return !isUppercase(last) || next.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false
    }

    private static func isUppercase(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
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
