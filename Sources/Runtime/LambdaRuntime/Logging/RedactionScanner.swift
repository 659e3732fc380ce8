/// Finds what ``LogRedaction`` replaces, in one pass over the bytes.
///
/// The pass stops only at bytes that may begin or betray something. What is then looked at lies ahead or behind by a bounded
/// number of bytes, or belongs to a run of letters that is looked at once: the time grows with the length, not faster.
struct RedactionScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    let extraNames: [[UInt8]]

    /// A finding: these bytes become this text.
    private struct Finding {
        var range: Range<Int>
        var replacement: StaticString
    }

    /// nil where there is nothing to replace.
    func redacted() -> [UInt8]? {
        Self.classes.withUnsafeBufferPointer { redacted($0) }
    }

    private func redacted(_ classes: UnsafeBufferPointer<Class>) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        var runEnd = 0
        var isBehindToken = false
        while index < bytes.count {
            let finding: Finding?
            switch classes[Int(bytes[index])] {
            case .plain:
                index += 1
                continue
            case .word:
                // Only at the beginning of a run of letters, digits and what keys and tokens are made of, and of what is left
                // of it behind a token.
                if index < runEnd, !isBehindToken {
                    index += 1
                    continue
                }
                if index >= runEnd {
                    runEnd = index + 1
                    while runEnd < bytes.count, Self.isRun(bytes[runEnd]) { runEnd += 1 }
                }
                let token = runEnd - index >= 20 ? token(index..<runEnd) : nil
                isBehindToken = token != nil
                finding = token ?? credentialsOrPhone(index..<runEnd)
            case .at: finding = email(around: index, sign: 1, notBefore: copied)
            case .percent: finding = percentEncoded(at: index, notBefore: copied)
            case .plus: finding = phone(at: index, sign: 1)
            case .parenthesis: finding = nationalPhone(at: index)
            case .equals, .colon: finding = userInfo(at: index) ?? namedValue(at: index, notBefore: copied)
            case .hyphen: finding = privateKey(at: index)
            }
            guard let finding else {
                index += 1
                continue
            }
            result.append(contentsOf: bytes[copied..<max(copied, finding.range.lowerBound)])
            finding.replacement.withUTF8Buffer { result.append(contentsOf: $0) }
            copied = finding.range.upperBound
            index = copied
        }
        guard copied > 0 else { return nil }
        result.append(contentsOf: bytes[copied...])
        return result
    }

    /// Most runs are words of prose, which are neither by their first letter.
    private func credentialsOrPhone(_ run: Range<Int>) -> Finding? {
        switch bytes[run.lowerBound] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return nationalPhone(at: run.lowerBound)
        case UInt8(ascii: "b"), UInt8(ascii: "B"): return bearer(run)
        default: return nil
        }
    }

    // MARK: Names and their values

    private static let longestName = SensitiveNames.longest

    /// `password=x`, `"token": "x"`, `Authorization: Bearer x`, in JSON within JSON too.
    private func namedValue(at separator: Int, notBefore start: Int) -> Finding? {
        var end = separator
        while end > start, separator - end < 3, isOne(of: " \"\\'", bytes[end - 1]) { end -= 1 }
        var begin = end
        while begin > start, end - begin < Self.longestName, Self.isName(bytes[begin - 1]) { begin -= 1 }
        guard begin < end else { return nil }
        // A part of an ARN (`arn:aws:secretsmanager:…:secret:name`) is no name.
        if bytes[separator] == UInt8(ascii: ":"), begin > 0, bytes[begin - 1] == UInt8(ascii: ":") { return nil }
        let name = bytes[begin..<end]
        guard SensitiveNames.contain(name, extra: extraNames) else { return nil }
        let isQuoted = bytes[end..<separator].contains { isOne(of: "\"'", $0) }
        var place = separator + 1
        while place < bytes.count, place - separator <= 8, bytes[place] == UInt8(ascii: " ") { place += 1 }
        let notation: Notation =
            isQuoted ? .json : bytes[separator] == UInt8(ascii: "=") ? .assignment : place > separator + 1 ? .prose : .pair
        let range = value(of: name, in: notation, from: place)
        return range.map { Finding(range: $0, replacement: "[redacted]") }
    }

    private enum Notation {
        /// `"name": value`
        case json
        /// `name=value`
        case assignment
        /// `name:value`
        case pair
        /// `name: value`, which a sentence may have as well
        case prose
    }

    private func isPersonal(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        ends(name, with: "email") || ends(name, with: "phone") || ends(name, with: "mobile")
    }

    /// Headers whose values have several words.
    private func isHeader(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        ends(name, with: "authorization") || ends(name, with: "cookie") || ends(name, with: "cookies")
    }

    /// Secrets that may be short.
    private func isChosen(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        ["password", "passwd", "pwd", "passphrase", "passcode", "pin", "otp", "cvv"].contains { ends(name, with: $0) }
    }

    /// Whatever is decided against a value is decided by a bounded number of its bytes: only what is replaced, and so passed by,
    /// is read to its end.
    private func value(of name: Slice<UnsafeBufferPointer<UInt8>>, in notation: Notation, from place: Int) -> Range<Int>? {
        var index = place
        if matches("Optional(", at: index) { index += 9 }
        var backslashes = 0
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\"), backslashes < 4 {
            index += 1
            backslashes += 1
        }
        guard index < bytes.count else { return nil }
        if isOne(of: "[{", bytes[index]) {
            let first = firstQuote(in: index)
            if bytes[index] == UInt8(ascii: "["), let first { return texts(from: first) }
            // A structure is looked at by its parts.
            if first != nil || notation == .json { return nil }
        }
        let isText = isOne(of: "\"'", bytes[index])
        let begin = isText ? index + 1 : index
        // The shell's working directory.
        if name.count == 3, ends(name, with: "pwd"), matches("/", at: begin) { return nil }
        if notation == .prose || notation == .pair, isPersonal(name) {
            // `email: not sent`; what makes it personal is found by its form.
            guard looksMade(from: begin, atLeast: 1, orHolds: "@") else { return nil }
        } else if notation == .prose, isHeader(name), !isText {
            guard looksLikeHeader(from: begin) else { return nil }
        } else if notation == .prose, !isText || isBehindWord(name.startIndex) {
            guard looksMade(from: begin, atLeast: isChosen(name) ? 1 : 8, orHolds: "") else { return nil }
        }
        let end =
            isText ? endOfText(from: begin, escapes: backslashes) : endOfBareValue(from: begin, in: notation, isHeader(name))
        var trimmed = end
        while trimmed > begin, isOne(of: ",;)]}", bytes[trimmed - 1]) { trimmed -= 1 }
        let holdsNothing = begin >= end || ["null", "nil", "true", "false"].contains { equals($0, begin..<trimmed) }
        return holdsNothing ? nil : begin..<end
    }

    /// Behind `"`, the place of the mark that ends it, or of the backslashes in front of that.
    private func endOfText(from begin: Int, escapes limit: Int) -> Int {
        let quote = bytes[begin - 1]
        var end = begin
        var escapes = 0
        while end < bytes.count {
            if bytes[end] == quote, escapes <= limit { break }
            escapes = bytes[end] == UInt8(ascii: "\\") ? escapes + 1 : 0
            end += 1
        }
        return end - min(escapes, end - begin)
    }

    /// A header ends with its line; other values at white space, `&` and quotation marks, since a password may have any other
    /// character. In JSON it is a number, and what stands behind `name: value` in a description is given back.
    private func endOfBareValue(from begin: Int, in notation: Notation, _ isHeader: Bool) -> Int {
        var end = begin
        switch notation {
        case .json:
            while end < bytes.count, bytes[end] > 0x20, !isOne(of: ",;&)]}\"'<>", bytes[end]) { end += 1 }
        case _ where isHeader:
            while end < bytes.count, bytes[end] >= 0x20 { end += 1 }
        default:
            while end < bytes.count, bytes[end] > 0x20, !isOne(of: "&\"'", bytes[end]) { end += 1 }
            // The mark may be escaped, in JSON within JSON.
            if end < bytes.count, isOne(of: "\"'", bytes[end]) {
                while end > begin, bytes[end - 1] == UInt8(ascii: "\\") { end -= 1 }
            }
            if notation != .assignment {
                while end > begin, isOne(of: ",;)]}", bytes[end - 1]) { end -= 1 }
            }
        }
        return end
    }

    /// Of a structure that begins with a text.
    private func firstQuote(in structure: Int) -> Int? {
        var index = structure + 1
        while index < bytes.count, index - structure < 64, bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: "\\") {
            index += 1
        }
        return index < bytes.count && index - structure < 64 && isOne(of: "\"'", bytes[index]) ? index : nil
    }

    /// From the first of an array's texts to the end of its last, so that what remains is an array of one text.
    private func texts(from quote: Int) -> Range<Int>? {
        let begin = quote + 1
        var backslashes = 0
        while backslashes < 4, bytes[quote - backslashes - 1] == UInt8(ascii: "\\") { backslashes += 1 }
        var index = begin
        var end = begin
        while true {
            end = endOfText(from: index, escapes: backslashes)
            index = end
            while index < bytes.count, bytes[index] == UInt8(ascii: "\\") { index += 1 }
            index += 1
            // To the next text, past numbers and the like.
            while index < bytes.count, bytes[index] <= 0x20 || isAlphanumeric(bytes[index]) || isOne(of: ",:.-\\", bytes[index]) {
                index += 1
            }
            guard index < bytes.count, bytes[index] == bytes[quote] else { break }
            index += 1
        }
        return end > begin ? begin..<end : nil
    }

    /// `unexpected token: …`
    private func isBehindWord(_ begin: Int) -> Bool {
        begin > 1 && bytes[begin - 1] == UInt8(ascii: " ") && (isAlphanumeric(bytes[begin - 2]) || bytes[begin - 2] >= 0x80)
    }

    /// Whether a word is none of a sentence: it has a digit, an upper case letter behind a lower case one, or one of these.
    private func looksMade(from begin: Int, atLeast length: Int, orHolds marks: StaticString) -> Bool {
        var end = begin
        var isMade = false
        var hasLowercase = false
        while end < bytes.count, bytes[end] > 0x20, !isOne(of: "&\"'", bytes[end]) {
            let byte = bytes[end]
            if isDigit(byte) || (isUppercase(byte) && hasLowercase) || isOne(of: marks, byte) { isMade = true }
            if isLetter(byte), !isUppercase(byte) { hasLowercase = true }
            end += 1
            if end - begin == 256 { return true }
        }
        return isMade && end - begin >= length
    }

    /// `authorization: denied` is none; `Cookie: a=b` and `Authorization: Digest …` are.
    private func looksLikeHeader(from begin: Int) -> Bool {
        if ["bearer ", "basic "].contains(where: { matches($0, at: begin) }) { return true }
        var index = begin
        while index < bytes.count, index - begin < 256, bytes[index] >= 0x20 {
            if isDigit(bytes[index]) || isUppercase(bytes[index]) || bytes[index] == UInt8(ascii: "=") { return true }
            index += 1
        }
        return false
    }

    /// `://user:password@`
    private func userInfo(at colon: Int) -> Finding? {
        guard matches("://", at: colon) else { return nil }
        let begin = colon + 3
        var index = begin
        while index < bytes.count, index - begin < 256, bytes[index] > 0x20, !isOne(of: "/?#\"'<>", bytes[index]) {
            if bytes[index] == UInt8(ascii: "@") {
                return index > begin ? Finding(range: begin..<index, replacement: "[redacted]") : nil
            }
            index += 1
        }
        return nil
    }

    // MARK: Personal data

    /// `local@domain.tld`: RFC 5321's dot-atoms with RFC 6531's letters of other alphabets; what is quoted or has no dot in its
    /// domain is not found.
    private func email(around at: Int, sign length: Int, notBefore start: Int) -> Finding? {
        var begin = at
        // RFC 5321, 4.5.3.1.1: 64 octets.
        while begin > start, at - begin < 64, Self.isLocalPart(bytes[begin - 1]) { begin -= 1 }
        // No part of a character, and not what rather encloses the address: marks, and U+2000 to U+203F (dashes, quotation marks).
        while begin < at, bytes[begin] & 0xC0 == 0x80 { begin += 1 }
        while begin < at {
            if isOne(of: "!#$'*^`{|}~", bytes[begin]) {
                begin += 1
            } else if begin + 3 <= at, bytes[begin] == 0xE2, bytes[begin + 1] == 0x80 {
                begin += 3
            } else {
                break
            }
        }
        var end = at + length
        var lastDot: Int?
        while end < bytes.count, end - at < 256, isAlphanumeric(bytes[end]) || isOne(of: "-.", bytes[end]) || bytes[end] >= 0x80 {
            if bytes[end] == UInt8(ascii: ".") { lastDot = end }
            end += 1
        }
        // The dot that ends a sentence.
        if let dot = lastDot, dot == end - 1 {
            end = dot
            lastDot = bytes[(at + length)..<dot].lastIndex(of: UInt8(ascii: "."))
        }
        guard begin < at, let dot = lastDot, dot > at + length else { return nil }
        // `example.com” and`: behind ASCII letters, other ones are no part of a top-level domain.
        if isLetter(bytes[dot + 1]) { end = bytes[dot..<end].firstIndex { $0 >= 0x80 } ?? end }
        // Cut by the bound, a character stays whole.
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        guard end - dot > 2, bytes[(dot + 1)..<end].allSatisfy({ isLetter($0) || $0 >= 0x80 }) else { return nil }
        return Finding(range: begin..<end, replacement: "[email]")
    }

    private func percentEncoded(at index: Int, notBefore start: Int) -> Finding? {
        if matches("%40", at: index) { return email(around: index, sign: 3, notBefore: start) }
        if matches("%2B", at: index) || matches("%2b", at: index) { return phone(at: index, sign: 3) }
        return nil
    }

    /// E.164: a plus sign and 7 to 15 digits, the first not 0; a few separators between them are usual. Not a number in the
    /// middle of a word, as in Base64, and so no zone of a timestamp, which has four digits.
    private func phone(at index: Int, sign length: Int) -> Finding? {
        if index > 0, isAlphanumeric(bytes[index - 1]) || isOne(of: "/+_", bytes[index - 1]) { return nil }
        var end = index + length
        guard end < bytes.count, bytes[end] > UInt8(ascii: "0"), bytes[end] <= UInt8(ascii: "9") else { return nil }
        var digits = 0
        var afterLastDigit = end
        var separators = 0
        while end < bytes.count, separators <= 2 {
            if isDigit(bytes[end]) {
                digits += 1
                separators = 0
                afterLastDigit = end + 1
            } else if isOne(of: " -.()", bytes[end]) {
                separators += 1
            } else {
                break
            }
            if digits > 15 { return nil }
            end += 1
        }
        guard digits >= 7, afterLastDigit == bytes.count || !isAlphanumeric(bytes[afterLastDigit]) else { return nil }
        return Finding(range: index..<afterLastDigit, replacement: "[phone]")
    }

    /// `(415) 555-0100`, `415-555-0100`, `415.555.0100`
    private func nationalPhone(at index: Int) -> Finding? {
        let inParentheses = bytes[index] == UInt8(ascii: "(")
        if index > 0, isAlphanumeric(bytes[index - 1]) || isOne(of: "-._/", bytes[index - 1]) { return nil }
        var place = inParentheses ? index + 1 : index
        guard takeDigits(3, &place), place < bytes.count else { return nil }
        let separator: UInt8
        if inParentheses {
            guard bytes[place] == UInt8(ascii: ")") else { return nil }
            place += 1
            if place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
            separator = UInt8(ascii: "-")
        } else {
            separator = bytes[place]
            guard isOne(of: "-.", separator) else { return nil }
            place += 1
        }
        guard takeDigits(3, &place), place < bytes.count, bytes[place] == separator else { return nil }
        place += 1
        guard takeDigits(4, &place) else { return nil }
        if place < bytes.count, isAlphanumeric(bytes[place]) || isOne(of: "-_", bytes[place]) { return nil }
        return Finding(range: index..<place, replacement: "[phone]")
    }

    private func takeDigits(_ count: Int, _ place: inout Int) -> Bool {
        guard place + count <= bytes.count, bytes[place..<(place + count)].allSatisfy(isDigit) else { return false }
        place += count
        return true
    }

    // MARK: Tokens and keys

    private static let prefixes: [StaticString] = [
        "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "sk_live_", "sk_test_", "rk_live_",
        "whsec_", "AIza", "EAAG",
    ]

    /// A run that is a token by its form, or has a part between slashes that is one by its beginning.
    private func token(_ run: Range<Int>) -> Finding? {
        if let key = secretKey(in: run) { return Finding(range: key, replacement: "[key]") }
        var begin = run.lowerBound
        while begin < run.upperBound {
            var end = begin
            while end < run.upperBound, bytes[end] != UInt8(ascii: "/") { end += 1 }
            if let replacement = token(in: begin..<end) { return Finding(range: begin..<end, replacement: replacement) }
            begin = end + 1
        }
        return nil
    }

    private func token(in part: Range<Int>) -> StaticString? {
        guard part.count >= 20 else { return nil }
        if matches("eyJ", at: part.lowerBound), bytes[part].contains(UInt8(ascii: ".")) { return "[token]" }
        if Self.prefixes.contains(where: { matches($0, at: part.lowerBound) }) { return "[token]" }
        // IAM User Guide, "IAM identifiers": AKIA for a long-term and ASIA for a temporary access key, 20 characters.
        let isAccessKey =
            part.count == 20 && (matches("AKIA", at: part.lowerBound) || matches("ASIA", at: part.lowerBound))
            && bytes[part].allSatisfy { isDigit($0) || isUppercase($0) }
        return isAccessKey ? "[key]" : nil
    }

    /// 40 characters of Base64, as an AWS secret access key has. A SHA-1 digest has them too, but no mixed case; a path or a
    /// long name changes between upper case, lower case and digits less often than chance does.
    private func secretKey(in run: Range<Int>) -> Range<Int>? {
        guard run.count == 40, bytes[run].allSatisfy(isBase64) else { return nil }
        var changes = 0
        var slashes = 0
        var kinds = 0
        var last = 0
        for byte in bytes[run] {
            let kind = isUppercase(byte) ? 1 : isLetter(byte) ? 2 : isDigit(byte) ? 4 : 8
            if byte == UInt8(ascii: "/") { slashes += 1 }
            if kind != last, last != 0 { changes += 1 }
            last = kind
            kinds |= kind
        }
        return kinds & 7 == 7 && changes >= 14 && slashes <= 4 ? run : nil
    }

    /// RFC 6750, 2.1 and RFC 7617, 2: the word, a space, and credentials, which prose does not look like.
    private func bearer(_ run: Range<Int>) -> Finding? {
        guard run.count == 6 || run.count == 5, run.upperBound < bytes.count, bytes[run.upperBound] == UInt8(ascii: " ") else {
            return nil
        }
        guard
            matches("Bearer", at: run.lowerBound, ignoringCase: true) && run.count == 6
                || matches("Basic", at: run.lowerBound, ignoringCase: true) && run.count == 5
        else { return nil }
        let begin = run.upperBound + 1
        let end = self.end(of: { Self.isRun($0) || $0 == UInt8(ascii: "~") }, from: begin)
        guard end - begin >= 8 else { return nil }
        let looksMade =
            end - begin >= 20 || bytes[begin..<end].contains(where: isDigit)
            || bytes[(begin + 1)..<end].contains(where: isUppercase)
        return looksMade ? Finding(range: begin..<end, replacement: "[token]") : nil
    }

    /// RFC 7468: from `-----BEGIN … PRIVATE KEY-----` to the end mark, or to the text's end if there is none.
    private func privateKey(at index: Int) -> Finding? {
        guard matches("-----BEGIN ", at: index) else { return nil }
        var label = index + 11
        while label < bytes.count, label - index < 40, !matches("PRIVATE KEY-----", at: label) { label += 1 }
        guard matches("PRIVATE KEY-----", at: label) else { return nil }
        var end = label + 16
        while end < bytes.count, !matches("-----END ", at: end) { end += 1 }
        if end < bytes.count {
            end += 9
            while end < bytes.count, bytes[end] != UInt8(ascii: "-") { end += 1 }
            while end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
        }
        return Finding(range: index..<end, replacement: "[private key]")
    }

    // MARK: Bytes

    private enum Class {
        case plain, word, at, percent, plus, parenthesis, equals, colon, hyphen
    }

    private static let classes: [Class] = (0..<256).map { code in
        switch UInt8(code) {
        case UInt8(ascii: "@"): .at
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "("): .parenthesis
        case UInt8(ascii: "="): .equals
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "-"): .hyphen
        case let byte where isAlphanumeric(byte): .word
        default: .plain
        }
    }

    /// What Base64, Base64url and dotted tokens are made of. An equals sign is no part: it parts a name from its value.
    private static func isRun(_ byte: UInt8) -> Bool {
        // "+" to "9" but the comma, "A" to "Z", "_", "a" to "z".
        let bits: (UInt64, UInt64) = (0x03FF_E800_0000_0000, 0x07FF_FFFE_87FF_FFFE)
        return byte < 128 && (byte < 64 ? bits.0 : bits.1) >> UInt64(byte & 63) & 1 == 1
    }

    private static func isName(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// RFC 5321's atext but `&`, `/`, `=` and `?`, which rather part an address from what is in front of it, as in a URL.
    private static func isLocalPart(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || isOne(of: "._%+-!#$'*^`{|}~", byte) || byte >= 0x80
    }

    private func end(of isPart: (UInt8) -> Bool, from begin: Int) -> Int {
        var end = begin
        while end < bytes.count, isPart(bytes[end]) { end += 1 }
        return end
    }

    private func matches(_ text: StaticString, at index: Int, ignoringCase: Bool = false) -> Bool {
        text.withUTF8Buffer { text in
            guard index + text.count <= bytes.count else { return false }
            for (offset, byte) in text.enumerated() {
                let found = bytes[index + offset]
                if found != byte, !(ignoringCase && found | 0x20 == byte | 0x20) { return false }
            }
            return true
        }
    }

    private func equals(_ text: StaticString, _ range: Range<Int>) -> Bool {
        range.count == text.utf8CodeUnitCount && matches(text, at: range.lowerBound)
    }

    private func ends(_ name: Slice<UnsafeBufferPointer<UInt8>>, with ending: StaticString) -> Bool {
        name.count >= ending.utf8CodeUnitCount
            && matches(ending, at: name.endIndex - ending.utf8CodeUnitCount, ignoringCase: true)
    }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
private func isUppercase(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
private func isLetter(_ byte: UInt8) -> Bool { isUppercase(byte & ~0x20) }
private func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
private func isBase64(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "+") }

private func isOne(of set: StaticString, _ byte: UInt8) -> Bool {
    set.withUTF8Buffer { $0.contains(byte) }
}
