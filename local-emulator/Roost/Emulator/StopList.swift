import Dispatch
import Synchronization

/// What must be stopped, in the order of starting; stopping goes the other way.
final class StopList: Sendable {
    private let parts = Mutex<[@Sendable () async -> Void]>([])

    func add(_ stop: @escaping @Sendable () async -> Void) {
        parts.withLock { $0.append(stop) }
    }

    /// A second call does nothing.
    func stopAll() async {
        let all = parts.withLock { parts in
            defer { parts = [] }
            return parts
        }
        for stop in all.reversed() { await stop() }
    }
}

/// Runs what blocks, such as waiting for processes or threads to end, off the cooperative pool.
func offPool<Output: Sendable>(_ work: @escaping @Sendable () -> Output) async -> Output {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
}
