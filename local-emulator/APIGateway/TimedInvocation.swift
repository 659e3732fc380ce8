import EmulatorClock
import Foundation
import FunctionPool
import Synchronization

extension Gateway {
    enum TimedOutcome: Sendable {
        case finished(InvocationResult)
        case timedOut
    }

    /// Invokes a function and waits for it no longer than the integration may take; the function itself goes on.
    ///
    /// - Parameter completion: called once.
    func invoke(
        _ request: InvocationRequest, timeoutMilliseconds: Int, completion: @escaping @Sendable (TimedOutcome) -> Void
    ) {
        let race = Race(completion)
        let timer = clock.after(seconds: Double(timeoutMilliseconds) / 1000) { race.end(.timedOut) }
        invoker.invoke(request) { result in
            timer.cancel()
            race.end(.finished(result))
        }
    }

    /// The first end counts.
    private final class Race: Sendable {
        private let completion: Mutex<(@Sendable (TimedOutcome) -> Void)?>

        init(_ completion: @escaping @Sendable (TimedOutcome) -> Void) {
            self.completion = Mutex(completion)
        }

        func end(_ outcome: TimedOutcome) {
            let winner = completion.withLock { completion in
                defer { completion = nil }
                return completion
            }
            winner?(outcome)
        }
    }
}
