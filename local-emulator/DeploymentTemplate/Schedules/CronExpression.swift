internal import Foundation

/// EventBridge's cron: minutes, hours, day-of-month, month, day-of-week, year.
struct CronExpression: Sendable, Equatable {
    private let minutes: [Int]
    private let hours: [Int]
    private let days: CronDays
    private let months: [Int]
    private let years: [Int]

    init(fields: [Substring]) throws(ScheduleProblem) {
        guard fields.count == 6 else {
            throw ScheduleProblem(
                text: "cron has 6 fields (minutes hours day-of-month month day-of-week year), not \(fields.count)")
        }
        minutes = try CronField(fields[0], .minutes).values.sorted()
        hours = try CronField(fields[1], .hours).values.sorted()
        days = try CronDays(dayOfMonth: fields[2], dayOfWeek: fields[4])
        months = try CronField(fields[3], .month).values.sorted()
        years = try CronField(fields[5], .year).values.sorted()
    }

    func next(after instant: Date) -> Date? {
        let calendar = Self.calendar
        // The earliest whole minute that is later than `instant`.
        let start = Date(timeIntervalSince1970: ((instant.timeIntervalSince1970 / 60).rounded(.down) + 1) * 60)
        let from = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: start)
        guard let year = from.year, let month = from.month else { return nil }
        for candidateYear in years where candidateYear >= year {
            for candidateMonth in months where (candidateYear, candidateMonth) >= (year, month) {
                if let date = first(inMonth: candidateMonth, of: candidateYear, notBefore: start, calendar) { return date }
            }
        }
        return nil
    }

    private func first(inMonth month: Int, of year: Int, notBefore start: Date, _ calendar: Calendar) -> Date? {
        let firstDay = DateComponents(year: year, month: month, day: 1)
        guard let date = calendar.date(from: firstDay), let length = calendar.range(of: .day, in: .month, for: date)?.count else {
            return nil
        }
        let weekday = calendar.component(.weekday, from: date)
        for day in days.days(inMonthOf: length, firstWeekday: weekday) {
            let midnight = date.addingTimeInterval(Double(day - 1) * 86_400)
            guard midnight.addingTimeInterval(86_400) > start else { continue }
            for hour in hours {
                for minute in minutes {
                    let candidate = midnight.addingTimeInterval(Double(hour * 3600 + minute * 60))
                    if candidate >= start { return candidate }
                }
            }
        }
        return nil
    }

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
