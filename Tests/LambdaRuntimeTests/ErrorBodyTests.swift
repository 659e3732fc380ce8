import Foundation
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("What is told of an error")
    struct ErrorBodyTests {
        struct Traced: LambdaErrorRepresentable {
            var errorType = "OrderNotFound"
            var errorMessage = "no order \"7\" für Zoë 😀\nat all"
            var stackTrace = ["find(id:) at Orders.swift:12", "handle(_:context:) at Handler.swift:7"]
        }

        private func post(_ error: any Error) async throws -> ScriptedRuntimeAPI.Post {
            let result = try await serve([.init(requestID: "r1", body: "1")]) { (_: Int, _) -> Int in throw error }
            return try #require(result.posts.first)
        }

        @Test("the body has type, message and stack trace")
        func body() async throws {
            let object = try #require(try await post(Traced()).object)
            #expect(Set(object.keys) == ["errorType", "errorMessage", "stackTrace"])
            #expect(object["errorType"] as? String == "OrderNotFound")
            #expect(object["errorMessage"] as? String == Traced().errorMessage)
            #expect(object["stackTrace"] as? [String] == Traced().stackTrace)
        }

        /// The document's names: AWS X-Ray Developer Guide, "X-Ray segment documents", "Errors and exceptions".
        @Test("X-Ray's cause goes along in a header, in ASCII")
        func cause() async throws {
            let post = try await post(Traced())
            let text = try #require(post.headers["Lambda-Runtime-Function-XRay-Error-Cause"])
            #expect(text.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
            let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(Set(object.keys) == ["working_directory", "exceptions", "paths"])
            #expect(object["working_directory"] as? String == FileManager.default.currentDirectoryPath)
            #expect((object["paths"] as? [Any])?.isEmpty == true)
            let exception = try #require((object["exceptions"] as? [[String: Any]])?.first)
            #expect(exception["type"] as? String == "OrderNotFound")
            #expect(exception["message"] as? String == Traced().errorMessage)
            #expect(exception["stack"] as? [[String: String]] == Traced().stackTrace.map { ["label": $0] })
        }

        @Test("a cause of 1 MiB is left out, and the error is posted without it")
        func longCause() async throws {
            let long = Traced(stackTrace: [String(repeating: "a", count: 1 << 20)])
            let short = Traced(stackTrace: [String(repeating: "a", count: (1 << 20) - (6 << 10))])
            let posts = [try await post(long), try await post(short)]
            #expect(posts[0].headers["Lambda-Runtime-Function-XRay-Error-Cause"] == nil)
            #expect(posts[0].object?["errorType"] as? String == "OrderNotFound")
            let sent = try #require(posts[1].headers["Lambda-Runtime-Function-XRay-Error-Cause"])
            #expect(sent.utf8.count < 1 << 20 && sent.utf8.count > 1_000_000)
        }

        @Test("of an endless recursion the innermost frames are told")
        func deepTrace() async throws {
            let object = try #require(
                try await post(Traced(stackTrace: (0..<100_000).map { "frame \($0)" })).object?["stackTrace"] as? [String])
            #expect(object.count == 256)
            #expect(object.first == "frame 0")
        }

        @Test("an init error says the same in its body and has no cause of an invocation")
        func initError() async throws {
            let api = try ScriptedRuntimeAPI([])
            defer { api.stop() }
            let code = await LambdaRuntime.serve(environment: api.environment, log: { _ in }, limit: nil) {
                _ -> ClosureHandler<Int, Int> in throw Traced()
            }
            #expect(code == 1)
            let post = try #require(api.posts.first)
            #expect(post.path == "/init/error")
            #expect(post.headers["Lambda-Runtime-Function-Error-Type"] == "Function.OrderNotFound")
            #expect(post.headers["Content-Type"] == "application/vnd.aws.lambda.error+json")
            #expect(post.object?["stackTrace"] as? [String] == Traced().stackTrace)
            #expect(post.headers["Lambda-Runtime-Function-XRay-Error-Cause"] == nil)
        }
    }
}
