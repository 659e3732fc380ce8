import FunctionToolkit
package import LambdaEvents

/// Reads the members of a JSON object, collects what is wrong with each, and refuses those it was not asked about.
package struct InputReader {
    private let members: [String: JSONValue]
    private var known: Set<String> = []
    private var problems = FieldErrors()

    package init(_ members: [String: JSONValue]) {
        self.members = members
    }

    package mutating func report(_ field: String, _ problem: String) {
        problems.add(field, problem)
    }

    /// Whether the object has this member, be it null.
    package func has(_ field: String) -> Bool { members[field] != nil }

    /// The member, nil if it is missing or null; a required one is reported.
    package mutating func value(_ field: String, required: Bool = false) -> JSONValue? {
        known.insert(field)
        guard let value = members[field], !value.isNull else {
            if required { report(field, "This field is required") }
            return nil
        }
        return value
    }

    /// - Parameter lines: whether line breaks and tabs may stand in it. In a name they may not: an SMS begins with its
    ///   sender's, and what stands on a line of its own looks like somebody else's message.
    package mutating func text(
        _ field: String, required: Bool = false, length: ClosedRange<Int> = 0...255, lines: Bool = false
    ) -> String? {
        guard let value = value(field, required: required) else { return nil }
        guard let text = value.stringValue else {
            report(field, "This must be a text")
            return nil
        }
        return check(field, text, length: length, lines: lines)
    }

    private mutating func check(_ field: String, _ text: String, length: ClosedRange<Int>, lines: Bool = false) -> String? {
        let count = text.unicodeScalars.count
        // Control characters break mails, texts and logs.
        if text.unicodeScalars.contains(where: { Self.isControl($0) && !(lines && Self.isLayout($0)) }) {
            report(field, "This must not hold control characters" + (lines ? "" : " or line breaks"))
        } else if count < length.lowerBound || length.lowerBound > 0 && text.allSatisfy(\.isWhitespace) {
            report(
                field,
                length.lowerBound == 1 ? "This must not be empty" : "This must have at least \(length.lowerBound) characters")
        } else if count > length.upperBound {
            report(field, "This must have at most \(length.upperBound) characters")
        } else {
            return text
        }
        return nil
    }

    /// C0, DEL and C1, and the two separators that Unicode has for lines and paragraphs.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127..<160).contains(scalar.value) || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private static func isLayout(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\t", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }

    package mutating func integer(_ field: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(field) else { return nil }
        guard let number = value.intValue, range.contains(number) else {
            report(field, "This must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    package mutating func flag(_ field: String) -> Bool? {
        guard let value = value(field) else { return nil }
        guard let flag = value.boolValue else {
            report(field, "This must be true or false")
            return nil
        }
        return flag
    }

    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ field: String, of type: Choice.Type = Choice.self, required: Bool = false
    ) -> Choice? where Choice.RawValue == String {
        guard let value = value(field, required: required) else { return nil }
        guard let choice = value.stringValue.flatMap(Choice.init) else {
            report(field, "This must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return choice
    }

    package mutating func texts(_ field: String, count: Int, length: ClosedRange<Int>) -> [String]? {
        guard let value = value(field) else { return nil }
        guard let values = value.arrayValue, values.allSatisfy({ $0.stringValue != nil }) else {
            report(field, "This must be a list of texts")
            return nil
        }
        guard values.count <= count else {
            report(field, "This must have at most \(count) entries")
            return nil
        }
        return values.compactMap { check(field, $0.stringValue ?? "", length: length) }
    }

    package mutating func identifier(_ field: String, required: Bool = false) -> String? {
        guard let text = text(field, required: required) else { return nil }
        guard Identifier.isValid(text) else {
            report(field, "This must be an id")
            return nil
        }
        return text
    }

    package mutating func phone(_ field: String, required: Bool = true) -> PhoneNumber? {
        guard let text = text(field, required: required) else { return nil }
        guard let phone = PhoneNumber(text) else {
            report(field, "This must be a phone number with its country code, as +41790000001")
            return nil
        }
        return phone
    }

    package mutating func email(_ field: String) -> EmailAddress? {
        guard let text = text(field) else { return nil }
        guard let email = EmailAddress(text) else {
            report(field, "This must be an email address")
            return nil
        }
        return email
    }

    /// An address that a browser may load a picture from: `https://`, no spaces, quotes or angle brackets.
    package mutating func webAddress(_ field: String, maximumLength: Int) -> String? {
        guard let text = text(field, length: 1...maximumLength) else { return nil }
        let scheme = "https://"
        let forbidden = Set(" \"'<>\\^`{|}".utf8)
        guard text.hasPrefix(scheme), text.utf8.count > scheme.utf8.count,
            text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !forbidden.contains($0) })
        else {
            report(field, "This must be an address that begins with https://")
            return nil
        }
        return text
    }

    /// The end of the reading: refuses members that nobody asked for, and throws what was collected.
    package mutating func finish() throws(PlatformError) {
        for field in members.keys where !known.contains(field) { report(field, "This field is not known") }
        guard problems.isEmpty else {
            // One problem is told in the message too, as in the seed's example.
            let single = problems.fields.count == 1 ? problems.fields.first.map { "\($0.key): \($0.value[0])" } : nil
            throw PlatformError(.invalidInput, single ?? "The input is not valid", fields: problems.fields)
        }
    }

    /// An error for what must be there once ``finish()`` has passed: a defect of the reading code.
    package static func unwrap<Value>(_ value: Value?, _ field: String) throws(PlatformError) -> Value {
        guard let value else { throw .invalid(field, "This field is required") }
        return value
    }
}
