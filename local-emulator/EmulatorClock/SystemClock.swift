package import Foundation
import Dispatch

/// The machine's own time.
package struct SystemClock: EmulatorClock {
    private static let queue = DispatchQueue(label: "roost.clock")

    package init() {}

    package var now: Date { Date() }

    @discardableResult
    package func at(_ instant: Date, _ action: @escaping @Sendable () -> Void) -> ClockTimer {
        let timer = DispatchSource.makeTimerSource(queue: Self.queue)
        let box = TimerBox(timer)
        timer.setEventHandler {
            box.cancel()
            action()
        }
        timer.schedule(deadline: .now() + max(0, instant.timeIntervalSinceNow), leeway: .milliseconds(1))
        timer.resume()
        return ClockTimer { box.cancel() }
    }
}

/// Keeps a timer source alive until it fires or is cancelled.
///
/// `@unchecked Sendable`: a dispatch source may be cancelled from any thread (Dispatch's own promise).
private final class TimerBox: @unchecked Sendable {
    private let timer: any DispatchSourceTimer

    init(_ timer: any DispatchSourceTimer) {
        self.timer = timer
    }

    func cancel() {
        timer.cancel()
    }
}
