import EmulatorClock
import Foundation
import Journal

/// A point in time, twice: what the emulator's clock says, for deadlines, and what the machine measures, for durations.
struct Moment: Sendable {
    var date: Date
    var instant: ContinuousClock.Instant

    init(_ clock: any EmulatorClock) {
        date = clock.now
        instant = .now
    }

    init(date: Date, instant: ContinuousClock.Instant = .now) {
        self.date = date
        self.instant = instant
    }
}

/// An invocation that no environment works on yet.
struct PendingInvocation: Sendable {
    let request: InvocationRequest
    let requestID: String
    let traceID: String
    let entry: Journal.EntryID?
    let log: InvocationLog
    let queued: Date
    let completion: @Sendable (InvocationResult) -> Void
}

/// An invocation that an environment works on.
struct ActiveInvocation: Sendable {
    let pending: PendingInvocation
    let started: ContinuousClock.Instant
    /// When it is killed.
    let deadline: Date
    /// Its answer is coming in, in a stream.
    var isAnswering = false

    var requestID: String { pending.requestID }

    init(_ pending: PendingInvocation, now: Moment, timeoutSeconds: Double) {
        self.pending = pending
        started = now.instant
        deadline = now.date.addingTimeInterval(timeoutSeconds)
    }
}

/// How an environment's work on an invocation, or its init, ended.
enum InvocationEnding: Sendable, Equatable {
    case response(Data)
    /// The runtime posted an error, with the body to pass on.
    case error(type: String, body: Data)
    /// The answer went to the caller in a stream, and ended with this error in mid-stream, if any.
    case streamed(StreamError?)
    case responseTooLarge(limit: Int)
    case timedOut
    case exited(ProcessEnding)

    /// The runtime's connection was lost in the middle of a streamed answer.
    static let truncated = InvocationEnding.error(type: FunctionError.truncated.type, body: FunctionError.truncated.payload)
}
