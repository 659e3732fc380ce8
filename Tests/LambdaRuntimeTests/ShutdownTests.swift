import Foundation
import Synchronization
import Testing

@testable import LambdaRuntime

extension LoopTests {
    /// With the signal itself, sent to the tests' own process.
    @Suite("SIGTERM", .timeLimit(.minutes(1)))
    struct ShutdownTests {
        /// What happened, in turn.
        private final class Events: Sendable {
            private let texts = Mutex<[String]>([])
            func add(_ text: String) { texts.withLock { $0.append(text) } }
            var all: [String] { texts.withLock { $0 } }
        }

        private static func terminate() { kill(getpid(), SIGTERM) }

        private func run(
            _ api: ScriptedRuntimeAPI, variables: [String: String] = [:], grace: LoopGroup.Grace = .patient, _ events: Events,
            _ body: @escaping @Sendable (Int, LambdaContext) async throws -> Int
        ) async -> Int32 {
            await LambdaRuntime.serve(
                environment: .init(variables: api.environment.variables.merging(variables) { $1 }), log: { _ in }, limit: nil,
                grace: grace, handlesSIGTERM: true, onShutdown: { _ in events.add("hook") }
            ) { _ in ClosureHandler(body: body) }
        }

        @Test("a runtime that waits ends with 0, after its hook", arguments: [[:], ["AWS_LAMBDA_MAX_CONCURRENCY": "4"]])
        func idle(variables: [String: String]) async throws {
            let events = Events()
            let waits = Atomic<Int>(0)
            let loops = variables.isEmpty ? 1 : 4
            let api = try ScriptedRuntimeAPI([]) {
                if waits.wrappingAdd(1, ordering: .relaxed).newValue == loops { Self.terminate() }
            }
            defer { api.stop() }
            #expect(await run(api, variables: variables, events) { number, _ in number } == 0)
            #expect(events.all == ["hook"])
            #expect(api.posts.isEmpty)
        }

        @Test("an invocation that ends in time is answered before the hook runs, and no other is taken")
        func finished() async throws {
            let events = Events()
            let api = try ScriptedRuntimeAPI(
                [.init(requestID: "r1", body: "1"), .init(requestID: "r2", body: "2")], onPost: { events.add($0.path) })
            defer { api.stop() }
            let code = await run(api, events) { number, _ in
                Self.terminate()
                // Its cancellation shows that the signal has been seen.
                while !Task.isCancelled { await Task.yield() }
                return number
            }
            #expect(code == 0)
            #expect(events.all == ["/invocation/r1/response", "hook"])
        }

        @Test("a finished answer is tried again although the runtime is to end", arguments: [1, 2])
        func repeatedAnswer(failures: Int) async throws {
            let steps = ["event a", "502", "hang up"].prefix(1 + failures) + ["202"]
            let api = try UnreliableRuntimeAPI(Array(steps))
            let environment = LambdaEnvironment(variables: ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(api.port)"])
            let code = await LambdaRuntime.serve(
                environment: environment, log: { _ in }, limit: nil, handlesSIGTERM: true
            ) { _ in
                ClosureHandler { (number: Int, _) in
                    Self.terminate()
                    while !Task.isCancelled { await Task.yield() }
                    return number
                }
            }
            #expect(code == 0)
            let calls = try api.stop().map { String($0.drop { $0 != " " }.dropFirst()) }
            #expect(
                calls == ["/invocation/next"] + Array(repeating: "/invocation/a/response", count: failures + 1))
        }

