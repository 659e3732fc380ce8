#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package import FunctionToolkit

/// The hours in which somebody wants no message, by the clock on their wall; they may run over midnight.
package struct QuietHours: Sendable, Equatable {
    package let start: TimeOfDay
    package let end: TimeOfDay

    /// Nil if a text is no time of day, or both are the same.
    package init?(start: String, end: String) {
        guard let start = TimeOfDay(start), let end = TimeOfDay(end), start != end else { return nil }
        self.start = start
        self.end = end
    }

    /// When the quiet hours that hold at `date` are over; nil if none hold. The start belongs to them, the end does not.
    package func end(after date: Date, in zone: TimeZoneRules) -> Date? {
        let utcSeconds = Int64(date.timeIntervalSince1970.rounded(.down))
        let localSeconds = utcSeconds + Int64(zone.offsetSeconds(at: utcSeconds))
        let day = localSeconds.dividedDown(by: 86_400)
        let minute = Int(localSeconds - day * 86_400) / 60
        let (first, last) = (start.minutesAfterMidnight, end.minutesAfterMidnight)
        let endDay: Int64
        if first < last {
            guard (first..<last).contains(minute) else { return nil }
            endDay = day
        } else if minute >= first {
            endDay = day + 1
        } else if minute < last {
            endDay = day
        } else {
            return nil
        }
        let localEnd = endDay * 86_400 + Int64(last) * 60
        let end = zone.utcSeconds(local: localEnd)
        // In the hour that clocks show twice the earlier of the two ends may be over; then it is the later one.
        return Date(timeIntervalSince1970: Double(end > utcSeconds ? end : utcSeconds + localEnd - localSeconds))
    }
}
