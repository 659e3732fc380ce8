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
        guard let value = value(from: separator + 1, isHeader: isHeader(name)) else { return nil }
        // `email: not sent` is prose; what makes it personal is found by its form.
        if bytes[separator] == UInt8(ascii: ":"), end == separator, isPersonal(name),
            !bytes[value].contains(where: { isDigit($0) || $0 == UInt8(ascii: "@") })
        {
            return nil
        }
        return Finding(range: value, replacement: "[redacted]")
    }

    private func isPersonal(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        ends(name, with: "email") || ends(name, with: "phone") || ends(name, with: "mobile")
    }

    /// Headers whose values have several words.
    private func isHeader(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        ends(name, with: "authorization") || ends(name, with: "cookie")
    }

    private func value(from place: Int, isHeader: Bool) -> Range<Int>? {
        var index = place
        while index < bytes.count, bytes[index] == UInt8(ascii: " "), index - place < 8 { index += 1 }
        if matches("Optional(", at: index) { index += 9 }
        var backslashes = 0
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\"), backslashes < 4 {
            index += 1
            backslashes += 1
        }
        // A structure is looked at by its parts, and what has been replaced stays so.
        if index < bytes.count, isOne(of: "[{", bytes[index]) { return nil }
        let begin: Int
        var end: Int
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
            let quote = bytes[index]
            begin = index + 1
            end = begin
            var escapes = 0
            while end < bytes.count {
                if bytes[end] == quote, escapes <= backslashes { break }
                escapes = bytes[end] == UInt8(ascii: "\\") ? escapes + 1 : 0
                end += 1
            }
            end -= min(escapes, end - begin)
        } else {
            begin = index
            end = begin
            while end < bytes.count, isHeader ? bytes[end] >= 0x20 : !isOne(of: ",;&)]}\"'<>", bytes[end]) && bytes[end] > 0x20 {
                end += 1
            }
        }
        let holdsNothing =
            begin >= end || ["null", "nil", "true", "false"].contains { equals($0, begin..<end) }
        return holdsNothing ? nil : begin..<end
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

    /// `local@domain.tld`: RFC 5321's dot-atoms; what is quoted or has no dot in its domain is not found.
    private func email(around at: Int, sign length: Int, notBefore start: Int) -> Finding? {
        var begin = at
        // RFC 5321, 4.5.3.1.1: 64 octets.
        while begin > start, at - begin < 64, Self.isLocalPart(bytes[begin - 1]) { begin -= 1 }
        var end = at + length
        var lastDot: Int?
        while end < bytes.count, end - at < 256, isAlphanumeric(bytes[end]) || isOne(of: "-.", bytes[end]) {
            if bytes[end] == UInt8(ascii: ".") { lastDot = end }
            end += 1
        }
        // The dot that ends a sentence.
        if let dot = lastDot, dot == end - 1 {
            end = dot
            lastDot = bytes[(at + length)..<dot].lastIndex(of: UInt8(ascii: "."))
        }
        guard begin < at, let dot = lastDot, dot > at + length, end - dot > 2, bytes[(dot + 1)..<end].allSatisfy(isLetter) else {
            return nil
        }
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

    private static func isLocalPart(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || isOne(of: "._%+-", byte)
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
