/// A string of a set that AWS may enlarge: known values are static members, and an unknown one decodes like any other.
///
/// A closed enum would refuse the whole event for one new word. `switch` works with the static members; it needs a `default`.
public protocol OpenStringValue: RawRepresentable<String>, Codable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    init(rawValue: String)
}

extension OpenStringValue {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    public var description: String { rawValue }
}
