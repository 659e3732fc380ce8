internal import Dispatch
internal import Synchronization

/// Runs `work` on the cooperative pool and blocks the calling thread, which must be none of the pool's, until its end.
func wait<Result: Sendable>(for work: @escaping @Sendable () async -> Result) -> Result {
    let box = ResultBox<Result>()
    Task {
        box.set(await work())
    }
    return box.wait()
}

private final class ResultBox<Result: Sendable>: Sendable {
    private let result = Mutex<Result?>(nil)
    private let isSet = DispatchSemaphore(value: 0)

    func set(_ value: Result) {
        result.withLock { $0 = value }
        isSet.signal()
    }

    func wait() -> Result {
        while true {
            isSet.wait()
            if let value = result.withLock({ $0 }) { return value }
        }
    }
}
