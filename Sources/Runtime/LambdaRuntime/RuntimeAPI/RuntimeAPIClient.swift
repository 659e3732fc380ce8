#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostHTTPClient

/// The Runtime API, from the runtime's side. Each call blocks; it belongs to one loop's thread.
///
/// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".
///
/// What each answer means, in this order:
///
/// 1. a connection that is lost: tried again. A `next` that was lost is given out again, and an answer that had arrived is
///    refused the second time, so neither is done twice;
/// 2. 500 on any call: "Container error. Non-recoverable state. Runtime should exit promptly";
/// 3. `next`: 200 with a request id is an event; anything else is tried again, and never run;
/// 4. the others: 2xx is accepted, 429 and 502 to 504 are tried again, the rest is refused.
final class RuntimeAPIClient {
    let log: LambdaLog
    let base: String
    private(set) var connection: HTTPConnection
    private let backOff: BackOff
    private let slot: InvocationSlot

    /// The address is this machine's: never through a proxy, and no certificate is ever looked at.
    static let configuration = HTTPClientConfiguration(
        trustStore: .missing(lookedAt: []), usesProxyFromEnvironment: false)

    /// - Parameters:
    ///   - address: host and port, as in `AWS_LAMBDA_RUNTIME_API`.
    ///   - slot: ends a waiting `next`, and the pauses between tries.
    init(address: String, slot: InvocationSlot, backOff: BackOff, log: LambdaLog) throws(RuntimeAPIFailure) {
        do {
            connection = try HTTPConnection(configuration: Self.configuration, interruption: slot.interruption)
        } catch {
            throw .unreachable(error)
        }
        base = "http://\(address)/2018-06-01/runtime"
        self.slot = slot
        self.backOff = backOff
        self.log = log
    }

    /// Waits for the next event, as long as it takes.
    func next() throws(RuntimeAPIFailure) -> NextInvocation {
        let request = HTTPClientRequest(url: base + "/invocation/next", timeout: nil)
        var pauses = backOff.pauses.makeIterator()
        while true {
            let failure: RuntimeAPIFailure
            switch send(request) {
            case .success(let response) where response.status == 200:
                if let invocation = NextInvocation(response) { return invocation }
                failure = .noRequestID
            case .success(let response): failure = .init(refusing: "next", response)
            case .failure(.cancelled): throw .stopped
            case .failure(let error): failure = .unreachable(error)
            }
            guard !failure.isContainerError, let duration = pauses.next() else { throw failure }
            try pause(duration, after: failure)
        }
    }

    /// - Returns: what the Runtime API says to it.
    func respond(to invocation: NextInvocation, body: Data) throws(RuntimeAPIFailure) -> Reply {
        try post(invocation.path + "/response", body, [("Content-Type", "application/json")] + invocation.echoedHeaders)
    }

    func fail(_ invocation: NextInvocation, _ failure: InvocationFailure) throws(RuntimeAPIFailure) -> Reply {
        try post(invocation.path + "/error", failure.body, failure.headers + failure.causeHeaders + invocation.echoedHeaders)
    }

    func failInit(_ failure: InvocationFailure) throws(RuntimeAPIFailure) -> Reply {
        try post("/init/error", failure.body, failure.headers)
    }

    enum Reply: Sendable, Equatable {
        case accepted
        /// 413 for an answer above the limit, 403 for an invocation that is over, 410 for one that timed out, …
        ///
        /// `isRepeated`: an earlier try was lost on its way and may have been accepted.
        case refused(status: Int, answer: String, isRepeated: Bool)
    }

    private func post(
        _ path: String, _ body: Data, _ headers: [(name: String, value: String)]
    ) throws(RuntimeAPIFailure) -> Reply {
        let request = HTTPClientRequest(method: "POST", url: base + path, headers: headers, body: body, timeout: nil)
        var pauses = backOff.pauses.makeIterator()
        var isRepeated = false
        while true {
            switch sendAnswer(request) {
            case .success(let response):
                let failure = RuntimeAPIFailure(refusing: path, response)
                if 200..<300 ~= response.status { return .accepted }
                if failure.isContainerError { throw failure }
                guard failure.mayPass, let duration = pauses.next() else {
                    return .refused(status: response.status, answer: response.shortBody, isRepeated: isRepeated)
                }
                pauseAnswer(duration, after: failure)
            case .failure(let error):
                isRepeated = isRepeated || error.requestMayHaveArrived
                guard let duration = pauses.next() else { throw .unreachable(error) }
                pauseAnswer(duration, after: .unreachable(error))
            }
        }
    }

    /// An answer goes out even when the loop was told to stop while it had just got its invocation.
    private func sendAnswer(_ request: HTTPClientRequest) -> Result<HTTPClientResponse, HTTPClientError> {
        let result = send(request)
        guard case .failure(.cancelled) = result else { return result }
        do {
            connection = try HTTPConnection(configuration: Self.configuration)
        } catch {
            return .failure(error)
        }
        return send(request)
    }

    private func send(_ request: HTTPClientRequest) -> Result<HTTPClientResponse, HTTPClientError> {
        do {
            return .success(try connection.send(request))
        } catch {
            return .failure(error)
        }
    }

    private func pause(_ duration: Duration, after failure: RuntimeAPIFailure) throws(RuntimeAPIFailure) {
        log.warn("trying again: \(failure)")
        guard slot.sleep(duration) else { throw .stopped }
    }

    /// A stopped loop still brings its answer: it is tried again at once, then after the pauses, until the process no longer
    /// waits for it (``LoopGroup/Grace``).
    private func pauseAnswer(_ duration: Duration, after failure: RuntimeAPIFailure) {
        log.warn("trying again: \(failure)")
        slot.sleepUnlessJustStopped(duration)
    }
}

/// Why the loop ends.
enum RuntimeAPIFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case unreachable(HTTPClientError)
    case refused(_ call: String, status: Int, answer: String)
    case noRequestID
    /// The loop was told to.
    case stopped

    init(refusing call: String, _ response: HTTPClientResponse) {
        self = .refused(call, status: response.status, answer: response.shortBody)
    }

    /// "Container error. Non-recoverable state. Runtime should exit promptly."
    var isContainerError: Bool {
        if case .refused(_, 500, _) = self { true } else { false }
    }

    /// An answer of something between the runtime and the Runtime API, or of one that has too much to do.
    var mayPass: Bool {
        if case .refused(_, let status, _) = self { status == 429 || 502...504 ~= status } else { false }
    }

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

    fileprivate var causeHeaders: [(name: String, value: String)] {
        xrayCause.map { [("Lambda-Runtime-Function-XRay-Error-Cause", $0)] } ?? []
    }
}

extension HTTPClientResponse {
    /// Enough of an error answer for a log line.
    var shortBody: String {
        String(decoding: body.prefix(512), as: UTF8.self)
    }
}
