#if os(Linux)
    import Foundation
    import Testing

    @testable import LambdaRuntime

    @Suite("Crash reports")
    struct CrashReportTests {
        struct Expectation: Sendable, CustomTestStringConvertible {
            var crash: String
            var signals: [Int32]
            var type: String
            var message: String
            /// The innermost function of ours.
            var function: String
            var testDescription: String { crash }
        }

        @Test(
            "a crash is the invocation's error, with its message and who called whom, and ends the process as it would have",
            arguments: [
                Expectation(
                    crash: "fatalError", signals: [SIGILL, SIGTRAP], type: "Runtime.FatalError",
                    message: "Fatal error: the order is \"lost\"\n✗", function: "CrashingFunction.giveUp() -> ()"),
                Expectation(
                    crash: "indexOutOfRange", signals: [SIGILL, SIGTRAP], type: "Runtime.FatalError",
                    message: "Fatal error: Index out of range", function: "CrashingFunction.readBeyondTheEnd("),
                Expectation(
                    crash: "nilUnwrapped", signals: [SIGILL, SIGTRAP], type: "Runtime.FatalError",
                    message: "Fatal error: Unexpectedly found nil", function: "CrashingFunction.unwrap("),
                Expectation(
                    crash: "overflow", signals: [SIGILL, SIGTRAP], type: "Runtime.Trap", message: "trap: an overflow",
                    function: "CrashingFunction.addOne("),
                Expectation(
                    crash: "stackOverflow", signals: [SIGSEGV], type: "Runtime.StackOverflow", message: "stack overflow",
                    function: "CrashingFunction.recurse("),
                Expectation(
                    crash: "abort", signals: [SIGABRT], type: "Runtime.Aborted", message: "aborted",
                    function: "CrashingFunction.abortInC() -> ()"),
                Expectation(
                    crash: "badPointer", signals: [SIGSEGV], type: "Runtime.SegmentationFault",
                    message: "segmentation fault at address 0xdea8", function: "CrashingFunction.writeToNowhere() -> ()"),
            ])
        func crash(_ expected: Expectation) async throws {
            let api = try ScriptedRuntimeAPI([
                .init(
                    requestID: "r1", body: #"{"crash":"\#(expected.crash)"}"#,
                    headers: [("Lambda-Runtime-Invocation-Id", "i1"), ("Lambda-Runtime-Aws-Tenant-Id", "blue")])
            ])
            defer { api.stop() }
            let end = try await CrashingProcess.run(api.environment)

            #expect(end.reason == .uncaughtSignal)
            #expect(expected.signals.contains(end.status), "signal \(end.status)")
            #expect(api.posts.map(\.path) == ["/invocation/r1/error"])
            let post = try #require(api.posts.first)
            #expect(post.headers["Lambda-Runtime-Function-Error-Type"] == expected.type)
            #expect(post.headers["Lambda-Runtime-Invocation-Id"] == "i1")
            #expect(post.object?["errorType"] as? String == expected.type)
            let message = try #require(post.object?["errorMessage"] as? String)
            #expect(message.contains(expected.message), "\(message)")
            let trace = try #require(post.object?["stackTrace"] as? [String])
            #expect(trace.contains { $0.hasPrefix(expected.function) && $0.contains("(CrashingFunction + 0x") }, "\(trace)")
            #expect(trace.contains { $0.hasPrefix("CrashingFunction.CrashingHandler.handle(") }, "\(trace)")
            #expect(trace.contains { $0.hasSuffix(" more …") } == (expected.crash == "stackOverflow"))

            let causeText = try #require(post.headers["Lambda-Runtime-Function-XRay-Error-Cause"])
            let cause = try #require(try JSONSerialization.jsonObject(with: Data(causeText.utf8)) as? [String: Any])
            let exception = try #require((cause["exceptions"] as? [[String: Any]])?.first)
            #expect(exception["type"] as? String == expected.type)
            #expect(exception["message"] as? String == message)

            let line = try #require(end.fatalLine)
            #expect(line["requestId"] as? String == "r1")
            #expect(line["tenantId"] as? String == "blue")
            #expect(line["errorMessage"] as? String == message)
            #expect(line["stackTrace"] as? [String] == trace)
            // What Swift says of it still stands where it always does.
            if expected.type == "Runtime.FatalError" { #expect(end.errors.contains("Fatal error: ")) }
        }

        @Test("a signal from outside is told too")
        func killed() async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: #"{"crash":"killed"}"#)])
            defer { api.stop() }
            let end = try await CrashingProcess.run(api.environment)
            #expect(end.reason == .uncaughtSignal && end.status == SIGSEGV)
            #expect(api.posts.first?.object?["errorMessage"] as? String == "segmentation fault")
        }

        @Test("after a suspension the trace follows the async callers")
        func asyncCallers() async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: #"{"crash":"fatalError","suspends":true}"#)])
            defer { api.stop() }
            _ = try await CrashingProcess.run(api.environment)
            let trace = try #require(api.posts.first?.object?["stackTrace"] as? [String])
            let places = ["giveUp()", "crashAfterSuspension", "CrashingHandler.handle"].map { name in
                trace.firstIndex { $0.contains(name) } ?? -1
            }
            #expect(places[0] >= 0 && places[0] < places[1] && places[1] < places[2], "\(trace)")
        }

        @Test("a crash in the init phase is its error")
        func initPhase() async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: "{}")])
            defer { api.stop() }
            let variables = api.environment.variables.merging(["CRASH_IN_INIT": "nilUnwrapped"]) { $1 }
            let end = try await CrashingProcess.run(.init(variables: variables))
            #expect(end.reason == .uncaughtSignal)
            #expect(api.posts.map(\.path) == ["/init/error"])
            #expect(api.posts.first?.object?["errorType"] as? String == "Runtime.FatalError")
            #expect(end.fatalLine?["requestId"] == nil)
        }

        @Test("of concurrent invocations the crashed one is told the error, the others that the process ended")
        func concurrent() async throws {
            let api = try ScriptedRuntimeAPI([
                .init(requestID: "r1", body: #"{"inFlight":3}"#), .init(requestID: "r2", body: #"{"inFlight":3}"#),
                .init(requestID: "r3", body: #"{"inFlight":3,"crash":"personal"}"#),
            ])
            defer { api.stop() }
            let variables = api.environment.variables.merging(["AWS_LAMBDA_MAX_CONCURRENCY": "3"]) { $1 }
            let end = try await CrashingProcess.run(.init(variables: variables))
            #expect(end.reason == .uncaughtSignal)
            #expect(api.posts.first?.path == "/invocation/r3/error")
            #expect(Set(api.posts.map(\.path)) == Set((1...3).map { "/invocation/r\($0)/error" }))
            let types = Dictionary(uniqueKeysWithValues: api.posts.map { ($0.path, $0.object?["errorType"] as? String) })
            #expect(types["/invocation/r3/error"] == "Runtime.FatalError")
            #expect(types["/invocation/r1/error"] == "Runtime.CrashElsewhere")
            let others = api.posts.filter { $0.path != "/invocation/r3/error" }
            #expect(others.allSatisfy { !$0.text.contains("jane") })
            #expect(end.fatalLine?["message"] as? String == "\(end.file ?? ""): Fatal error: no such user: [email]")
        }

        @Test("what an ended invocation left behind is logged as its own, and not told to the one that runs")
        func leftBehind() async throws {
            let api = try ScriptedRuntimeAPI([
                .init(requestID: "r1", body: #"{"crash":"personal","leavesBehind":true}"#), .init(requestID: "r2", body: "{}"),
            ])
            defer { api.stop() }
            let end = try await CrashingProcess.run(api.environment)
            #expect(end.reason == .uncaughtSignal)
            #expect(api.posts.map(\.path) == ["/invocation/r1/response", "/invocation/r2/error"])
            #expect(api.posts.last?.object?["errorType"] as? String == "Runtime.CrashElsewhere")
            #expect(end.fatalLine?["requestId"] as? String == "r1")
            #expect(end.fatalLine?["errorType"] as? String == "Runtime.FatalError")
        }

        @Test(
            "an end without a crash writes what was printed, and takes nothing from under threads that may still run",
            .timeLimit(.minutes(1)))
        func noCrash() async throws {
            let api = try ScriptedRuntimeAPI([])
            defer { api.stop() }
            let variables = api.environment.variables.merging(["FAIL_IN_INIT": "1"]) { $1 }
            let end = try await CrashingProcess.run(.init(variables: variables))
            #expect(end.reason == .exit && end.status == 1)
            #expect(api.posts.map(\.path) == ["/init/error"])
            #expect(end.output.contains("printed"))
            #expect(!end.output.contains("cleaned up"))
        }

        @Test("in the text format the crash is one line")
        func textFormat() async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: #"{"crash":"fatalError"}"#)])
            defer { api.stop() }
            let variables = api.environment.variables.merging(["AWS_LAMBDA_LOG_FORMAT": "Text"]) { $1 }
            let end = try await CrashingProcess.run(.init(variables: variables))
            let lines = end.output.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.first?.hasSuffix("\tr1\tINFO\tbegun crash=fatalError") == true)
            #expect(lines.last?.contains("\tr1\tFATAL\tRuntime.FatalError: ") == true)
            #expect(lines.last?.contains("\r    at CrashingFunction.giveUp() -> () + ") == true)
        }

        @Test("a Runtime API that takes the report and never answers does not keep the process")
        func deaf() async throws {
            let api = try UnreliableRuntimeAPI([])
            let end = try await CrashingProcess.run(
                .init(variables: ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(api.port)", "CRASH_IN_INIT": "fatalError"]))
            #expect(end.reason == .uncaughtSignal)
            #expect(try api.stop() == ["1 /init/error"])
        }
    }

    /// `CrashingFunction`, which is built beside the tests.
    enum CrashingProcess {
        struct End: Sendable {
            var reason: Process.TerminationReason
            /// The signal where there was one.
            var status: Int32
            var output: String
            var errors: String

            /// The log's line with the most to tell.
            var fatalLine: [String: Any]? {
                output.split(separator: "\n").lazy
                    .compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
                    .first { $0["level"] as? String == "FATAL" }
            }

            /// The place that Swift put in front of its message.
            var file: String? {
                errors.split(separator: ": Fatal error").first.map(String.init)
            }
        }

        static func run(_ environment: LambdaEnvironment) async throws -> End {
            let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            let process = Process()
            process.executableURL = folder.appendingPathComponent("CrashingFunction")
            // Without Swift's own backtracer, which a developer's machine may have switched on.
            let variables = environment.variables.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
            process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
            let (output, errors) = (Pipe(), Pipe())
            process.standardOutput = output
            process.standardError = errors
            let ended = AsyncStream<Void> { continuation in
                process.terminationHandler = { _ in continuation.finish() }
            }
            try process.run()
            let outputTask = Task.detached { try output.fileHandleForReading.readToEnd() ?? Data() }
            let errorsTask = Task.detached { try errors.fileHandleForReading.readToEnd() ?? Data() }
            for await _ in ended {}
            return End(
                reason: process.terminationReason, status: process.terminationStatus,
                output: String(decoding: try await outputTask.value, as: UTF8.self),
                errors: String(decoding: try await errorsTask.value, as: UTF8.self))
        }
    }
#endif
