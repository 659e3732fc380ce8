import Foundation
import Synchronization
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("Concurrent invocations", .timeLimit(.minutes(1)))
    struct ConcurrencyTests {
        private func variables(_ count: Int) -> [String: String] { ["AWS_LAMBDA_MAX_CONCURRENCY": String(count)] }

        private func events(_ count: Int) -> [ScriptedRuntimeAPI.Event] {
            (0..<count).map { .init(requestID: "r\($0)", body: "\($0)", headers: [("Lambda-Runtime-Trace-Id", "Root=\($0)")]) }
        }

        /// Opens when as many have come as it waits for.
        private actor Barrier {
            private var missing: Int
            private var waiting: [CheckedContinuation<Void, Never>] = []

            init(_ count: Int) { missing = count }

            func pass() async {
                missing -= 1
                if missing > 0 { return await withCheckedContinuation { waiting.append($0) } }
                waiting.forEach { $0.resume() }
            }
        }

        @Test("as many invocations as the variable says run beside each other, each with its own context and answer")
        func beside() async throws {
            let barrier = Barrier(5)
            let result = try await serve(events(10), variables: variables(5)) { (number: Int, context) in
                if number < 5 { await barrier.pass() }
                #expect(context.requestID == "r\(number)")
                #expect(context.traceID == "Root=\(number)")
                #expect(getenv("_X_AMZN_TRACE_ID") == nil)
                return number * 2
            }
            #expect(result.code == 0)
            #expect(result.posts.count == 10)
            for post in result.posts {
                #expect(post.requestID.map { "/invocation/\($0)/response" } == post.path)
                #expect(post.requestID.flatMap { Int($0.dropFirst()) } == Int(post.text).map { $0 / 2 })
            }
            #expect(result.log.all == [])
        }

        /// Each blocks its thread until all are there: more than the cooperative pool has threads for.
        @Test("handlers that block their threads hold up no other")
        func blocking() async throws {
            let count = 4 * ProcessInfo.processInfo.activeProcessorCount
            let missing = Mutex(count)
            let opened = DispatchSemaphore(value: 0)
            let result = try await serve(events(count), variables: variables(count)) { (number: Int, _) in
                let isLast = missing.withLock { missing in
                    missing -= 1
                    return missing == 0
                }
                if isLast { for _ in 1..<count { opened.signal() } } else { Self.block(on: opened) }
                return number
            }
            #expect(result.posts.count == count)
        }

        private static func block(on semaphore: DispatchSemaphore) { semaphore.wait() }

        @Test("a slow invocation and failing ones hold up no other")
        func slowAndFailing() async throws {
            struct Failure: Error {}
            let (others, othersAreAnswered) = AsyncStream.makeStream(of: Void.self)
            let answered = Atomic<Int>(0)
            let api = try ScriptedRuntimeAPI(
                events(9),
                onPost: { _ in
                    if answered.wrappingAdd(1, ordering: .relaxed).newValue == 8 { othersAreAnswered.finish() }
                })
            defer { api.stop() }
            let environment = LambdaEnvironment(variables: api.environment.variables.merging(variables(2)) { $1 })
            let code = await LambdaRuntime.serve(environment: environment, log: { _ in }, limit: 9) { _ in
                ClosureHandler { (number: Int, _) in
                    if number == 0 { for await _ in others {} }
                    if number % 2 == 1 { throw Failure() }
                    return number
                }
            }
            #expect(code == 0)
            #expect(api.posts.count == 9)
            #expect(api.posts.last?.path == "/invocation/r0/response")
            #expect(api.posts.filter { $0.path.hasSuffix("/error") }.count == 4)
        }

        @Test("the environment is lost for all loops: what runs is answered, and the process ends, not with 0")
        func lost() async throws {
            let (failed, hasFailed) = AsyncStream.makeStream(of: Void.self)
            let api = try ScriptedRuntimeAPI(
                [.init(requestID: "r0", body: "0", replyStatus: 500), .init(requestID: "r1", body: "1")],
                onPost: { if $0.requestID == "r0" { hasFailed.finish() } })
            defer { api.stop() }
            let environment = LambdaEnvironment(variables: api.environment.variables.merging(variables(3)) { $1 })
            let barrier = Barrier(2)
            let code = await LambdaRuntime.serve(environment: environment, log: { _ in }, limit: nil) { _ in
                ClosureHandler { (number: Int, _) in
                    await barrier.pass()
                    if number == 1 { for await _ in failed {} }
                    return number
                }
            }
            #expect(code == 1)
            #expect(Set(api.posts.map(\.path)) == ["/invocation/r0/response", "/invocation/r1/response"])
        }

        @Test("one invocation at most is the cold start")
        func coldStart() async throws {
            let cold = Mutex(0)
            _ = try await serve(events(20), variables: variables(4)) { (_: Int, context) in
                if context.isColdStart { cold.withLock { $0 += 1 } }
                return true
            }
            #expect(cold.withLock { $0 } == 1)
        }

        @Test("a variable that is no number of invocations counts as missing", arguments: ["", "0", "-1", "many"])
        func noNumber(value: String) async throws {
            #expect(LambdaEnvironment(variables: ["AWS_LAMBDA_MAX_CONCURRENCY": value]).maximumConcurrency == nil)
            let result = try await serve(events(2), variables: ["AWS_LAMBDA_MAX_CONCURRENCY": value]) { (_: Int, _) in
                getenv("_X_AMZN_TRACE_ID").map { String(cString: $0) }
            }
            #expect(result.posts.map(\.text) == [#""Root=0""#, #""Root=1""#])
        }
    }
}
