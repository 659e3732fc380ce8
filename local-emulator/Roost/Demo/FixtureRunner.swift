import Foundation
import LambdaEvents
import RoostHTTPClient

/// Runs `events/<function>/<case>.json`, each on a fresh emulator in memory.
struct FixtureRunner {
    struct Fixture {
        var function: String
        var name: String
        var event: URL
        var expected: URL
    }

    var options: DemoOptions
    var http: HTTPClient

    /// Every case of every function, in the order of names.
    func fixtures() throws -> [Fixture] {
        let files = FileManager.default
        let folders = try files.contentsOfDirectory(at: options.events, includingPropertiesForKeys: [.isDirectoryKey])
            .filter { !["states", "scenarios"].contains($0.lastPathComponent) }
            .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        return try folders.sorted { $0.lastPathComponent < $1.lastPathComponent }.flatMap { folder in
            try files.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "json" && !$0.lastPathComponent.hasSuffix(".expected.json") }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
                .map { event in
                    let name = event.deletingPathExtension().lastPathComponent
                    return Fixture(
                        function: folder.lastPathComponent, name: name, event: event,
                        expected: folder.appendingPathComponent("\(name).expected.json"))
                }
        }
    }

    func run(_ fixture: Fixture) async -> Report.Row {
        var row = Report.Row(group: "events", name: fixture.name, function: fixture.function, status: "", milliseconds: 0)
        do {
            let expectation: Expectation = try JSONFile.read(fixture.expected)
            row.name = "\(fixture.name): \(expectation.description)"
            let emulator = try await Emulator.start(options.emulator.forDemo)
            do {
                try await run(fixture, expectation, on: emulator, row: &row)
            } catch {
                row.failure = "\(error)"
            }
            await emulator.stop()
        } catch {
            row.failure = "\(error)"
        }
        return row
    }

    private func run(
        _ fixture: Fixture, _ expectation: Expectation, on emulator: Emulator, row: inout Report.Row
    ) async throws {
        var runner = StepRunner(addresses: emulator.addresses, http: http)
        defer { runner.finish() }
        if let state = expectation.state {
            let file = options.events.appendingPathComponent("states/\(state).json")
            try await runner.run(try JSONFile.read(file) as StepList, as: "state \(state)")
        }
        let event = try Data(contentsOf: fixture.event)
        let start = ContinuousClock.now
        let answer = try await emulator.addresses.invoke(fixture.function, payload: event, http: http)
        row.milliseconds = start.duration(to: .now).inMilliseconds
        let visible = answer.visible
        row.status = visible["status"]?.intValue.map(String.init) ?? (answer.failed ? "error" : "ok")
        row.failure = Pattern.mismatch(try runner.substitute(expectation.patterns), visible, at: "")
    }
}

extension StepRunner {
    /// Runs all steps of a list; the first that fails ends it.
    mutating func run(_ list: StepList, as name: String) async throws {
        try await put(items: list.items)
        for step in list.steps {
            do {
                _ = try await run(step)
            } catch {
                throw StepError("\(name), step '\(step.name)': \(error)")
            }
        }
    }
}

extension InvocationAnswer {
    /// The answer as patterns see it: `answer`, and `status` and `body` of an HTTP-shaped one; or `error`.
    var visible: JSONValue {
        let value = StepRunner.json(payload)
        if failed { return ["error": value] }
        var visible: [String: JSONValue] = ["answer": value]
        visible["status"] = value["statusCode"]
        visible["headers"] = value["headers"]
        if let text = value["body"]?.stringValue {
            let isBase64 = value["isBase64Encoded"]?.boolValue == true
            let data = isBase64 ? Data(base64Encoded: text) ?? Data() : Data(text.utf8)
            visible["body"] = StepRunner.json(data)
        }
        return .object(visible)
    }
}

extension EmulatorOptions {
    /// The same deployment on free ports, in memory, without the functions' log lines.
    var forDemo: EmulatorOptions {
        var options = self
        options.data = .inMemory
        (options.port, options.httpPort, options.webSocketPort) = (0, 0, 0)
        options.quiet = true
        return options
    }
}

extension Duration {
    var inMilliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }
}

/// Reads a JSON file into a type, with errors that name the file and the place in it.
enum JSONFile {
    static func read<Value: Decodable>(_ url: URL) throws(StepError) -> Value {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw StepError("\(url.relativePath) cannot be read")
        }
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch let error as DecodingError {
            throw StepError("\(url.relativePath): \(describe(error))")
        } catch {
            throw StepError("\(url.relativePath): \(error)")
        }
    }

    private static func describe(_ error: DecodingError) -> String {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found), .dataCorrupted(let found):
            context = found
        @unknown default: return "\(error)"
        }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return (path.isEmpty ? "" : "\(path): ") + context.debugDescription
    }
}
