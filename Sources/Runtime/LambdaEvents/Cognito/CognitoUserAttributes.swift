/// A user's attributes by name: `email`, `cognito:user_status`, `custom:team`.
///
/// Cognito writes every value as text, `email_verified` too (`"true"`); documented samples of some triggers show booleans, so
/// both are read, and ``subscript(_:)`` gives text for either.
public struct CognitoUserAttributes: Sendable, Equatable, Codable, ExpressibleByDictionaryLiteral {
    public var values: [String: JSONValue]

    public init(_ values: [String: String]) {
        self.values = values.mapValues { .string($0) }
    }

    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(Dictionary(elements) { _, last in last })
    }

    public init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: JSONValue].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    public subscript(name: String) -> String? {
        switch values[name] {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        default: nil
        }
    }

    /// Cognito's own id of the user, which never changes.
    public var sub: String? { self["sub"] }
}
