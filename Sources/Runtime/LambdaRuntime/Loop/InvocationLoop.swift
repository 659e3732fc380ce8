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
    let slot: InvocationSlot
    let shared: LoopsShared
    private let executor = LoopExecutor()

    init(target: InvocationTarget, api: RuntimeAPIClient, slot: InvocationSlot, shared: LoopsShared) {
        (self.target, self.api, self.slot, self.shared) = (target, api, slot, shared)
    }

    /// Returns when it is stopped, or when as many invocations were taken as there may be.
    ///
    /// - Throws: what makes it useless to go on: the Runtime API is gone or says that the environment is lost.
    func run() throws(RuntimeAPIFailure) {
        while !slot.isStopped, shared.takeTurn() {
            do {
                let invocation = try api.next()
                slot.begin()
                try answer(invocation)
                slot.end()
            } catch .stopped {
                return
            }
        }
    }

    private func answer(_ invocation: NextInvocation) throws(RuntimeAPIFailure) {
        let context = invocation.context(isColdStart: shared.takeColdStart(), log: api.log)
        let inFlight = CrashReporter.invocationBegan(
            requestID: invocation.requestID, invocationID: context.invocationID, tenantID: context.tenantID)
        defer { CrashReporter.invocationEnded(inFlight) }
        if shared.setsTraceVariable { TraceVariable.set(invocation.traceID) }
        let (target, event) = (target, invocation.event)
        let stream = target.streams ? InvocationStream() : nil
        let work: @Sendable () async -> InvocationOutcome = {
            CrashReporter.prepareThread()
            return await RequestDeadline.$current.withValue(context.deadline) {
                await LambdaLog.$ofTask.withValue(context.log) { await target.invoke(event, context, stream) }
            }
        }
        let outcome =
            if let stream { try send(stream, to: invocation, context, whileRunning: work) } else {
                executor.wait(started: { watch($0, until: context) }, for: work)
            }
        let cancellation = slot.taskEnded()
        if shared.setsTraceVariable { TraceVariable.set(nil) }
        switch outcome {
        case .success(let body):
            try respond(to: invocation, body, log: context.log)
        case .failure(let failure):
            try fail(invocation, cancellation.map { failure.after($0) } ?? failure, log: context.log)
        case .streamed(let failure):
            if let failure { log(failure, context.log) }
        }
    }

    func watch(_ task: Task<Void, Never>, until context: LambdaContext) {
        let due = shared.cancellationMoment(context)
        slot.taskBegan(task, due: due)
        if due < .distantFuture { shared.watch.note(due) }
    }

    /// Lambda's answers in its Developer Guide, "Using the Lambda runtime API for custom runtimes", "Invocation response":
    /// 413 also answers the caller; 403 and 410 say that nobody waits any more; after a 400 he still does.
    private func respond(to invocation: NextInvocation, _ body: Data, log: LambdaLog) throws(RuntimeAPIFailure) {
        try take(try api.respond(to: invocation, body: body), to: invocation, log: log)
    }

    func take(_ reply: RuntimeAPIClient.Reply, to invocation: NextInvocation, log: LambdaLog) throws(RuntimeAPIFailure) {
        note(reply, log)
        guard case .refused(400, let answer, false) = reply else { return }
        let failure = InvocationFailure(
            errorType: "Runtime.ResponseRefused", errorMessage: "the Runtime API refused the response: \(answer)")
        note(try api.fail(invocation, failure), log)
    }

    private func fail(_ invocation: NextInvocation, _ failure: InvocationFailure, log: LambdaLog) throws(RuntimeAPIFailure) {
        self.log(failure, log)
        note(try api.fail(invocation, failure), log)
    }

    private func log(_ failure: InvocationFailure, _ log: LambdaLog) {
        log.log(.error, LogError(failure))
    }

    private func note(_ reply: RuntimeAPIClient.Reply, _ log: LambdaLog) {
        guard case .refused(let status, let answer, let isRepeated) = reply else { return }
        let fields = ["status": String(status), "reason": answer]
        if isRepeated {
            log.warn("the answer was refused when it was sent again: it may have arrived before", fields)
        } else {
            log.error("the answer was refused", fields)
        }
    }
}
