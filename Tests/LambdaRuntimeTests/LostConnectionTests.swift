import Foundation
import Synchronization
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("A connection that is lost")
    struct LostConnectionTests {
        /// Serves `count` invocations of `1` and returns the exit code, the calls and the log.
        private func run(_ steps: [String], count: Int) async throws -> (code: Int32, calls: [String], log: LogLines) {
            let api = try UnreliableRuntimeAPI(steps)
            let log = LogLines()
            let environment = LambdaEnvironment(variables: [
                "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(api.port)", "AWS_LAMBDA_LOG_FORMAT": "JSON",
            ])
            let code = await LambdaRuntime.serve(environment: environment, log: { log.add($0) }, limit: count) { _ in
                ClosureHandler { (number: Int, _) in number }
            }
            return (code, try api.stop(), log)
        }

        @Test("a server that closes between two calls is connected to again, and nobody notices")
        func closedBetween() async throws {
            let result = try await run(["event a", "202 bye", "event b bye", "202", "event c", "202"], count: 3)
            #expect(result.code == 0)
            #expect(
                result.calls.map { $0.drop { $0 != " " }.dropFirst() } == [
                    "/invocation/next", "/invocation/a/response", "/invocation/next", "/invocation/b/response",
                    "/invocation/next", "/invocation/c/response",
                ])
            #expect(result.log.all == [])
        }

        @Test("a next without an answer, or with half of one, is called again")
        func lostNext() async throws {
            let result = try await run(["hang up", "half", "event a", "202"], count: 1)
            #expect(result.code == 0)
            #expect(result.calls.last?.hasSuffix("/invocation/a/response") == true)
            #expect(result.calls.count == 4)
        }

        @Test("an answer that may not have arrived is sent again; that it is refused then is no error")
        func lostAnswer() async throws {
            let result = try await run(
                ["event a bye", "hang up", "202", "event b bye", "hang up", "403", "event c", "202"], count: 3)
            #expect(result.code == 0)
            #expect(result.calls.filter { $0.hasSuffix("/a/response") }.count == 2)
            #expect(result.calls.filter { $0.hasSuffix("/b/response") }.count == 2)
            #expect(result.calls.last?.hasSuffix("/c/response") == true)
            #expect(!result.log.objects.contains { $0["level"] == "ERROR" })
        }

        @Test("a Runtime API that always hangs up ends the process, not with 0")
        func always() async throws {
            let result = try await run(Array(repeating: "hang up", count: 20), count: 1)
            #expect(result.code == 1)
            #expect(result.calls.count == BackOff.quick.pauses.count + 1)
            #expect(result.log.objects.last?["level"] == "FATAL")
        }

        @Test("a Runtime API that is not there yet is waited for a moment")
        func startsLate() async throws {
            let gone = try ScriptedRuntimeAPI([])
            gone.stop()
            let started = Mutex<ScriptedRuntimeAPI?>(nil)
            let log = LogLines()
            let code = await LambdaRuntime.serve(
                environment: gone.environment,
                log: { line in
                    log.add(line)
                    // The first try has failed: it comes up before the second.
                    started.withLock { api in
                        if api == nil {
                            api = try? ScriptedRuntimeAPI([.init(requestID: "r1", body: "1")], port: gone.port)
                        }
                    }
                }, limit: 1
            ) { _ in ClosureHandler { (number: Int, _) in number } }
            let api = try #require(started.withLock { $0 })
            defer { api.stop() }
            #expect(code == 0)
            #expect(api.posts.map(\.path) == ["/invocation/r1/response"])
            #expect(log.objects.map { $0["level"] } == ["WARN"])
        }
    }
}
