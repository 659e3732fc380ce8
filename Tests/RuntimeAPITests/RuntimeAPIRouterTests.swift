import Foundation
import FunctionPool
import RoostHTTPServer
import Synchronization
import Testing

@testable import RuntimeAPI

/// A runtime's other side that answers as told and remembers what was said.
private final class ScriptedRuntime: RuntimeInterface {
    let function = FunctionMetadata(name: "hello", version: "$LATEST", handler: "hello.handler")
    let answer: SubmissionAnswer
    let invocation: RuntimeInvocation?
    private let heard = Mutex<[String]>([])

    init(_ answer: SubmissionAnswer = .accepted, invocation: RuntimeInvocation? = nil) {
        self.answer = answer
        self.invocation = invocation
    }

    var calls: [String] { heard.withLock { $0 } }

    private func hear(_ text: String) -> SubmissionAnswer {
        heard.withLock { $0.append(text) }
        return answer
    }

    func next(_ answer: @escaping NextWaiter) {
        if let invocation {
            answer(.invocation(invocation))
        } else {
            answer(.refused(RefusedTransition(from: "InitError", to: "Ready")))
        }
    }

    func respond(requestID: String, body: Data) -> SubmissionAnswer {
        hear("response \(requestID) \(String(decoding: body, as: UTF8.self))")
    }

    func beginResponse(requestID: String, contentType: String?) -> ResponseStreamStart {
        let answer = hear("stream \(requestID) \(contentType ?? "none")")
        return answer == .accepted ? .accepted(Stream(runtime: self)) : .refused(answer)
    }

    private final class Stream: ResponseStream {
        let runtime: ScriptedRuntime

        init(runtime: ScriptedRuntime) { self.runtime = runtime }

        func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> ResponseStreamReception {
            _ = runtime.hear("bytes \(String(decoding: bytes, as: UTF8.self))")
            return .taken(bytes.count)
        }

        func end(_ error: StreamError?) -> SubmissionAnswer {
            runtime.hear("end \(error?.type ?? "none") \(error?.body.map { String(decoding: $0, as: UTF8.self) } ?? "none")")
        }

        func abandon() { _ = runtime.hear("abandoned") }
    }

    func fail(requestID: String, errorType: String?, body: Data) -> SubmissionAnswer {
        hear("error \(requestID) \(errorType ?? "none") \(String(decoding: body, as: UTF8.self))")
    }

    func failInitialization(errorType: String?, body: Data) -> SubmissionAnswer {
        hear("init error \(errorType ?? "none") \(String(decoding: body, as: UTF8.self))")
    }
}

@Suite struct RuntimeAPIRouterTests {
    private func answer(
        _ runtime: ScriptedRuntime, _ method: String, _ path: String, _ headers: HTTPHeaders = [:], body: String = ""
    ) -> HTTPResponse {
        let answers = Mutex<[HTTPResponse]>([])
        let request = HTTPRequest(
            method: method, target: "/2018-06-01/runtime/" + path, headers: headers, body: Data(body.utf8))
        RuntimeAPIRouter(runtime: runtime).handle(request) { answer in answers.withLock { $0.append(answer) } }
        return answers.withLock { $0.count == 1 ? $0[0] : HTTPResponse(status: 0) }
    }

    private func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test("next gives the event as it is, and the invocation in headers")
    func next() {
        let runtime = ScriptedRuntime(
            invocation: RuntimeInvocation(
                requestID: "8476a536-e9f4-11e8-9739-2dfe598c3fcd", deadlineMilliseconds: 1_542_409_706_888,
                functionARN: "arn:aws:lambda:us-east-2:123456789012:function:custom-runtime",
                traceID: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
                clientContext: "{\"a\":\r\n1}", tenantID: "tenant-1", payload: Data(#"{"b": 2}"#.utf8)))
        let response = answer(runtime, "GET", "invocation/next")
        #expect(response.status == 200)
        #expect(text(response) == #"{"b": 2}"#)
        let headers = response.headers
        #expect(headers["Content-Type"] == "application/json")
        #expect(headers["Lambda-Runtime-Aws-Request-Id"] == "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
        #expect(headers["Lambda-Runtime-Deadline-Ms"] == "1542409706888")
        #expect(
            headers["Lambda-Runtime-Invoked-Function-Arn"] == "arn:aws:lambda:us-east-2:123456789012:function:custom-runtime")
        #expect(
            headers["Lambda-Runtime-Trace-Id"] == "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1")
        #expect(headers["Lambda-Runtime-Client-Context"] == "{\"a\":  1}")
        #expect(headers["Lambda-Runtime-Aws-Tenant-Id"] == "tenant-1")
        #expect(headers["Lambda-Runtime-Cognito-Identity"] == nil)
    }

    @Test("what a runtime posts arrives with its id and error type, and is accepted with 202")
    func submissions() {
        let runtime = ScriptedRuntime()
        let type: HTTPHeaders = ["lambda-runtime-function-error-type": "Function.UserNotFound"]
        let answers = [
            answer(runtime, "POST", "invocation/8f1c/response", body: "42"),
            answer(runtime, "POST", "invocation/8f1c/error", type, body: "{}"),
            answer(runtime, "POST", "init/error", type, body: "[]"),
        ]
        #expect(
            runtime.calls == ["response 8f1c 42", "error 8f1c Function.UserNotFound {}", "init error Function.UserNotFound []"])
        #expect(answers.map(\.status) == [202, 202, 202])
        #expect(answers.map(text) == Array(repeating: #"{"status":"OK"}"#, count: 3))
    }

