import Foundation
import Synchronization
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("Where the process ends")
    struct ProcessEndTests {
        @Test("a Runtime API that nobody listens at: a few tries, a message with the address, and code 1")
        func refused() async throws {
            let api = try ScriptedRuntimeAPI([])
            api.stop()
            let log = LogLines()
            let code = await LambdaRuntime.serve(environment: api.environment, log: { log.add($0) }, limit: nil) { _ in
                ClosureHandler { (number: Int, _) in number }
            }
            #expect(code == 1)
            #expect(log.objects.map { $0["level"] } == BackOff.quick.pauses.map { _ in "WARN" } + ["FATAL"])
            let message = try #require(log.objects.last?["message"])
            #expect(message.hasPrefix("the Runtime API cannot be reached: connection refused: http://127.0.0.1:\(api.port)/"))
        }

        @Test("without AWS_LAMBDA_RUNTIME_API: a message that names it and code 1")
        func noAddress() async throws {
            let log = LogLines()
            let code = await LambdaRuntime.serve(
                environment: .init(variables: ["AWS_LAMBDA_LOG_FORMAT": "JSON"]), log: { log.add($0) }, limit: nil
            ) { _ in
                ClosureHandler { (number: Int, _) in number }
            }
            #expect(code == 1)
            #expect(log.objects.first?["message"] == "the environment variable AWS_LAMBDA_RUNTIME_API is not set")
        }

        @Test("a handler that cannot be made: the init error is posted, no event is taken, code 1", arguments: [202, 403])
        func initError(status: Int) async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: "1")], statuses: ["/init/error": status])
            defer { api.stop() }
            let log = LogLines()
            let code = await LambdaRuntime.serve(environment: api.environment, log: { log.add($0) }, limit: nil) { environment in
                let table = try environment.require("TABLE")
                return ClosureHandler { (_: Int, _) in table }
            }
            #expect(code == 1)
            #expect(api.posts.map(\.path) == ["/init/error"])
            let post = try #require(api.posts.first)
            #expect(post.headers["Lambda-Runtime-Function-Error-Type"] == "Function.MissingEnvironmentVariable")
            #expect(post.object?["errorMessage"] as? String == "the environment variable TABLE is not set")
            #expect(log.objects.first?["level"] == "FATAL")
        }

        @Test("the handler is made once, with the environment")
        func madeOnce() async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: "1"), .init(requestID: "r2", body: "2")])
            defer { api.stop() }
            let made = Mutex(0)
            let code = await LambdaRuntime.serve(environment: api.environment, log: { _ in }, limit: 2) { environment in
                #expect(environment.runtimeAPI == "127.0.0.1:\(api.port)")
                made.withLock { $0 += 1 }
                return ClosureHandler { (number: Int, _) in number }
            }
            #expect(code == 0)
            #expect(made.withLock { $0 } == 1)
        }
    }
}
