/// A time at which a rule holds, by the clock on the wall of a time zone.
struct FeatureSchedule: Sendable, Equatable {
    enum Range: Sendable, Equatable {
        /// Minutes after midnight; the whole last minute belongs to it. It runs over midnight where the end comes first.
        case minutes(start: Int, end: Int)
        /// Seconds since 1970 by the local clock, both ends included.
        case moments(start: Double, end: Double)
        /// 0 is Sunday.
        case weekdays(Set<Int>)
    }

    var range: Range
    var zone: TimeZoneRules

    func holds(at seconds: Int64) -> Bool {
        let local = seconds + Int64(zone.offsetSeconds(at: seconds))
        let day = local.dividedDown(by: 86_400)
        switch range {
        case .minutes(let start, let end):
            let minute = Int(local - day * 86_400) / 60
            return end < start ? minute >= start || minute <= end : (start...end).contains(minute)
        case .moments(let start, let end): return start <= Double(local) && Double(local) <= end
        case .weekdays(let days): return days.contains(CivilDate(daysSince1970: Int(day)).weekday)
        }
    }
}

extension FeatureSchedule {
    static let dayNames = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"]

    /// `HH:MM`, 00:00 to 23:59.
    static func minutes(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = number(bytes[0..<2]), let minute = number(bytes[3..<5]),
            hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// `2026-11-21`, `2026-11-21T09:30`, `2026-11-21T09:30:00` or with a fraction; local seconds since 1970.
    static func moment(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(bytes[0..<4]),
            let month = number(bytes[5..<7]), let day = number(bytes[8..<10]), (1...12).contains(month)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard CivilDate(daysSince1970: date.daysSince1970) == date else { return nil }
        var seconds = Double(date.daysSince1970) * 86_400
        guard bytes.count > 10 else { return seconds }
        guard bytes.count >= 16, [UInt8(ascii: "T"), UInt8(ascii: " ")].contains(bytes[10]),
            let minutes = minutes(String(decoding: bytes[11..<16], as: UTF8.self))
        else { return nil }
        seconds += Double(minutes * 60)
        guard bytes.count > 16 else { return seconds }
        guard bytes.count >= 19, bytes[16] == UInt8(ascii: ":"), let second = number(bytes[17..<19]), second < 60 else {
            return nil
        }
        seconds += Double(second)
        guard bytes.count > 19 else { return seconds }
        let digits = bytes[20...]
        guard bytes[19] == UInt8(ascii: "."), (1...9).contains(digits.count), let fraction = number(digits) else { return nil }
        return seconds + digits.reduce(Double(fraction)) { value, _ in value / 10 }
    }

    /// Whether a text of that kind says its offset from UTC, which schedules must not: `Z`, `+01:00`, `-0100`.
    static func hasOffset(_ text: String) -> Bool {
        text.hasSuffix("Z") || text.dropFirst(10).contains { $0 == "+" || $0 == "-" }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
