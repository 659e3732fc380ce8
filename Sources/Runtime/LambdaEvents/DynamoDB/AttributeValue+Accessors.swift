#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension AttributeValue {
    public static func integer(_ value: some BinaryInteger) -> AttributeValue {
        .number(String(value))
    }

    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number's text, with all of its digits.
    public var numberText: String? {
        if case .number(let digits) = self { digits } else { nil }
    }

    /// A number that is whole in its text and fits.
    public var intValue: Int? {
        numberText.flatMap { Int($0) }
    }

    public var dataValue: Data? {
        if case .binary(let bytes) = self { bytes } else { nil }
    }

    public var boolValue: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    public var isNull: Bool { self == .null }

    public var listValue: [AttributeValue]? {
        if case .list(let values) = self { values } else { nil }
    }

    public var mapValue: AttributeMap? {
        if case .map(let values) = self { values } else { nil }
    }

    public var stringSetValue: Set<String>? {
        if case .stringSet(let values) = self { Set(values) } else { nil }
    }
}
