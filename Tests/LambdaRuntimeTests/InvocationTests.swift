import Foundation
import RoostHTTPClient
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("An invocation")
    struct InvocationTests {
        struct Order: Codable, Sendable {
            var id: Int
            var note: String?
        }

        @Test("each event's answer is posted under its request id, in turn")
        func answers() async throws {
            let result = try await serve([
                .init(requestID: "one", body: #"{"id":1}"#), .init(requestID: "two", body: #"{"id":2,"note":"ü/\u2028"}"#),
            ]) { (order: Order, _) in Order(id: order.id * 10, note: order.note) }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/one/response", "/invocation/two/response"])
            #expect(result.posts.map(\.headers["Content-Type"]) == ["application/json", "application/json"])
            #expect(result.posts.first?.text == #"{"id":10}"#)
            #expect(result.posts.last?.object?["id"] as? Int == 20)
            #expect(result.posts.last?.object?["note"] as? String == "ü/\u{2028}")
            #expect(result.log.all == [])
        }

        @Test("bytes pass as they are, and no answer is null")
        func bytes() async throws {
            let raw = try await serve([.init(requestID: "r1", body: "no JSON at all"), .init(requestID: "r2", body: "")]) {
                (event: Data, _) in event + Data("!".utf8)
            }
            #expect(raw.posts.map(\.text) == ["no JSON at all!", "!"])
            let none = try await serve([.init(requestID: "r1", body: "{}")]) { (_: [String: String], _) in NoAnswer() }
            #expect(none.posts.map(\.text) == ["null"])
        }

        @Test("the context is what the headers say")
        func context() async throws {
            let arn = "arn:aws:lambda:us-east-2:123456789012:function:custom-runtime:live"
            let headers = [
                (name: "Lambda-Runtime-Deadline-Ms", value: "4102444800123"),
                (name: "Lambda-Runtime-Invoked-Function-Arn", value: arn),
                (
                    name: "lambda-runtime-trace-id",
                    value: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1"
                ),
                (name: "Lambda-Runtime-Client-Context", value: #"{"custom":{"a":"b"}}"#),
                (name: "Lambda-Runtime-Cognito-Identity", value: #"{"cognitoIdentityId":"x"}"#),
                (name: "Lambda-Runtime-Aws-Tenant-Id", value: "tenant-7"),
            ]
            let result = try await serve([.init(requestID: "r1", body: "{}", headers: headers)]) {
                (_: [String: String], context) in
                #expect(context.requestID == "r1")
                #expect(abs(context.deadline.timeIntervalSince1970 - 4_102_444_800.123) < 0.0001)
                #expect(RequestDeadline.current == context.deadline)
                #expect(context.invokedFunctionARN == arn)
                #expect(context.traceID == headers[2].value)
                #expect(context.clientContext == #"{"custom":{"a":"b"}}"#)
                #expect(context.cognitoIdentity == #"{"cognitoIdentityId":"x"}"#)
                #expect(context.tenantID == "tenant-7")
                #expect(getenv("_X_AMZN_TRACE_ID").map { String(cString: $0) } == headers[2].value)
                return "seen"
            }
            #expect(result.posts.first?.text == #""seen""#)
            #expect(getenv("_X_AMZN_TRACE_ID") == nil)
        }

        @Test("headers that are optional may be missing, and the trace of the invocation before is gone")
        func missingHeaders() async throws {
            let result = try await serve([
                .init(requestID: "r1", body: "{}", headers: [("Lambda-Runtime-Trace-Id", "Root=1-a-b")]),
                .init(requestID: "r2", body: "{}"),
            ]) { (_: [String: String], context) -> [String?] in
                guard context.requestID == "r2" else { return [] }
                return [
                    context.traceID, context.clientContext, context.cognitoIdentity, context.tenantID,
                    getenv("_X_AMZN_TRACE_ID").map { String(cString: $0) },
                ]
            }
            #expect(result.posts.map(\.text) == ["[]", "[null,null,null,null,null]"])
        }

        @Test("a large event and a large answer pass")
        func large() async throws {
            let text = String(repeating: "0123456789", count: 500_000)
            let result = try await serve([.init(requestID: "r1", body: "\"\(text)\"")]) { (event: String, _) in event }
            #expect(result.posts.first?.text == "\"\(text)\"")
        }

        @Test("log lines of an invocation have its request id")
        func log() async throws {
            let result = try await serve([.init(requestID: "r1", body: "1")], level: "DEBUG") { (_: Int, context) in
                context.log.debug("looked", ["count": "2"])
                return true
            }
            #expect(result.log.objects.map { $0["message"] } == ["looked"])
            #expect(result.log.objects.first?["requestId"] == "r1")
            #expect(result.log.objects.first?["level"] == "DEBUG")
            #expect(result.log.objects.first?["count"] == "2")
        }

        @Test("the loop ends when its task is cancelled while it waits")
        func cancelled() async throws {
            let (waits, waiting) = AsyncStream.makeStream(of: Void.self)
            let api = try ScriptedRuntimeAPI([.init(requestID: "r1", body: "1")], onWait: { waiting.finish() })
            defer { api.stop() }
            let environment = api.environment
            let loop = Task {
                await LambdaRuntime.serve(environment: environment, log: { _ in }, limit: nil) { _ in
                    ClosureHandler { (number: Int, _) in number }
                }
            }
            for await _ in waits {}
            loop.cancel()
            #expect(await loop.value == 0)
            #expect(api.posts.map(\.path) == ["/invocation/r1/response"])
        }
    }
}
