internal import RoostHTTPClient
internal import Synchronization

/// The runtime's one other thread: it cancels handlers before their deadlines, and hears of SIGTERM.
///
/// An invocation costs it nothing as a rule: a deadline later than the one it sleeps until is found when it wakes for that one.
final class RuntimeWatch: Sendable {
    /// Looks at everything; returns when to look again.
    typealias Scan = @Sendable (Uptime) -> Uptime

    private let pipe: WakePipe
    /// Until when it sleeps; far in the future while it looks around, so that what comes meanwhile wakes it.
    private let sleepsUntil = Atomic<Int64>(.max)
    private let isFinished = Atomic<Bool>(false)

    init() throws(SystemFailure) {
        pipe = try WakePipe()
    }

    func start(handlesSIGTERM: Bool, _ scan: @escaping Scan) throws(HTTPClientError) {
        if handlesSIGTERM { pipe.wakeOnSIGTERM() }
        try startThread(named: "lambda-watch") {
            while !self.isFinished.load(ordering: .acquiring) {
                self.sleepsUntil.store(.max, ordering: .sequentiallyConsistent)
                let next = scan(.now)
                self.sleepsUntil.store(next.nanoseconds, ordering: .sequentiallyConsistent)
                self.pipe.wait(until: next)
            }
        }
    }

    /// Something is to be looked at by then.
    func note(_ moment: Uptime) {
        if moment.nanoseconds < sleepsUntil.load(ordering: .sequentiallyConsistent) { pipe.wake() }
    }

    func wake() {
        pipe.wake()
    }

    /// Its thread ends.
    func finish() {
        isFinished.store(true, ordering: .releasing)
        pipe.wake()
    }
}
