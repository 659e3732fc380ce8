import Foundation
import FunctionPool
import RoostHTTPServer

/// From requests to what a runtime may say, and back to the bytes that Lambda answers.
///
/// Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes". Where the guide is silent, the texts are those of
/// the Runtime Interface Emulator.
struct RuntimeAPIRouter: Sendable {
    let runtime: any RuntimeInterface

    private static let prefix = "/2018-06-01/runtime/"
    static let nextPath = prefix + "invocation/next"

    func handle(_ request: HTTPRequest, answer: @escaping @Sendable (HTTPResponse) -> Void) {
        guard request.path.hasPrefix(Self.prefix) else { return answer(.notFound(request)) }
        let parts = request.path.dropFirst(Self.prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        switch (request.method, parts.count, parts.first, parts.last) {
        case ("GET", 2, "invocation", "next"):
            runtime.next { answer(RuntimeAPIReply.next($0)) }
        case ("POST", 3, "invocation", "response"):
            answer(response(request, requestID: String(parts[1])))
        case ("POST", 3, "invocation", "error"):
            answer(
                RuntimeAPIReply.submission(
                    runtime.fail(requestID: String(parts[1]), errorType: request.errorType, body: request.body)))
        case ("POST", 2, "init", "error"):
            answer(
                RuntimeAPIReply.submission(
                    runtime.failInitialization(errorType: request.errorType, body: request.body)))
        case (_, 2, "invocation", "next"), (_, 3, "invocation", "response"), (_, 3, "invocation", "error"),
            (_, 2, "init", "error"):
            answer(RuntimeAPIReply.error(405, "MethodNotAllowed", "\(request.method) is not allowed here"))
        default: answer(.notFound(request))
        }
    }

    /// A response in a stream is taken as it comes, of whatever size; everything else is gathered.
    func plan(_ head: HTTPRequest) -> HTTPBodyPlan {
        let parts = head.path.hasPrefix(Self.prefix) ? head.path.dropFirst(Self.prefix.count).split(separator: "/") : []
        guard head.method == "POST", parts.count == 3, parts[0] == "invocation", parts[2] == "response",
            head.responseMode == "streaming"
        else { return .gather }
        switch runtime.beginResponse(requestID: String(parts[1]), contentType: head.headers["Content-Type"]) {
        case .accepted(let stream): return .stream(ResponseReceiver(stream))
        case .refused(let answer): return .refuse(RuntimeAPIReply.submission(answer))
        }
    }

    /// A mode that is neither of Lambda's is refused before the state is looked at, as the Runtime Interface Emulator does.
    private func response(_ request: HTTPRequest, requestID: String) -> HTTPResponse {
        guard [nil, "buffered"].contains(request.responseMode) else {
            return RuntimeAPIReply.error(400, "InvalidFunctionResponseMode", "Invalid function response mode")
        }
        return RuntimeAPIReply.submission(runtime.respond(requestID: requestID, body: request.body))
    }
}

extension HTTPRequest {
    fileprivate var errorType: String? { headers["Lambda-Runtime-Function-Error-Type"] }
    fileprivate var responseMode: String? { headers["Lambda-Runtime-Function-Response-Mode"]?.lowercased() }
}

extension HTTPResponse {
    fileprivate static func notFound(_ request: HTTPRequest) -> HTTPResponse {
        RuntimeAPIReply.error(404, "NotFound", "The Runtime API has no \(request.method) \(request.path)")
    }
}
