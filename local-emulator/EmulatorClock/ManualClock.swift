package import Foundation
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: EmulatorClock {
    private struct Pending {
        var instant: Date
        var action: @Sendable () -> Void
    }

    private struct State {
        var now: Date
        var nextID = 0
        var pending: [Int: Pending] = [:]
    }

    private let state: Mutex<State>

    package init(_ start: Date = Date(timeIntervalSince1970: 1_700_000_000)) {
        state = Mutex(State(now: start))
    }

    package var now: Date { state.withLock { $0.now } }

    @discardableResult
    package func at(_ instant: Date, _ action: @escaping @Sendable () -> Void) -> ClockTimer {
        let id = state.withLock { state in
            state.nextID += 1
            state.pending[state.nextID] = Pending(instant: instant, action: action)
            return state.nextID
        }
        return ClockTimer { [weak self] in
            self?.state.withLock { state in state.pending[id] = nil }
        }
    }

    /// Moves time forward and runs what falls due, in order of time, each at its own instant, on the caller's thread.
    package func advance(bySeconds seconds: Double) {
        let end = now.addingTimeInterval(seconds)
        while let action = takeNext(until: end) {
            action()
        }
        state.withLock { $0.now = end }
    }

    private func takeNext(until end: Date) -> (@Sendable () -> Void)? {
        state.withLock { state in
            let due = state.pending.filter { $0.value.instant <= end }
            guard let next = due.min(by: { ($0.value.instant, $0.key) < ($1.value.instant, $1.key) }) else { return nil }
            state.pending[next.key] = nil
            state.now = max(state.now, next.value.instant)
            return next.value.action
        }
    }
}
