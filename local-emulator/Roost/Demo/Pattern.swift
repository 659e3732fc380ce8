import Foundation
import LambdaEvents

/// Compares an answer with what a fixture expects; the forms are listed in events/README.md.
enum Pattern {
    /// - Returns: the first difference, with its place (`body.error.code: expected "A", got "B"`), or nil for a match.
    static func mismatch(_ expected: JSONValue, _ actual: JSONValue?, at path: String) -> String? {
        if expected == "<absent>" { return actual == nil ? nil : "\(path): expected nothing, got \(brief(actual))" }
        guard let actual else { return "\(path): expected \(brief(expected)), got nothing" }
        switch (expected, actual) {
        case (.string(let text), _) where text.hasPrefix("<") && text.hasSuffix(">"):
            return matches(wildcard: text, actual) ? nil : "\(path): expected \(text), got \(brief(actual))"
        case (.object(let members), .object(let found)):
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                let place = path.isEmpty ? name : "\(path).\(name)"
                if let difference = mismatch(member, found[name], at: place) { return difference }
            }
            return nil
        case (.array(let elements), .array(let found)):
            guard elements.count == found.count else {
                return "\(path): expected \(elements.count) elements, got \(found.count): \(brief(actual))"
            }
            for (index, pair) in zip(elements, found).enumerated() {
                if let difference = mismatch(pair.0, pair.1, at: "\(path).\(index)") { return difference }
            }
            return nil
        default:
            return same(expected, actual) ? nil : "\(path): expected \(brief(expected)), got \(brief(actual))"
        }
    }

    private static func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let number = left.doubleValue, let other = right.doubleValue { return number == other }
        return left == right
    }

    private static func matches(wildcard: String, _ actual: JSONValue) -> Bool {
        switch wildcard {
        case "<any>": return true
        case "<string>": return actual.stringValue != nil
        case "<number>": return actual.doubleValue != nil
        case "<bool>": return actual.boolValue != nil
        case "<array>": return actual.arrayValue != nil
        case "<object>": return actual.objectValue != nil
        case "<uuid>": return actual.stringValue.flatMap { UUID(uuidString: $0) } != nil
        default:
            let prefix = "<matches "
            guard wildcard.hasPrefix(prefix), let text = actual.stringValue,
                let regex = try? Regex(String(wildcard.dropFirst(prefix.count).dropLast()))  // a broken one matches nothing
            else { return .string(wildcard) == actual }
            return text.wholeMatch(of: regex) != nil
        }
    }

    /// A value short enough for one line of a report.
    static func brief(_ value: JSONValue?) -> String {
        guard let value else { return "nothing" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return "\(value)" }  // a JSONValue always encodes
        let text = String(decoding: data, as: UTF8.self)
        return text.count > 160 ? text.prefix(157) + "…" : text
    }
}
