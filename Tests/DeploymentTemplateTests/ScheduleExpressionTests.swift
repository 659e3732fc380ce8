import DeploymentTemplate
import Foundation
import Testing

@Suite("Schedule expressions")
struct ScheduleExpressionTests {
    private func date(_ text: String) throws -> Date {
        try Date(text, strategy: .iso8601)
    }

    @Test(
        "cron fires when EventBridge's documentation says",
        arguments: [
            // The examples of "Cron expressions" in the EventBridge User Guide.
            ("cron(0 10 * * ? *)", "2026-11-21T10:00:00Z", "2026-11-22T10:00:00Z"),
            ("cron(15 12 * * ? *)", "2026-11-21T12:00:00Z", "2026-11-21T12:15:00Z"),
            ("cron(0 18 ? * MON-FRI *)", "2026-11-21T00:00:00Z", "2026-11-23T18:00:00Z"),
            ("cron(0 8 1 * ? *)", "2026-11-21T00:00:00Z", "2026-12-01T08:00:00Z"),
            ("cron(0/15 * * * ? *)", "2026-11-21T10:31:00Z", "2026-11-21T10:45:00Z"),
            ("cron(0/10 * ? * MON-FRI *)", "2026-11-20T23:55:00Z", "2026-11-23T00:00:00Z"),
            ("cron(0/5 8-17 ? * MON-FRI *)", "2026-11-20T17:55:00Z", "2026-11-23T08:00:00Z"),
            ("cron(0 9 ? * 2#1 *)", "2026-11-21T00:00:00Z", "2026-12-07T09:00:00Z"),
            // The wildcards: last day, last Thursday, nearest weekday (15 August 2026 is a Saturday), leap day.
            ("cron(0 0 L * ? *)", "2028-02-01T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("cron(0 0 ? * 5L *)", "2026-11-21T00:00:00Z", "2026-11-26T00:00:00Z"),
            ("cron(0 0 15W * ? *)", "2026-08-01T00:00:00Z", "2026-08-14T00:00:00Z"),
            ("cron(0 0 29 2 ? *)", "2026-11-21T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("cron(0 0 1W * ? *)", "2026-07-31T00:00:00Z", "2026-08-03T00:00:00Z"),
        ])
    func cron(expression: String, after: String, expected: String) throws {
        let schedule = try ScheduleExpression(expression)
        #expect(schedule.next(after: try date(after), anchor: .distantPast) == (try date(expected)))
    }

    @Test("a cron expression whose years have passed never fires")
    func past() throws {
        let schedule = try ScheduleExpression("cron(0 0 1 1 ? 2020)")
        #expect(schedule.next(after: try date("2026-01-01T00:00:00Z"), anchor: .distantPast) == nil)
    }

    @Test("a rate keeps its phase from when the schedule was made")
    func rate() throws {
        let schedule = try ScheduleExpression("rate(5 minutes)")
        let anchor = try date("2026-11-21T10:02:30Z")
        #expect(schedule.next(after: anchor, anchor: anchor) == (try date("2026-11-21T10:07:30Z")))
        #expect(schedule.next(after: try date("2026-11-21T10:07:30Z"), anchor: anchor) == (try date("2026-11-21T10:12:30Z")))
        #expect(schedule.next(after: try date("2026-11-21T11:00:00Z"), anchor: anchor) == (try date("2026-11-21T11:02:30Z")))
    }

    @Test(
        "what EventBridge refuses is refused",
        arguments: [
            "rate(1 minutes)", "rate(2 minute)", "rate(0 minutes)", "rate(5 weeks)", "rate(x)", "every 5 minutes",
            "cron(0 12 * * *)", "cron(0 12 * * * *)", "cron(0 12 ? * ? *)", "cron(60 12 * * ? *)", "cron(0 12 ? * 8 *)",
            "cron(0 12 ? * 2#6 *)", "cron(0 12 5-3 * ? *)", "cron(0/0 12 * * ? *)", "cron(, 12 * * ? *)",
        ])
    func refused(expression: String) {
        #expect(throws: ScheduleProblem.self) { try ScheduleExpression(expression) }
    }
}
