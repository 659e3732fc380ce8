import Foundation
import RoostHTTPClient

/// `roost demo`: every fixture, then every scenario; prints a table and fails on a mismatch.
struct DemoCommand {
    var options: DemoOptions

    func run() async throws -> Int32 {
        let http = try HTTPClient()
        var report = Report()
        let start = ContinuousClock.now
        let fixtures = FixtureRunner(options: options, http: http)
        let cases = try fixtures.fixtures()
        heading("Events: each case on a fresh emulator")
        for fixture in cases {
            tell(await fixtures.run(fixture), &report)
        }
        let scenarios = ScenarioRunner(options: options, http: http)
        for scenario in try scenarios.scenarios() {
            heading("\nScenario \(scenario.deletingPathExtension().lastPathComponent): one emulator, data on disk")
            try await scenarios.run(scenario) { tell($0, &report) }
        }
        report.permissions = options.emulator.accessRecord.entries
        return try finish(report, seconds: start.duration(to: .now).inMilliseconds / 1000)
    }

    private func heading(_ text: String) {
        if !options.json { Console.print(text) }
    }

    private func tell(_ row: Report.Row, _ report: inout Report) {
        report.add(row)
        if !options.json { Console.print(Report.line(row)) }
    }

    private func finish(_ report: Report, seconds: Double) throws -> Int32 {
        if options.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            Console.print(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            let time = "\((seconds * 10).rounded() / 10) s"
            Console.print("\n\(report.rows.count - report.failures) as expected, \(report.failures) not, in \(time)")
        }
        return report.failures == 0 ? 0 : 1
    }
}
