#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

internal import FunctionToolkit

/// The text form of a time in items and answers: UTC with milliseconds, `2026-11-21T11:30:00.123Z` (RFC 3339).
///
/// All have the same length, so they sort as they read, for the years 0 to 9999.
package enum Timestamp {
    package static func text(_ date: Date) -> String {
        let milliseconds = date.wholeMilliseconds
        let day = milliseconds.dividedDown(by: 86_400_000)
        let inDay = Int(milliseconds - day * 86_400_000)
        let civil = CivilDate(daysSince1970: Int(day))
        let time = [inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1000 % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))T\(time).\(padded(inDay % 1000, 3))Z"
    }

    /// Reads exactly the form that ``text(_:)`` writes; anything else is nil.
    package static func date(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        let pattern = Array("0000-00-00T00:00:00.000Z".utf8)
        guard bytes.count == pattern.count else { return nil }
        for (byte, mark) in zip(bytes, pattern) where mark != UInt8(ascii: "0") && byte != mark { return nil }
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), let fraction = number(20..<23)
        else { return nil }
        let civil = CivilDate(year: year, month: month, day: day)
        guard CivilDate(daysSince1970: civil.daysSince1970) == civil, hour < 24, minute < 60, second < 60 else { return nil }
        let seconds = Int64(civil.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        return Date(milliseconds: seconds * 1000 + Int64(fraction))
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
