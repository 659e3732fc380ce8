#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A point in time that the event writes as ISO 8601 text, with or without a fraction: `2020-01-13T09:25:40.621Z`.
///
/// Read as the instant, whatever date strategy the decoder has. Written in UTC, with milliseconds where there are any;
/// what AWS sends is no finer.
@propertyWrapper
public struct ISO8601Time: Sendable, Hashable, Codable {
    public var wrappedValue: Date

    public init(wrappedValue: Date) {
        self.wrappedValue = wrappedValue
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = Self.date(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is no ISO 8601 time")
        }
        wrappedValue = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Self.text(wrappedValue))
    }

    /// The instant that the text names; nil if it is none.
    public static func date(_ text: String) -> Date? {
        // A text that does not parse is the answer nil.
        try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: text.utf8.contains(UInt8(ascii: "."))))
    }

    public static func text(_ date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        let fraction = milliseconds.truncatingRemainder(dividingBy: 1000) != 0
        // The formatter cuts where it should round: 0.731 s, which no binary fraction holds exactly, would become 0.730.
        let inside = Date(timeIntervalSince1970: (milliseconds + (fraction ? 0.5 : 0)) / 1000)
        return inside.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: fraction))
    }
}
