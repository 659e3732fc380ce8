internal import Dispatch
internal import Synchronization

/// Runs the handler's tasks on the loop's own thread, between two calls of the Runtime API.
///
/// The thread blocks in `next`, so the loop cannot live on the cooperative pool. Handing each event to the pool and
/// the answer back would cost two changes of thread; this way a handler that waits for nothing costs none. What a
/// handler starts with `async let` or in a task group runs here too, one at a time, while I/O goes on beside it; CPU work
/// that is to run in parallel goes into a detached task.
final class LoopExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let count = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        count.signal()
    }

    /// Blocks the calling thread, which must be the same each time, until `work` has ended.
    func run<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) -> Result {
        let box = ResultBox<Result>()
        // The loop below waits for it.
        Task(executorPreference: self) {
            box.set(await work())
        }
        while true {
            if let result = box.take() { return result }
            count.wait()
            let job = jobs.withLock { $0.removeFirst() }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

private final class ResultBox<Result: Sendable>: Sendable {
    private let result = Mutex<Result?>(nil)

    func set(_ value: Result) { result.withLock { $0 = value } }
    func take() -> Result? { result.withLock { $0 } }
}
