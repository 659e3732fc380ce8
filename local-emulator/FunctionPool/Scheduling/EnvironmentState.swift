import Foundation

/// The life of one execution environment. A case holds what is valid only in it; a transition returns what follows.
///
///     starting ──next──▶ idle ──invoke──▶ busy ──response, error──▶ answered ──next──▶ idle
///         └────── init error, time-out, reclaim, stop ──▶ stopping ──exit──▶ gone
///
/// `gone` is also where an exit leads from any other state.
enum EnvironmentState: Sendable {
    /// Since the process was launched, until its runtime first asks for an invocation.
    ///
    /// `bound` is an invocation whose first init failed: as on Lambda, the init is repeated inside of the invocation and
    /// counts as part of it, deadline included (Lambda Developer Guide, "Failures during the Invoke phase": suppressed init).
    case starting(deadline: Date, bound: ActiveInvocation?)
    case idle(since: Date, waiter: NextWaiter)
    case busy(ActiveInvocation)
    /// The caller has its answer. The runtime is expected back for the next invocation by `returnsBy`, nil once it is late.
    case answered(ActiveInvocation, returnsBy: Date?)
    /// The process was told to end. `killAt` is when it is made to, nil once it was. `waiter` is kept so that the runtime's `next`
    /// stays without an answer: let go of, it would answer an error that the runtime logs on its way out.
    case stopping(killAt: Date?, waiter: NextWaiter?)
    case gone

    /// The state's name in the Runtime Interface Emulator's messages.
    var name: String {
        switch self {
        case .starting: "Started"
        case .idle: "Ready"
        case .busy(let invocation): invocation.isAnswering ? "InvocationResponse" : "Running"
        case .answered: "RuntimeResponseSentState"
        case .stopping, .gone: "InitError"
        }
    }

    /// When something is to happen though nobody calls.
    func deadline(idleSeconds: Double) -> Date? {
        switch self {
        case .starting(let deadline, _): deadline
        case .idle(let since, _): since.addingTimeInterval(idleSeconds)
        case .busy(let invocation), .answered(let invocation, _): invocation.deadline
        case .stopping(let killAt, _): killAt
        case .gone: nil
        }
    }
}

extension EnvironmentState {
    enum NextOutcome {
        /// Free for the next invocation; it now waits in `idle`, and whoever waited before is answered by `displaced`.
        case ready(displaced: NextWaiter?)
        /// This invocation is for this runtime: one bound to its init, or, asked again without an answer, the same once more.
        case deliver(ActiveInvocation, first: Bool)
        /// It gave up the stream that it was answering with, and is free.
        case abandoned(ActiveInvocation)
        case refused(RefusedTransition)
    }

    mutating func next(_ waiter: @escaping NextWaiter, now: Date) -> NextOutcome {
        switch self {
        case .starting(_, let bound?):
            self = .busy(bound)
            return .deliver(bound, first: true)
        case .starting(_, nil), .answered:
            self = .idle(since: now, waiter: waiter)
            return .ready(displaced: nil)
        case .idle(let since, let displaced):
            // A client that gave up its connection and asks again; the newest connection is the live one.
            self = .idle(since: since, waiter: waiter)
            return .ready(displaced: displaced)
        case .busy(let invocation) where invocation.isAnswering:
            // Its answer's connection is lost, though nobody here has noticed yet.
            self = .idle(since: now, waiter: waiter)
            return .abandoned(invocation)
        case .busy(let invocation):
            return .deliver(invocation, first: false)
        case .stopping, .gone:
            return .refused(RefusedTransition(from: name, to: "Ready"))
        }
    }

    /// From idle to busy; nil where it is not idle.
    mutating func begin(_ invocation: ActiveInvocation) -> NextWaiter? {
        guard case .idle(_, let waiter) = self else { return nil }
        self = .busy(invocation)
        return waiter
    }

    enum AnswerOutcome {
        case accepted(ActiveInvocation)
        case invalidRequestID
        case refused(RefusedTransition)
    }

    /// The first byte of an answer that comes in a stream: from now on only its end is taken, no error any more.
    mutating func beginAnswer(requestID: String) -> AnswerOutcome {
        guard case .busy(var invocation) = self, !invocation.isAnswering else {
            return .refused(RefusedTransition(from: name, to: "InvocationResponse"))
        }
        guard invocation.requestID == requestID else { return .invalidRequestID }
        invocation.isAnswering = true
        self = .busy(invocation)
        return .accepted(invocation)
    }

    /// The state is looked at before the id, as the Runtime Interface Emulator does: a second answer is a 403, a wrong id a 400.
    ///
    /// - Parameter endsStream: it is the end of what ``beginAnswer(requestID:)`` began.
    mutating func answer(
        requestID: String, as transition: String, endsStream: Bool = false, returnsBy: Date
    ) -> AnswerOutcome {
        guard case .busy(let invocation) = self, invocation.isAnswering == endsStream else {
            return .refused(RefusedTransition(from: name, to: transition))
        }
        guard invocation.requestID == requestID else { return .invalidRequestID }
        self = .answered(invocation, returnsBy: returnsBy)
        return .accepted(invocation)
    }

    enum InitErrorOutcome {
        case accepted(bound: ActiveInvocation?)
        case refused(RefusedTransition)
    }

    /// The runtime reports that its init failed; it has until `killAt` to end by itself.
    mutating func initError(killAt: Date) -> InitErrorOutcome {
        guard case .starting(_, let bound) = self else {
            return .refused(RefusedTransition(from: name, to: "InitError"))
        }
        self = .stopping(killAt: killAt, waiter: nil)
        return .accepted(bound: bound)
    }

    /// What an environment leaves undone when it is ended by force or by its own exit.
    enum Abandoned {
        case nothing
        case initialization
        case invocation(ActiveInvocation)
    }

    var unfinished: Abandoned {
        switch self {
        case .starting(_, nil): .initialization
        case .starting(_, let bound?): .invocation(bound)
        case .busy(let invocation): .invocation(invocation)
        case .idle, .answered, .stopping, .gone: .nothing
        }
    }

    private var waiter: NextWaiter? {
        switch self {
        case .idle(_, let waiter): waiter
        case .stopping(_, let waiter): waiter
        case .starting, .busy, .answered, .gone: nil
        }
    }

    mutating func exit() -> Abandoned {
        defer { self = .gone }
        return unfinished
    }

    mutating func stop(killAt: Date?) -> Abandoned {
        defer { self = .stopping(killAt: killAt, waiter: waiter) }
        return unfinished
    }
}
