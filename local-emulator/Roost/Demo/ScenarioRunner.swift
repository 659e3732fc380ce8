import Foundation
import RoostHTTPClient

/// Runs `events/scenarios/<name>.json` on one emulator whose data is on disk, step by step.
struct ScenarioRunner {
    var options: DemoOptions
    var http: HTTPClient

    func scenarios() throws -> [URL] {
        let folder = options.events.appendingPathComponent("scenarios")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// Runs all steps, telling of each; the steps after a failed one are not run.
    func run(_ scenario: URL, told: (Report.Row) -> Void) async throws {
        let list: StepList = try JSONFile.read(scenario)
        let group = scenario.deletingPathExtension().lastPathComponent
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("roost-demo-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // a leftover folder in the temporary directory does no harm
        var settings = options.emulator.forDemo
        settings.data = .directory(folder)
        let emulator = try await Emulator.start(settings)
        var runner = StepRunner(addresses: emulator.addresses, http: http)
        do {
            try await runner.put(items: list.items)
            for step in list.steps {
                let row = await run(step, &runner, group)
                told(row)
                if row.failure != nil { break }
            }
        } catch {
            told(Report.Row(group: group, name: "items", function: "", status: "", milliseconds: 0, failure: "\(error)"))
        }
        runner.finish()
        await emulator.stop()
    }

    private func run(_ step: Step, _ runner: inout StepRunner, _ group: String) async -> Report.Row {
        var row = Report.Row(group: group, name: step.name, function: "", status: "", milliseconds: 0)
        let start = ContinuousClock.now
        do {
            let outcome = try await runner.run(step)
            (row.function, row.status) = (outcome.function, outcome.status)
        } catch {
            row.failure = "\(error)"
        }
        row.milliseconds = start.duration(to: .now).inMilliseconds
        return row
    }
}
