/// Which days of a month a cron expression names: the day-of-month field or the day-of-week field, whichever is not `?`.
enum CronDays: Sendable, Equatable {
    case ofMonth(Set<Int>)
    /// `L`
    case lastOfMonth
    /// `15W`: the weekday (Monday to Friday) nearest to the day, within the month.
    case nearestWeekday(Int)
    /// 1 is Sunday.
    case ofWeek(Set<Int>)
    /// `5L`: the last Thursday.
    case lastOfWeekday(Int)
    /// `3#2`: the second Tuesday.
    case nthWeekday(Int, Int)

    /// Exactly one of the two fields must be `?` (EventBridge: "You can't use Day-of-month and Day-of-week fields in the same
    /// cron expression").
    init(dayOfMonth: Substring, dayOfWeek: Substring) throws(ScheduleProblem) {
        switch (dayOfMonth == "?", dayOfWeek == "?") {
        case (false, true): self = try Self.ofMonth(field: dayOfMonth)
        case (true, false): self = try Self.ofWeek(field: dayOfWeek)
        default: throw ScheduleProblem(text: "one of day-of-month and day-of-week must be ?, and not both")
        }
    }

    private static func ofMonth(field: Substring) throws(ScheduleProblem) -> CronDays {
        if field == "L" { return .lastOfMonth }
        if field.hasSuffix("W") {
            return .nearestWeekday(try CronField.Shape.dayOfMonth.value(field.dropLast()))
        }
        return .ofMonth(try CronField(field, .dayOfMonth).values)
    }

    private static func ofWeek(field: Substring) throws(ScheduleProblem) -> CronDays {
        // The last day of the week is Saturday.
        if field == "L" { return .ofWeek([7]) }
        if field.hasSuffix("L") {
            return .lastOfWeekday(try CronField.Shape.dayOfWeek.value(field.dropLast()))
        }
        let parts = field.split(separator: "#", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let nth = Int(parts[1]), (1...5).contains(nth) else {
                throw ScheduleProblem(text: "\(field) has no number from 1 to 5 after the #")
            }
            return .nthWeekday(try CronField.Shape.dayOfWeek.value(parts[0]), nth)
        }
        return .ofWeek(try CronField(field, .dayOfWeek).values)
    }

    /// The days of one month, ascending.
    ///
    /// - Parameter firstWeekday: the weekday of the 1st; 1 is Sunday.
    func days(inMonthOf length: Int, firstWeekday: Int) -> [Int] {
        func weekday(_ day: Int) -> Int { (firstWeekday - 1 + day - 1) % 7 + 1 }
        let all = 1...length
        switch self {
        case .ofMonth(let days): return all.filter(days.contains)
        case .lastOfMonth: return [length]
        case .ofWeek(let weekdays): return all.filter { weekdays.contains(weekday($0)) }
        case .lastOfWeekday(let wanted): return all.last { weekday($0) == wanted }.map { [$0] } ?? []
        case .nthWeekday(let wanted, let nth):
            let matching = all.filter { weekday($0) == wanted }
            return nth <= matching.count ? [matching[nth - 1]] : []
        case .nearestWeekday(let day):
            guard day <= length else { return [] }
            switch weekday(day) {
            case 7: return [day > 1 ? day - 1 : day + 2]
            case 1: return [day < length ? day + 1 : day - 2]
            default: return [day]
            }
        }
    }
}
