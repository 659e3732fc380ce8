internal import Dispatch
internal import RoostHTTPClient
internal import Synchronization

/// What one loop is doing, for those who have to stop or cancel it from another thread.
///
///     waiting ──began──▶ working ──ended──▶ waiting
///
/// A loop that waits is interrupted by ``stop()``; one that works ends its invocation and then sees that it has to stop.
final class InvocationSlot: Sendable {
    enum Cancellation: Sendable {
        case deadline
        case shutdown
    }

    private struct State {
        var isStopped = false
        /// Every task that begins from now on is cancelled, too.
        var isShutDown = false
        var isWorking = false
        var task: Task<Void, Never>?
        var due = Uptime.distantFuture
        var cancellation: Cancellation?
    }

    /// Of the loop's connection.
    let interruption = HTTPInterruption()
    private let state = Mutex(State())
    /// Signalled once.
    private let stopped = DispatchSemaphore(value: 0)

    var isStopped: Bool { state.withLock(\.isStopped) }

    /// The loop has an invocation.
    func begin() {
        state.withLock { $0.isWorking = true }
    }

    /// The handler's task runs, and is to be cancelled at `due`.
    func taskBegan(_ task: Task<Void, Never>, due: Uptime) {
        let isShutDown = state.withLock { state in
            state.task = task
            state.due = due
            if state.isShutDown { state.cancellation = .shutdown }
            return state.isShutDown
        }
        if isShutDown { task.cancel() }
    }

    /// - Returns: whether and why the task was cancelled.
    func taskEnded() -> Cancellation? {
        state.withLock { state in
            defer {
                state.task = nil
                state.due = .distantFuture
                state.cancellation = nil
            }
            return state.cancellation
        }
    }

    /// The invocation is answered.
    func end() {
        state.withLock { $0.isWorking = false }
    }

    func stop() {
        let (isFirst, isWaiting) = state.withLock { state in
            defer { state.isStopped = true }
            return (!state.isStopped, !state.isWorking)
        }
        guard isFirst else { return }
        if isWaiting { interruption.interrupt() }
        stopped.signal()
    }

    /// Between two tries of a call. False when the slot was stopped meanwhile.
    func sleep(_ duration: Duration) -> Bool {
        !isStopped && waitForStop(duration) == .timedOut
    }

    /// Ends early, or at once, one time: when the slot is or was stopped.
    func sleepUnlessJustStopped(_ duration: Duration) {
        _ = waitForStop(duration)
    }

    private func waitForStop(_ duration: Duration) -> DispatchTimeoutResult {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        return stopped.wait(timeout: .now() + .nanoseconds(nanoseconds))
    }

    /// Cancels the task that runs, and those that begin later: the loop may just have got an invocation.
    func shutDown() {
        let task = state.withLock { state in
            state.isShutDown = true
            if state.task != nil, state.cancellation == nil { state.cancellation = .shutdown }
            return state.task
        }
        task?.cancel()
    }

    /// Cancels a task that is due. Which one it is and that it is due are read together: a moment later the loop may be at
    /// its next invocation, which has all of its time before it.
    ///
    /// - Returns: when to look again.
    func cancelIfDue(_ now: Uptime) -> Uptime {
        let (task, due) = state.withLock { state -> (Task<Void, Never>?, Uptime) in
            guard state.due <= now else { return (nil, state.due) }
            state.due = .distantFuture
            if state.task != nil, state.cancellation == nil { state.cancellation = .deadline }
            return (state.task, .distantFuture)
        }
        task?.cancel()
        return due
    }
}