        @Test("an invocation that does not is cancelled, and its error is answered")
        func cancelled() async throws {
            let events = Events()
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: "1")], onPost: { events.add($0.path) })
            defer { api.stop() }
            let code = await run(api, events) { number, _ in
                Self.terminate()
                try await Task.sleep(for: .seconds(600))
                return number
            }
            #expect(code == 0)
            #expect(events.all == ["/invocation/r1/error", "hook"])
            #expect(api.posts.first?.headers["Lambda-Runtime-Function-Error-Type"] == "Runtime.ShuttingDown")
        }

        @Test("an invocation that does not listen is left, and the hook runs all the same")
        func deaf() async throws {
            let events = Events()
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: "1")])
            defer { api.stop() }
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            let code = await run(api, grace: .init(), events) { number, _ in
                Self.terminate()
                await Task { for await _ in released {} }.value
                return number
            }
            #expect(code == 0)
            #expect(events.all == ["hook"])
            #expect(api.posts.isEmpty)
            release.finish()
        }

        @Test("the time that invocations get leaves the hook its part of the 500 ms that Lambda waits")
        func grace() {
            let grace = LoopGroup.Grace()
            #expect(grace.untilCancellation < grace.untilEnd)
            #expect(grace.untilEnd <= .milliseconds(250))
        }

        @Test("a hook that never ends is not waited for for ever")
        func hangingHook() async {
            #expect(await !ShutdownHook.run({ try? await Task.sleep(for: .seconds(600)) }, timeLimit: .milliseconds(1)))
            #expect(await ShutdownHook.run({}))
        }

        @Test("the hook also runs where the Runtime API is gone")
        func lost() async throws {
            let events = Events()
            let api = try ScriptedRuntimeAPI([], nextStatuses: [500])
            defer { api.stop() }
            #expect(await run(api, events) { number, _ in number } == 1)
            #expect(events.all == ["hook"])
        }
    }

    @Suite("The internal extension", .timeLimit(.minutes(1)))
    struct InternalExtensionTests {
        @Test("is registered for no event before the first next where there is a hook, and asks for its next")
        func registered() async throws {
            let order = Mutex<[String]>([])
            let (waits, waiting) = AsyncStream.makeStream(of: Void.self)
            let api = try ScriptedRuntimeAPI(
                [.init(requestID: "r1", body: "1")], extensionStatus: 200, onWait: { waiting.yield() })
            defer { api.stop() }
            let environment = api.environment
            let loop = Task {
                await LambdaRuntime.serve(
                    environment: environment, log: { _ in }, limit: nil, onShutdown: { _ in order.withLock { $0.append("hook") } }
                ) { _ in
                    ClosureHandler { (number: Int, _) in
                        order.withLock { $0.append("registered \(!api.extensionCalls.isEmpty)") }
                        return number
                    }
                }
            }
            var count = 0
            // The extension's and the loop's.
            for await _ in waits {
                count += 1
                if count == 2 { break }
            }
            loop.cancel()
            #expect(await loop.value == 0)
            #expect(order.withLock { $0 } == ["registered true", "hook"])
            #expect(
                api.extensionCalls == [
                    #"POST /2020-01-01/extension/register roost-shutdown {"events":[]}"#,
                    "GET /2020-01-01/extension/event/next extension-1 ",
                ])
        }

        @Test("a Runtime API without it is served all the same, and only the debug log says so", arguments: [403, 404, 500])
        func missing(status: Int) async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: "1")], extensionStatus: status)
            defer { api.stop() }
            for level in ["DEBUG", "INFO"] {
                let log = LogLines()
                let environment = LambdaEnvironment(
                    variables: api.environment.variables.merging(["AWS_LAMBDA_LOG_LEVEL": level]) { $1 })
                api.add(.init(requestID: "r-\(level)", body: "1"))
                let code = await LambdaRuntime.serve(
                    environment: environment, log: { log.add($0) }, limit: 1, onShutdown: { _ in }
                ) { _ in ClosureHandler { (number: Int, _) in number } }
                #expect(code == 0)
                #expect(log.objects.map { $0["level"] } == (level == "DEBUG" ? ["DEBUG"] : []))
            }
        }

        @Test("is not registered without a hook")
        func noHook() async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: "1")], extensionStatus: 200)
            defer { api.stop() }
            _ = await LambdaRuntime.serve(environment: api.environment, log: { _ in }, limit: 1) { _ in
                ClosureHandler { (number: Int, _) in number }
            }
            #expect(api.extensionCalls.isEmpty)
        }
    }
}
