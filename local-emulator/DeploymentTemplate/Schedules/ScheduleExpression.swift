package import Foundation

/// Why a schedule expression was refused.
package struct ScheduleProblem: Error, Sendable, Equatable {
    package var text: String
}

/// `rate(…)` or `cron(…)` of an EventBridge rule (Amazon EventBridge, "Setting a schedule pattern for scheduled rules"), in UTC.
package struct ScheduleExpression: Sendable, Equatable {
    private enum Kind: Sendable, Equatable {
        case rate(seconds: Int)
        case cron(CronExpression)
    }

    private let kind: Kind

    package init(_ text: String) throws(ScheduleProblem) {
        if let fields = Self.fields(of: text, function: "rate") {
            kind = .rate(seconds: try Self.rate(fields))
        } else if let fields = Self.fields(of: text, function: "cron") {
            kind = .cron(try CronExpression(fields: fields))
        } else {
            throw ScheduleProblem(text: "a schedule is rate(VALUE UNIT) or cron(FIELDS)")
        }
    }

    /// The first time to fire that is later than `instant`; nil when there is none.
    ///
    /// - Parameter anchor: when the schedule was made: a rate fires at whole periods from there.
    package func next(after instant: Date, anchor: Date) -> Date? {
        switch kind {
        case .rate(let seconds):
            let elapsed = instant.timeIntervalSince(anchor)
            let periods = max(0, (elapsed / Double(seconds)).rounded(.down)) + 1
            return anchor.addingTimeInterval(periods * Double(seconds))
        case .cron(let cron):
            return cron.next(after: instant)
        }
    }

    private static func fields(of text: String, function: String) -> [Substring]? {
        guard text.hasPrefix("\(function)("), text.hasSuffix(")") else { return nil }
        return text.dropFirst(function.count + 1).dropLast().split(separator: " ")
    }

    /// One unit is written in the singular, more in the plural; the value is a positive number.
    private static func rate(_ fields: [Substring]) throws(ScheduleProblem) -> Int {
        guard fields.count == 2, let value = Int(fields[0]), value > 0 else {
            throw ScheduleProblem(text: "a rate is a positive whole number and a unit, as rate(5 minutes)")
        }
        let units = ["minute": 60, "hour": 3600, "day": 86_400]
        let name = fields[1].hasSuffix("s") ? String(fields[1].dropLast()) : String(fields[1])
        guard let seconds = units[name] else {
            throw ScheduleProblem(text: "the unit \(fields[1]) is not minute, minutes, hour, hours, day or days")
        }
        guard fields[1].hasSuffix("s") == (value > 1) else {
            throw ScheduleProblem(text: "it must be rate(\(value) \(value > 1 ? name + "s" : name))")
        }
        let (total, overflow) = value.multipliedReportingOverflow(by: seconds)
        guard !overflow else { throw ScheduleProblem(text: "the rate is too long") }
        return total
    }
}
