import Foundation
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("An answer of the Runtime API")
    struct RuntimeAPIAnswersTests {
        @Test(
            "a next that is not 200 is never run as an event, and is tried again",
            arguments: [202, 204, 301, 403, 404, 429, 502, 503])
        func nextAgain(status: Int) async throws {
            let result = try await serve([.init(requestID: "r1", body: "1")], nextStatuses: [status, status]) {
                (number: Int, context) in
                #expect(context.requestID == "r1")
                return number
            }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/r1/response"])
            #expect(result.log.objects.map { $0["level"] } == ["WARN", "WARN"])
            #expect(result.log.objects.first?["message"]?.contains("answered \(status) to next") == true)
        }

        @Test("a next that stays wrong ends the process after as many tries as there are pauses")
        func nextNever() async throws {
            let tries = BackOff.quick.pauses.count + 1
            let result = try await serve(
                [.init(requestID: "r1", body: "1")], nextStatuses: .init(repeating: 503, count: tries)
            ) { (number: Int, _) in number }
            #expect(result.code == 1)
            #expect(result.posts.isEmpty)
            #expect(result.log.objects.last?["level"] == "FATAL")
            #expect(result.log.objects.count == tries)
        }

        @Test("each next has its own tries: one that came in the end counts no failure before it")
        func triesStartOver() async throws {
            let api = try ScriptedRuntimeAPI(
                [.init(requestID: "r1", body: "1")], nextStatuses: .init(repeating: 503, count: BackOff.quick.pauses.count))
            defer { api.stop() }
            let code = await LambdaRuntime.serve(environment: api.environment, log: { _ in }, limit: 1) { _ in
                ClosureHandler { (number: Int, _) in number }
            }
            #expect(code == 0)
            #expect(api.posts.map(\.path) == ["/invocation/r1/response"])
        }

        @Test("a 500 to next ends the process at once")
        func nextContainerError() async throws {
            let result = try await serve([.init(requestID: "r1", body: "1")], nextStatuses: [500]) { (number: Int, _) in number }
            #expect(result.code == 1)
            #expect(result.posts.isEmpty)
            #expect(result.log.objects.map { $0["level"] } == ["FATAL"])
        }

        @Test("an event without a request id could not be answered: next is called again")
        func noRequestID() async throws {
            let api = try ScriptedRuntimeAPI([.init(requestID: "", body: "1"), .init(requestID: "r2", body: "2")])
            defer { api.stop() }
            let log = LogLines()
            let code = await LambdaRuntime.serve(environment: api.environment, log: { log.add($0) }, limit: 1) { _ in
                ClosureHandler { (number: Int, _) in number }
            }
            #expect(code == 0)
            #expect(api.posts.map(\.text) == ["2"])
            #expect(log.objects.first?["message"]?.contains("Lambda-Runtime-Aws-Request-Id") == true)
        }

        @Test("413 has answered the caller: no error is posted, and the loop goes on")
        func tooLarge() async throws {
            let result = try await serve([
                .init(requestID: "r1", body: "1", replyStatus: 413), .init(requestID: "r2", body: "2"),
            ]) { (number: Int, _) in number }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/r1/response", "/invocation/r2/response"])
        }

        @Test(
            "after a 400 the caller still waits: what can be posted is an error, and the loop goes on",
            arguments: [202, 400, 403])
        func badRequest(later: Int) async throws {
            let result = try await serve([
                .init(requestID: "r1", body: "1", replyStatus: 400, laterReplyStatus: later), .init(requestID: "r2", body: "2"),
            ]) { (number: Int, _) in number }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/r1/response", "/invocation/r1/error", "/invocation/r2/response"])
            #expect(result.posts[1].headers["Lambda-Runtime-Function-Error-Type"] == "Runtime.ResponseRefused")
            #expect(result.log.objects.compactMap { $0["status"] } == (later == 202 ? ["400"] : ["400", String(later)]))
        }

        @Test("an error that is refused is logged, and the loop goes on", arguments: [400, 403, 410, 413])
        func refusedError(status: Int) async throws {
            struct Failure: Error {}
            let result = try await serve([
                .init(requestID: "r1", body: "1", replyStatus: status), .init(requestID: "r2", body: "2"),
            ]) { (number: Int, _) in
                if number == 1 { throw Failure() }
                return number
            }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/r1/error", "/invocation/r2/response"])
            #expect(result.log.objects.last?["status"] == String(status))
        }

        @Test("a 500 to an error or to an init error ends the process, not with 0")
        func containerError() async throws {
            struct Failure: Error {}
            let result = try await serve([.init(requestID: "r1", body: "1", replyStatus: 500), .init(requestID: "r2", body: "2")])
            {
                (_: Int, _) -> Int in throw Failure()
            }
            #expect(result.code == 1)
            #expect(result.posts.map(\.path) == ["/invocation/r1/error"])
            let api = try ScriptedRuntimeAPI([], statuses: ["/init/error": 500])
            defer { api.stop() }
            let code = await LambdaRuntime.serve(environment: api.environment, log: { _ in }, limit: nil) {
                _ -> ClosureHandler<Int, Int> in throw Failure()
            }
            #expect(code == 1)
        }

        @Test("what has too much to do is asked again, and gives up on the answer alone")
        func busy() async throws {
            let result = try await serve([
                .init(requestID: "r1", body: "1", replyStatus: 503, laterReplyStatus: 202),
                .init(requestID: "r2", body: "2", replyStatus: 429), .init(requestID: "r3", body: "3"),
            ]) { (number: Int, _) in number }
            #expect(result.code == 0)
            let tries = BackOff.quick.pauses.count + 1
            #expect(
                result.posts.map(\.requestID)
                    == ["r1", "r1"] + Array(repeating: "r2", count: tries) + ["r3"])
        }

        @Test("the invocation id is said again on response and error, and nothing where there is none")
        func invocationID() async throws {
            struct Failure: Error {}
            let header = (name: "Lambda-Runtime-Invocation-Id", value: "0f3c-1")
            let result = try await serve([
                .init(requestID: "r1", body: "1", headers: [header]), .init(requestID: "r2", body: "2", headers: [header]),
                .init(requestID: "r3", body: "3"),
            ]) { (number: Int, context) in
                #expect(context.invocationID == (number == 3 ? nil : "0f3c-1"))
                if number == 2 { throw Failure() }
                return number
            }
            #expect(result.posts.map(\.path) == ["/invocation/r1/response", "/invocation/r2/error", "/invocation/r3/response"])
            #expect(result.posts.map { $0.headers["Lambda-Runtime-Invocation-Id"] } == ["0f3c-1", "0f3c-1", nil])
        }

        @Test("a request id that a path cannot hold is encoded")
        func oddRequestID() async throws {
            let result = try await serve([.init(requestID: "a b/ü?", body: "1")]) { (number: Int, _) in number }
            #expect(result.posts.map(\.path) == ["/invocation/a%20b%2F%C3%BC%3F/response"])
        }
    }
}
