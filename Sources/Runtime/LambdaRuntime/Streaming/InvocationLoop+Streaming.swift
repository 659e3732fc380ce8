#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostHTTPClient

extension InvocationLoop {
    /// Runs `work`, which answers through `stream`, on the cooperative pool, and sends what it writes on this thread. Blocks
    /// until both have ended.
    ///
    /// A connection that is lost in mid-stream ends this answer alone, which cannot be sent twice: whether the platform is
    /// still there, the next call says.
    ///
    /// - Throws: what makes it useless to go on; `work` may still run then.
    func send(
        _ stream: InvocationStream, to invocation: NextInvocation, _ context: LambdaContext,
        whileRunning work: @escaping @Sendable () async -> InvocationOutcome
    ) throws(RuntimeAPIFailure) -> InvocationOutcome {
        let slot = slot
        watch(Task { stream.end(await work(), cancelled: slot.taskEnded()) }, until: context)
        if let contentType = stream.waitForBeginning() {
            do {
                let reply = try api.stream(to: invocation, contentType: contentType, body: stream.channel)
                try take(reply, to: invocation, log: context.log)
            } catch .unreachable(let error) {
                context.log.error("the response stream was lost", ["reason": String(describing: error)])
            }
        }
        return stream.waitForEnd()
    }
}

extension RuntimeAPIClient {
    /// Sends an answer while it is being made; blocks until its end, or until the Runtime API refuses it.
    ///
    /// Over a connection of its own, because the guide wants it closed afterwards; it is not interrupted either, since an
    /// invocation that runs is to end.
    ///
    /// Source: AWS Lambda Developer Guide, "Building a custom runtime", "Implementing response streaming in a custom runtime".
    ///
    /// However it ends, who writes to `body` learns of it.
    func stream(
        to invocation: NextInvocation, contentType: String, body: HTTPBodyChannel,
        connect: () throws(HTTPClientError) -> HTTPConnection = { () throws(HTTPClientError) in
            try HTTPConnection(configuration: RuntimeAPIClient.configuration)
        }
    ) throws(RuntimeAPIFailure) -> Reply {
        let path = invocation.path + "/response"
        let headers = [
            (name: "Content-Type", value: contentType), (name: "Lambda-Runtime-Function-Response-Mode", value: "streaming"),
            (name: "Trailer", value: StreamErrorTrailers.names.joined(separator: ", ")),
        ]
        let response: HTTPClientResponse
        do {
            response = try connect().send(
                .init(method: "POST", url: base + path, headers: headers + invocation.echoedHeaders, timeout: nil), body: body)
        } catch {
            // The connection has done so itself, unless there never was one.
            body.abandon(.init())
            throw .unreachable(error)
        }
        if 200..<300 ~= response.status { return .accepted }
        let failure = RuntimeAPIFailure(refusing: path, response)
        if failure.isContainerError { throw failure }
        return .refused(status: response.status, answer: response.shortBody, isRepeated: false)
    }
}
