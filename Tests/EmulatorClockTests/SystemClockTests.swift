import EmulatorClock
import Foundation
import Synchronization
import Testing

/// Against the machine's own time: nothing here is about how long something takes.
@Suite(.timeLimit(.minutes(1))) struct SystemClockTests {
    private let clock = SystemClock()

    @Test("its time is the machine's")
    func now() {
        let before = Date()
        let now = clock.now
        #expect(before <= now && now <= Date())
    }

    @Test("an action runs once, and not before its instant")
    func fires() async {
        let clock = clock
        let instant = clock.now.addingTimeInterval(0.02)
        let fired = await withCheckedContinuation { continuation in
            // A second run would resume twice, which ends the process.
            clock.at(instant) { continuation.resume(returning: clock.now) }
        }
        // A timer counts in monotonic time, so a millisecond of the wall clock's own drift is no error.
        #expect(fired.timeIntervalSince(instant) > -0.001)
    }

    @Test("an instant in the past is due at once")
    func past() async {
        await withCheckedContinuation { continuation in
            clock.at(.distantPast) { continuation.resume() }
        }
    }

    @Test("a cancelled action does not run, though one set after it for later does")
    func cancel() async {
        let hasRun = Atomic(false)
        await withCheckedContinuation { continuation in
            let timer = clock.after(seconds: 0.005) { hasRun.store(true, ordering: .sequentiallyConsistent) }
            timer.cancel()
            timer.cancel()
            clock.after(seconds: 0.03) { continuation.resume() }
        }
        let ran = hasRun.load(ordering: .sequentiallyConsistent)
        #expect(!ran)
    }
}