    @Test(
        "refusals have the status and body of the Runtime Interface Emulator",
        arguments: [
            (SubmissionAnswer.invalidRequestID, 400, #"{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}"#),
            (
                .responseTooLarge(limit: 6_291_556), 413,
                #"{"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}"#
            ),
            (
                .refused(RefusedTransition(from: "RuntimeResponseSentState", to: "InvocationResponse")), 403,
                #"{"errorMessage":"State transition from RuntimeResponseSentState to InvocationResponse failed for runtime. Error: State transition is not allowed","errorType":"InvalidStateTransition"}"#
            ),
        ])
    func refusals(given: SubmissionAnswer, status: Int, body: String) {
        let response = answer(ScriptedRuntime(given), "POST", "invocation/8f1c/response")
        #expect(response.status == status)
        #expect(text(response) == body)
    }

    @Test("a next that the state does not allow is a 403")
    func refusedNext() {
        #expect(answer(ScriptedRuntime(), "GET", "invocation/next").status == 403)
    }

    private func plan(_ runtime: ScriptedRuntime, _ path: String, mode: String?) -> HTTPBodyPlan {
        var headers: HTTPHeaders = ["Content-Type": "text/plain"]
        if let mode { headers.add("Lambda-Runtime-Function-Response-Mode", mode) }
        return RuntimeAPIRouter(runtime: runtime).plan(
            HTTPRequest(method: "POST", target: "/2018-06-01/runtime/" + path, headers: headers))
    }

    @Test("a response in streaming mode is taken as it comes, with what its trailers say")
    func streaming() throws {
        let runtime = ScriptedRuntime()
        guard case .stream(let receiver) = plan(runtime, "invocation/8f1c/response", mode: "Streaming") else {
            Issue.record("it is not taken")
            return
        }
        guard case .taken(2) = receiver.receive(Data("42".utf8), resume: {}) else {
            Issue.record("it takes something else")
            return
        }
        #expect(runtime.calls == ["stream 8f1c text/plain", "bytes 42"])
        #expect(StreamError([:]) == nil)
        #expect(StreamError(["lambda-runtime-function-error-type": "Function.A"]) == StreamError(type: "Function.A", body: nil))
        #expect(
            StreamError(["Lambda-Runtime-Function-Error-Body": "e30="]) == StreamError(type: nil, body: Data("{}".utf8)))
        #expect(
            StreamError(["Lambda-Runtime-Function-Error-Body": "not base64"])
                == StreamError(type: nil, body: Data("not base64".utf8)))
    }

    @Test("a stream that the state does not allow is refused before its first byte")
    func refusedStream() {
        guard
            case .refuse(let response) = plan(ScriptedRuntime(.invalidRequestID), "invocation/8f1c/response", mode: "streaming")
        else {
            Issue.record("it is taken")
            return
        }
        #expect(response.status == 400)
    }

    @Test("everything else is gathered", arguments: [("response", nil), ("response", "buffered"), ("error", "streaming")])
    func gathered(call: String, mode: String?) {
        let runtime = ScriptedRuntime()
        guard case .gather = plan(runtime, "invocation/8f1c/\(call)", mode: mode) else {
            Issue.record("it is not gathered")
            return
        }
        #expect(runtime.calls == [])
    }

    @Test("a response mode that Lambda does not know is a 400")
    func unknownMode() {
        let runtime = ScriptedRuntime()
        let response = answer(
            runtime, "POST", "invocation/8f1c/response", ["Lambda-Runtime-Function-Response-Mode": "drip"], body: "42")
        #expect(response.status == 400)
        #expect(text(response) == #"{"errorMessage":"Invalid function response mode","errorType":"InvalidFunctionResponseMode"}"#)
        #expect(runtime.calls == [])
    }

    @Test(
        "what the Runtime API does not have is a 404, a wrong method a 405",
        arguments: [
            ("GET", "restore/next", 404), ("POST", "invocation/8f1c/answer", 404), ("GET", "", 404),
            ("POST", "invocation/next", 405), ("GET", "init/error", 405), ("PUT", "invocation/8f1c/response", 405),
        ])
    func unknown(method: String, path: String, status: Int) {
        #expect(answer(ScriptedRuntime(), method, path).status == status)
    }
}
