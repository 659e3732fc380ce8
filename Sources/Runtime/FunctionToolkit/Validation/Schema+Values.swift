#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import LambdaEvents

extension FieldInput {
    /// The one text, where texts are read; nil for parameters that were repeated.
    fileprivate var text: String? { isText ? (value.arrayValue.map { $0.count == 1 ? $0[0] : .null } ?? value).stringValue : nil }
}

extension Schema {
    /// A schema of one value: a JSON one by `json`, a text one by `text`.
    fileprivate static func single(
        _ document: @escaping @Sendable () -> JSONValue, _ problem: @escaping @Sendable () -> String,
        json: @escaping @Sendable (JSONValue) -> Value?, text: @escaping @Sendable (String) -> Value?
    ) -> Schema {
        Schema(document: { SchemaDocument(document()) }) { input, errors in
            let value = input.isText ? input.text.flatMap(text) : json(input.value)
            if value == nil { errors.add("", problem()) }
            return value
        }
    }
}

extension Schema where Value == String {
    /// A text.
    ///
    /// - Parameters:
    ///   - length: in Unicode scalars, as JSON Schema and databases count. With a lower bound above 0 blanks alone are
    ///     not enough.
    ///   - lines: whether line breaks and tabs may stand in it. Other control characters never may: they break mails,
    ///     terminals and logs.
    public static func text(length: ClosedRange<Int> = 0...255, lines: Bool = false) -> Schema {
        Schema(document: { TextRule.document(length) }) { input, errors in
            guard let text = input.isText ? input.text : input.value.stringValue else {
                errors.add("", input.isText ? "This must be given once" : "This must be a text")
                return nil
            }
            if let problem = TextRule.problem(text, length: length, lines: lines) {
                errors.add("", problem)
                return nil
            }
            return text
        }
    }

    /// One of these texts.
    public static func choice(of choices: [String]) -> Schema {
        single(
            { ["type": "string", "enum": .array(choices.map(JSONValue.string))] },
            { "This must be one of \(choices.joined(separator: ", "))" },
            json: { $0.stringValue.flatMap { choices.contains($0) ? $0 : nil } }, text: { choices.contains($0) ? $0 : nil })
    }
}

enum TextRule {
    static func document(_ length: ClosedRange<Int>) -> SchemaDocument {
        let text = SchemaDocument(["type": "string", "maxLength": .integer(Int64(length.upperBound))])
        return length.lowerBound == 0 ? text : text.adding("minLength", .integer(Int64(length.lowerBound)))
    }

    static func problem(_ text: String, length: ClosedRange<Int>, lines: Bool) -> String? {
        let count = text.unicodeScalars.count
        if text.unicodeScalars.contains(where: { isControl($0) && !(lines && isLayout($0)) }) {
            return "This must not hold control characters" + (lines ? "" : " or line breaks")
        }
        if count < length.lowerBound || length.lowerBound > 0 && text.allSatisfy(\.isWhitespace) {
            return length.lowerBound == 1 ? "This must not be empty" : "This must have at least \(length.lowerBound) characters"
        }
        return count > length.upperBound ? "This must have at most \(length.upperBound) characters" : nil
    }

    /// C0, DEL and C1, and the two separators that Unicode has for lines and paragraphs.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127..<160).contains(scalar.value) || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private static func isLayout(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\t", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }
}

extension Schema where Value == Int {
    public static func integer(in range: ClosedRange<Int>) -> Schema {
        single(
            {
                ["type": "integer", "minimum": .integer(Int64(range.lowerBound)), "maximum": .integer(Int64(range.upperBound))]
            },
            { "This must be a whole number from \(range.lowerBound) to \(range.upperBound)" },
            json: { $0.intValue.flatMap { range.contains($0) ? $0 : nil } },
            text: { Int($0).flatMap { range.contains($0) ? $0 : nil } })
    }

    public static var integer: Schema {
        single(
            { ["type": "integer"] }, { "This must be a whole number" }, json: { $0.intValue }, text: { Int($0) })
    }
}

extension Schema where Value == Double {
    public static func number(in range: ClosedRange<Double>) -> Schema {
        single(
            { ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)] },
            { "This must be a number from \(range.lowerBound) to \(range.upperBound)" },
            json: { $0.doubleValue.flatMap { range.contains($0) ? $0 : nil } },
            text: { Double($0).flatMap { range.contains($0) ? $0 : nil } })
    }

    /// Any number but the infinite ones, which JSON does not have.
    public static var number: Schema {
        single(
            { ["type": "number"] }, { "This must be a number" }, json: { $0.doubleValue },
            text: { Double($0).flatMap { $0.isFinite ? $0 : nil } })
    }
}

extension Schema where Value == Bool {
    /// `true` or `false`, as a text too.
    public static var flag: Schema {
        single(
            { ["type": "boolean"] }, { "This must be true or false" }, json: { $0.boolValue },
            text: { ["true": true, "false": false][$0] })
    }
}

extension Schema where Value == Date {
    /// A moment as RFC 3339 writes it: `2026-03-01T12:00:00Z`, with or without a fraction of the second.
    public static var dateTime: Schema {
        let parse: @Sendable (String) -> Date? = { text in
            // Each failed one only says: written the other way.
            (try? Date(text, strategy: .iso8601))
                ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        return single(
            { ["type": "string", "format": "date-time"] },
            { "This must be a time with its date and zone, as 2026-03-01T12:00:00Z" },
            json: { $0.stringValue.flatMap(parse) }, text: parse)
    }
}

extension Schema where Value == UUID {
    public static var uuid: Schema {
        single(
            { ["type": "string", "format": "uuid"] }, { "This must be a UUID" },
            json: { $0.stringValue.flatMap { UUID(uuidString: $0) } }, text: { UUID(uuidString: $0) })
    }
}

extension Schema where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// A case by its raw value.
    public static func choice(of type: Value.Type = Value.self) -> Schema {
        single(
            { ["type": "string", "enum": .array(Value.allCases.map { .string($0.rawValue) })] },
            { "This must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))" },
            json: { $0.stringValue.flatMap { Value(rawValue: $0) } }, text: { Value(rawValue: $0) })
    }
}

extension Schema where Value == JSONValue {
    /// Anything, as it came.
    public static var json: Schema { Schema(document: { SchemaDocument([:]) }) { input, _ in input.value } }
}
