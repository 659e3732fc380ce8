#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostHTTPClient

/// The Runtime API, from the runtime's side. Each call blocks; it belongs to the loop's thread.
///
/// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API".
final class RuntimeAPIClient {
    private let connection: HTTPConnection
    private let base: String

    /// - Parameters:
    ///   - address: host and port, as in `AWS_LAMBDA_RUNTIME_API`.
    ///   - interruption: ends a waiting `next`.
    init(address: String, interruption: HTTPInterruption) throws(RuntimeAPIFailure) {
        do {
            // The address is this machine's: never through a proxy.
            connection = try HTTPConnection(
                configuration: .init(usesProxyFromEnvironment: false), interruption: interruption)
        } catch {
            throw .unreachable(error)
        }
        base = "http://\(address)/2018-06-01/runtime"
    }

    /// Waits for the next event, as long as it takes.
    func next() throws(RuntimeAPIFailure) -> NextInvocation {
        let response = try send(.init(url: base + "/invocation/next", timeout: nil))
        guard response.status == 200 else { throw .refused("next", status: response.status, answer: response.shortBody) }
        guard let invocation = NextInvocation(response) else { throw .noRequestID }
        return invocation
    }

    /// - Returns: what the Runtime API says to it.
    func respond(to requestID: String, body: Data) throws(RuntimeAPIFailure) -> Reply {
        try post("/invocation/\(requestID)/response", body, [("Content-Type", "application/json")])
    }

    func fail(_ requestID: String, _ failure: InvocationFailure) throws(RuntimeAPIFailure) -> Reply {
        try post("/invocation/\(requestID)/error", failure.body, failure.headers)
    }

    func failInit(_ failure: InvocationFailure) throws(RuntimeAPIFailure) -> Reply {
        try post("/init/error", failure.body, failure.headers)
    }

    enum Reply: Sendable, Equatable {
        case accepted
        /// 413 for an answer above the limit, 403 for an invocation that is over, 410 for one that timed out, …
        case refused(status: Int, answer: String)
    }

    private func post(
        _ path: String, _ body: Data, _ headers: [(name: String, value: String)]
    ) throws(RuntimeAPIFailure) -> Reply {
        let response = try send(.init(method: "POST", url: base + path, headers: headers, body: body, timeout: nil))
        switch response.status {
        case 200..<300: return .accepted
        // "Container error. Non-recoverable state. Runtime should exit promptly."
        case 500...: throw .refused(path, status: response.status, answer: response.shortBody)
        default: return .refused(status: response.status, answer: response.shortBody)
        }
    }

    private func send(_ request: HTTPClientRequest) throws(RuntimeAPIFailure) -> HTTPClientResponse {
        do {
            return try connection.send(request)
        } catch .cancelled {
            throw .stopped
        } catch {
            throw .unreachable(error)
        }
    }
}

/// Why the loop ends.
enum RuntimeAPIFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case unreachable(HTTPClientError)
    case refused(_ call: String, status: Int, answer: String)
    case noRequestID
    /// The loop was told to.
    case stopped

    var description: String {
        switch self {
        case .unreachable(let error): "the Runtime API cannot be reached: \(error)"
        case .refused(let call, let status, let answer): "the Runtime API answered \(status) to \(call): \(answer)"
        case .noRequestID: "the Runtime API's event has no Lambda-Runtime-Aws-Request-Id"
        case .stopped: "stopped"
        }
    }
}

extension InvocationFailure {
    fileprivate var headers: [(name: String, value: String)] {
        [
            ("Content-Type", "application/vnd.aws.lambda.error+json"),
            ("Lambda-Runtime-Function-Error-Type", headerValue),
        ]
    }
}

extension HTTPClientResponse {
    /// Enough of an error answer for a log line.
    fileprivate var shortBody: String {
        String(decoding: body.prefix(512), as: UTF8.self)
    }
}
