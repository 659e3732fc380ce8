import EmulatorClock
import Foundation
import Journal

extension FunctionGroup {
    func perform(_ action: FunctionScheduler.Action, _ environment: ExecutionEnvironment?) {
        switch action {
        case .launch(_, let bound):
            if let bound, let environment { begin(bound, in: environment) }
        case .deliver(let invocation, _, let waiter, let first):
            if let environment { deliver(invocation, to: waiter, in: environment, first: first) }
        case .complete(let invocation, _, let ending):
            if let environment { complete(invocation, in: environment, ending) }
        case .refuse(let invocation, let refusal): refuse(invocation, refusal)
        case .refuseNext(let waiter, let refusal): waiter(.refused(refusal))
        case .initFailed(_, let ending):
            environment?.output.platform(
                InvocationReport.initReport(
                    duration: initDuration(ending, environment), repeated: false, status: ending.status))
        case .terminate: environment?.terminate()
        case .kill: environment?.kill()
        }
    }

    /// A limit that was reached is reported as itself, not with what the kill took on top.
    private func initDuration(_ ending: InvocationEnding, _ environment: ExecutionEnvironment?) -> Duration {
        ending == .timedOut ? .seconds(limits.initSeconds) : environment?.age ?? .zero
    }

    private func begin(_ invocation: ActiveInvocation, in environment: ExecutionEnvironment) {
        environment.entry = invocation.pending.entry
        environment.output.begin(invocation.pending.log)
        environment.output.platform("START RequestId: \(invocation.requestID) Version: \(LambdaVariables.version)")
    }

    private func deliver(
        _ invocation: ActiveInvocation, to waiter: NextWaiter, in environment: ExecutionEnvironment, first: Bool
    ) {
        // An invocation that was bound to its environment's init has begun already.
        if first, invocation.pending.log !== environment.output.log { begin(invocation, in: environment) }
        let request = invocation.pending.request
        waiter(
            .invocation(
                RuntimeInvocation(
                    requestID: invocation.requestID,
                    deadlineMilliseconds: Int64((invocation.deadline.timeIntervalSince1970 * 1000).rounded(.down)),
                    functionARN: configuration.arn, traceID: invocation.pending.traceID, clientContext: request.clientContext,
                    tenantID: request.tenantID, payload: request.payload)))
    }

    private func complete(
        _ invocation: ActiveInvocation, in environment: ExecutionEnvironment, _ ending: InvocationEnding
    ) {
        let isLimit = ending == .timedOut
        let duration = isLimit ? .seconds(limits.timeoutSeconds) : invocation.started.duration(to: .now)
        // Where the program could not be started there was no begin either.
        if environment.output.log !== invocation.pending.log { begin(invocation, in: environment) }
        log(invocation, in: environment, ending, duration: duration)
        let pending = invocation.pending
        record(pending, ending, duration: duration)
        pending.completion(
            InvocationResult(
                outcome: outcome(of: ending, requestID: pending.requestID), requestID: pending.requestID, log: pending.log.tail,
                durationMilliseconds: duration.milliseconds, entry: pending.entry, streamError: ending.streamError))
    }

    private func log(
        _ invocation: ActiveInvocation, in environment: ExecutionEnvironment, _ ending: InvocationEnding, duration: Duration
    ) {
        let output = environment.output
        let requestID = invocation.requestID
        switch ending {
        case .exited(let process):
            output.platform("RequestId: \(requestID) Error: \(process.description)")
            output.platform(process.errorType)
        case .timedOut:
            let time = services.clock.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            output.platform("\(time) \(requestID) Task timed out after \(twoDecimals(limits.timeoutSeconds)) seconds")
        case .response, .error, .streamed, .responseTooLarge: break
        }
        output.platform("END RequestId: \(requestID)")
        let report = InvocationReport(
            requestID: requestID, duration: duration, initDuration: environment.takeInitDuration(),
            memoryMegabytes: configuration.memoryMegabytes, peakMemoryKilobytes: environment.peakMemoryKilobytes(),
            status: ending.status)
        output.platform(report.line)
    }

    private func record(_ pending: PendingInvocation, _ ending: InvocationEnding, duration: Duration) {
        let how =
            switch ending.status {
            case .success: "answered"
            case .timeout: "timed out"
            case .error(let type): "failed with \(type)"
            }
        services.journal.record(
            "invocation", "\(configuration.name) \(how) after \(twoDecimals(duration.milliseconds)) ms", cause: pending.entry,
            details: ["function": configuration.name, "requestId": pending.requestID])
    }

    private func refuse(_ pending: PendingInvocation, _ refusal: InvocationRefusal) {
        services.journal.record(
            "invocation", "\(configuration.name): an invocation was refused, \(refusal)", cause: pending.entry,
            details: ["function": configuration.name, "requestId": pending.requestID])
        // Not on the caller's thread, who may hold a lock that its completion takes.
        DispatchQueue.global().async {
            pending.completion(
                InvocationResult(outcome: .refused(refusal), requestID: pending.requestID, entry: pending.entry))
        }
    }

    private func outcome(of ending: InvocationEnding, requestID: String) -> InvocationResult.Outcome {
        switch ending {
        case .response(let body): .success(body)
        case .error(_, let body): .functionError(payload: body)
        case .streamed: .success(Data())
        case .responseTooLarge(let limit): .functionError(payload: FunctionError.responseTooLarge(limit: limit).payload)
        case .timedOut:
            .functionError(payload: FunctionError.timedOut(requestID: requestID, seconds: limits.timeoutSeconds).payload)
        case .exited(let process): .functionError(payload: FunctionError.exited(requestID: requestID, process).payload)
        }
    }
}

extension InvocationEnding {
    var status: InvocationReport.Status {
        switch self {
        // "Lambda treats this as a successful response" also where there is an error in mid-stream (Lambda Developer Guide,
        // "Implementing response streaming in a custom runtime").
        case .response, .streamed: .success
        case .error(let type, _): .error(type: type)
        case .responseTooLarge(let limit): .error(type: FunctionError.responseTooLarge(limit: limit).type)
        case .timedOut: .timeout
        case .exited(let process): .error(type: process.errorType)
        }
    }
}

extension InvocationEnding {
    fileprivate var streamError: StreamError? {
        if case .streamed(let error) = self { error } else { nil }
    }
}
