package import Foundation

/// All the time there is in the emulator: every time-out, expiry, schedule and time stamp asks this clock.
///
/// Tests inject a ``ManualClock`` and move it, so that no test sleeps.
package protocol EmulatorClock: Sendable {
    var now: Date { get }

    /// Runs `action` once, at or after `instant`, on a queue of the clock's own. The action must not block.
    ///
    /// - Returns: a timer that can be cancelled; cancelling one that has fired does nothing.
    @discardableResult
    func at(_ instant: Date, _ action: @escaping @Sendable () -> Void) -> ClockTimer
}

extension EmulatorClock {
    package var nowMilliseconds: Int64 { Int64((now.timeIntervalSince1970 * 1000).rounded(.down)) }
    package var nowSeconds: Int64 { Int64(now.timeIntervalSince1970.rounded(.down)) }

    @discardableResult
    package func after(seconds: Double, _ action: @escaping @Sendable () -> Void) -> ClockTimer {
        at(now.addingTimeInterval(seconds), action)
    }
}

/// A pending action of an ``EmulatorClock``.
package struct ClockTimer: Sendable {
    private let cancelAction: @Sendable () -> Void

    package init(cancel: @escaping @Sendable () -> Void) {
        cancelAction = cancel
    }

    package func cancel() {
        cancelAction()
    }
}
