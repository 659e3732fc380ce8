/// A time of day to the minute, `22:30`.
package struct TimeOfDay: Sendable, Hashable {
    package let minutesAfterMidnight: Int

    /// Reads `HH:MM`, 00:00 to 23:59; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
        let digits = [bytes[0], bytes[1], bytes[3], bytes[4]].map { Int($0) - 48 }
        guard digits.allSatisfy((0...9).contains) else { return nil }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        guard hour < 24, minute < 60 else { return nil }
        minutesAfterMidnight = hour * 60 + minute
    }

    package var text: String {
        let (hour, minute) = (minutesAfterMidnight / 60, minutesAfterMidnight % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
