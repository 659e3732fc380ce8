/// What a log line's field can hold: the values that JSON has.
public enum LogValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([LogValue])
    /// Written sorted by name.
    case object([String: LogValue])
}

/// A value that stands in a log line as it is: `log.info("sent", ["attempt": 3, "channel": "sms", "late": true])`.
///
/// Where a nested value mixes kinds, say ``LogValue``: `["order": ["id": "o1", "lines": 3] as LogValue]`.
public protocol LogFieldValue: Sendable {
    var logValue: LogValue { get }
}

extension LogValue: LogFieldValue {
    public var logValue: LogValue { self }
}

extension LogValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: LogValue...) { self = .array(elements) }

    /// Of two values with one name, the last counts.
    public init(dictionaryLiteral elements: (String, LogValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}

extension String: LogFieldValue {
    public var logValue: LogValue { .string(self) }
}
extension Substring: LogFieldValue {
    public var logValue: LogValue { .string(String(self)) }
}
extension Bool: LogFieldValue {
    public var logValue: LogValue { .bool(self) }
}
extension Double: LogFieldValue {
    public var logValue: LogValue { .number(self) }
}
extension Float: LogFieldValue {
    public var logValue: LogValue { .number(Double(self)) }
}
extension Int: LogFieldValue {
    public var logValue: LogValue { .integer(Int64(self)) }
}
extension Int32: LogFieldValue {
    public var logValue: LogValue { .integer(Int64(self)) }
}
extension Int64: LogFieldValue {
    public var logValue: LogValue { .integer(self) }
}
extension UInt16: LogFieldValue {
    public var logValue: LogValue { .integer(Int64(self)) }
}
extension UInt32: LogFieldValue {
    public var logValue: LogValue { .integer(Int64(self)) }
}
extension UInt64: LogFieldValue {
    /// Beyond `Int64` as a string: readers of JSON lose digits of such numbers.
    public var logValue: LogValue { Int64(exactly: self).map(LogValue.integer) ?? .string(String(self)) }
}
extension Optional: LogFieldValue where Wrapped: LogFieldValue {
    public var logValue: LogValue { self?.logValue ?? .null }
}
extension Array: LogFieldValue where Element: LogFieldValue {
    public var logValue: LogValue { .array(map(\.logValue)) }
}
extension Dictionary: LogFieldValue where Key == String, Value: LogFieldValue {
    public var logValue: LogValue { .object(mapValues(\.logValue)) }
}
