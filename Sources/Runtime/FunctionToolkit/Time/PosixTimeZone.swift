/// The rule for all years after a TZif file's last transition, `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX.1-2017, Base Definitions 8.3, `TZ`, and RFC 9636, 3.3.1, which lets a transition's time run from
/// -167 to 167 hours.
struct PosixTimeZone: Sendable, Equatable {
    /// The day on which clocks change.
    enum Day: Sendable, Equatable {
        /// `Jn`, 1 to 365: the 29th of February is never counted.
        case julian(Int)
        /// `n`, 0 to 365.
        case zeroBased(Int)
        /// `Mm.w.d`: weekday d (0 is Sunday) of week w (5 is the last) of month m.
        case weekday(month: Int, week: Int, day: Int)
    }

    struct Change: Sendable, Equatable {
        var day: Day
        /// Seconds after local midnight.
        var time: Int
    }

    struct Summer: Sendable, Equatable {
        var offset: Int
        var start: Change
        var end: Change
    }

    var standardOffset: Int
    var summer: Summer?

    init?(_ text: String) {
        var scanner = Scanner(text)
        guard scanner.name(), let west = scanner.time() else { return nil }
        standardOffset = -west
        guard !scanner.isAtEnd else { return }
        guard scanner.name() else { return nil }
        var offset = standardOffset + 3600
        if !scanner.accept(","), let west = scanner.time() {
            offset = -west
            guard scanner.accept(",") else { return nil }
        }
        guard let start = scanner.change(), scanner.accept(","), let end = scanner.change(), scanner.isAtEnd else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// Seconds east of UTC at a moment.
    func offset(at moment: Int64) -> Int {
        guard let summer else { return standardOffset }
        let year = CivilDate(daysSince1970: Int((moment + Int64(standardOffset)).dividedDown(by: 86_400))).year
        // A change is told in the local time that holds until then.
        let start = summer.start.seconds(in: year) - Int64(standardOffset)
        let end = summer.end.seconds(in: year) - Int64(summer.offset)
        // South of the equator summer runs over the end of the year.
        let isSummer = start < end ? (start..<end).contains(moment) : !(end..<start).contains(moment)
        return isSummer ? summer.offset : standardOffset
    }
}

extension PosixTimeZone.Change {
    /// Local seconds since 1970 of this change in a year.
    func seconds(in year: Int) -> Int64 {
        let newYear = CivilDate(year: year, month: 1, day: 1).daysSince1970
        let days: Int
        switch day {
        case .julian(let number):
            let leap = CivilDate(year: year, month: 3, day: 1).daysSince1970 - newYear == 60
            days = newYear + number - 1 + (leap && number >= 60 ? 1 : 0)
        case .zeroBased(let number):
            days = newYear + number
        case .weekday(let month, let week, let weekday):
            let first = CivilDate(year: year, month: month, day: 1)
            let next = month == 12 ? CivilDate(year: year + 1, month: 1, day: 1) : CivilDate(year: year, month: month + 1, day: 1)
            var day = first.daysSince1970 + (weekday - first.weekday + 7) % 7 + 7 * (week - 1)
            while day >= next.daysSince1970 { day -= 7 }
            days = day
        }
        return Int64(days) * 86_400 + Int64(time)
    }
}

private struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Three letters or more, or anything between `<` and `>`.
    mutating func name() -> Bool {
        if accept("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        let letters = rest.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xdf) }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    mutating func number() -> Int? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        return Int(String(Substring(digits)))
    }

    /// `[+-]hh[:mm[:ss]]`, in seconds.
    mutating func time() -> Int? {
        let negative = accept("-")
        if !negative { _ = accept("+") }
        guard var seconds = number().map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] where accept(":") {
            guard let part = number() else { return nil }
            seconds += part * unit
        }
        return negative ? -seconds : seconds
    }

    mutating func change() -> PosixTimeZone.Change? {
        guard let day = day() else { return nil }
        guard accept("/") else { return .init(day: day, time: 7200) }
        return time().map { .init(day: day, time: $0) }
    }

    private mutating func day() -> PosixTimeZone.Day? {
        if accept("J") { return number().map { .julian($0) } }
        guard accept("M") else { return number().map { .zeroBased($0) } }
        guard let month = number(), accept("."), let week = number(), accept("."), let day = number(),
            (1...12).contains(month), (1...5).contains(week), (0...6).contains(day)
        else { return nil }
        return .weekday(month: month, week: week, day: day)
    }
}
