internal import Dispatch
internal import Synchronization

/// Runs a task on the thread that waits for its end, as long as that thread has nothing else to do.
///
/// A handler that suspends for nothing never changes the thread. What
/// becomes ready while the thread is busy, child tasks most of all, goes to the pool, so that the work of one invocation
/// still runs in parallel. The jobs of a task and of its children come here, since children inherit the preference; those
/// of `Task { }` go to the pool (SE-0417).
final class LoopExecutor: TaskExecutor {
    private struct State {
        /// The thread is inside ``wait(for:)`` and runs no job.
        var isFree = false
        /// It is blocked: whoever brings something signals.
        var isBlocked = false
        var job: UnownedJob?
        var hasEnded = false

        /// Whether the thread must be woken.
        mutating func wakes() -> Bool {
            defer { isBlocked = false }
            return isBlocked
        }
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (isTaken, wakes) = state.withLock { state in
            guard state.isFree, state.job == nil else { return (false, false) }
            state.job = job
            return (true, state.wakes())
        }
        if wakes { wakeUp.signal() }
        if !isTaken { globalConcurrentExecutor.enqueue(job) }
    }

    /// Blocks the calling thread, which must be none of the pool's and always the same, until the end of `work`.
    ///
    /// - Parameter started: is given the task, to cancel it by, before any of it runs.
    func wait<Result: Sendable>(
        started: (Task<Void, Never>) -> Void = { _ in }, for work: @escaping @Sendable () async -> Result
    ) -> Result {
        let box = ResultBox<Result>()
        state.withLock { $0 = State(isFree: true) }
        let task = Task(executorPreference: self) {
            let result = await work()
            box.value.withLock { $0 = result }
            self.end()
        }
        started(task)
        while true {
            while let job = nextJob() { job.runSynchronously(on: asUnownedTaskExecutor()) }
            if let result = box.value.withLock({ $0 }) { return result }
        }
    }

    /// nil at the end of the task.
    private func nextJob() -> UnownedJob? {
        while true {
            let (job, hasEnded) = state.withLock { state in
                let job = state.job
                state.job = nil
                state.isFree = job == nil && !state.hasEnded
                state.isBlocked = state.isFree
                return (job, state.hasEnded)
            }
            if job != nil || hasEnded { return job }
            wakeUp.wait()
        }
    }

    private func end() {
        let wakes = state.withLock { state in
            state.hasEnded = true
            return state.wakes()
        }
        if wakes { wakeUp.signal() }
    }
}

private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
