internal import LambdaEvents

/// What stands in a value's place.
///
/// The first three are Powertools'. Source: Powertools for AWS Lambda (Python), "Data masking", "Custom masking".
public enum Mask: Sendable, Hashable {
    /// `*****`, of whatever length and type the value was; a list becomes a list of as many.
    case erased
    /// A `*` for each character but `-`, `_`, `.` and blanks: what it is for is still to be seen.
    case sameLength
    /// This text, cut where the value is shorter.
    case text(String)
    /// As ``sameLength``, but for so many characters at the end.
    case keepingLast(Int)

    static let erasure = "*****"

    func apply(to value: JSONValue) -> JSONValue {
        switch (self, value) {
        case (.erased, .array(let elements)): .array(elements.map { _ in .string(Self.erasure) })
        case (.erased, _): .string(Self.erasure)
        case (_, .object(let members)): .object(members.mapValues(apply))
        case (_, .array(let elements)): .array(elements.map(apply))
        case (_, .null): .null
        case (_, .string(let text)): .string(apply(to: text))
        case (_, .bool), (_, .integer), (_, .number): .string(apply(to: JSONText.write(value)))
        }
    }

    private func apply(to text: String) -> String {
        switch self {
        case .erased: return Self.erasure
        case .sameLength: return Self.starred(text[...])
        case .text(let mask): return String(mask.prefix(text.count))
        case .keepingLast(let count):
            // Of a text that is no longer than what would be kept, nothing is.
            guard text.count > count else { return Self.starred(text[...]) }
            return Self.starred(text.dropLast(max(0, count))) + text.suffix(max(0, count))
        }
    }

    private static func starred(_ text: Substring) -> String {
        String(text.map { "-_. ".contains($0) ? $0 : "*" })
    }
}
