#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostHTTPClient

/// Takes one event after the other to the handler and its answer back. Belongs to one thread, which it blocks.
struct InvocationLoop {
    let target: InvocationTarget
    let api: RuntimeAPIClient
    let log: LambdaLog
    private let executor = LoopExecutor()

    init(target: InvocationTarget, api: RuntimeAPIClient, log: LambdaLog) {
        (self.target, self.api, self.log) = (target, api, log)
    }

    /// Returns after `limit` invocations, or when it is interrupted while it waits for an event.
    ///
    /// - Parameter limit: nil for no end.
    /// - Throws: what makes it useless to go on: the Runtime API is gone or says that the environment is lost.
    func run(limit: Int?) throws(RuntimeAPIFailure) {
        var count = 0
        while limit.map({ count < $0 }) ?? true {
            do {
                try takeOne()
            } catch .stopped {
                return
            }
            count += 1
        }
    }

    private func takeOne() throws(RuntimeAPIFailure) {
        let invocation = try api.next()
        let context = invocation.context(log: log)
        TraceVariable.set(invocation.traceID)
        let (target, event) = (target, invocation.event)
        let outcome = executor.wait(for: {
            await RequestDeadline.$current.withValue(context.deadline) { await target.invoke(event, context, nil) }
        })
        TraceVariable.set(nil)
        let reply: RuntimeAPIClient.Reply
        switch outcome {
        case .success(let body):
            reply = try api.respond(to: invocation.requestID, body: body)
        case .failure(let failure):
            context.log.error(failure.errorMessage, ["errorType": failure.errorType])
            reply = try api.fail(invocation.requestID, failure)
        case .streamed:
            reply = .accepted
        }
        if case .refused(let status, let answer) = reply {
            context.log.error("the answer was refused", ["status": String(status), "reason": answer])
        }
    }
}
