import EmulatorClock
import Foundation
import Synchronization
import Testing

@Suite struct ManualClockTests {
    private let start = Date(timeIntervalSince1970: 1_000_000)

    /// What happened, with the second of the clock at which it did.
    private final class Record: Sendable {
        private let entries = Mutex<[String]>([])
        func add(_ text: String) { entries.withLock { $0.append(text) } }
        var all: [String] { entries.withLock { $0 } }
    }

    private func noting(_ text: String, _ record: Record, _ clock: ManualClock) -> @Sendable () -> Void {
        { record.add("\(text) at \(Int(clock.now.timeIntervalSince1970) - 1_000_000)") }
    }

    @Test("time stands still until it is moved")
    func standsStill() {
        let clock = ManualClock(start)
        #expect(clock.now == start)
        clock.advance(bySeconds: 1.25)
        #expect(clock.now == start.addingTimeInterval(1.25))
    }

    @Test("whole seconds and milliseconds are rounded down")
    func wholeUnits() {
        let clock = ManualClock(start)
        clock.advance(bySeconds: 1.9996)
        #expect(clock.nowSeconds == 1_000_001)
        #expect(clock.nowMilliseconds == 1_000_001_999)
    }

    @Test("actions run in order of their time, each at its own instant, and not before")
    func order() {
        let clock = ManualClock(start)
        let record = Record()
        clock.after(seconds: 30, noting("late", record, clock))
        clock.after(seconds: 10, noting("early", record, clock))
        clock.advance(bySeconds: 9)
        #expect(record.all == [])
        clock.advance(bySeconds: 51)
        #expect(record.all == ["early at 10", "late at 30"])
        #expect(clock.now == start.addingTimeInterval(60))
    }

    @Test("actions of the same instant run in the order they were set")
    func sameInstant() {
        let clock = ManualClock(start)
        let record = Record()
        for name in ["first", "second", "third"] { clock.after(seconds: 5, noting(name, record, clock)) }
        clock.advance(bySeconds: 5)
        #expect(record.all == ["first at 5", "second at 5", "third at 5"])
    }

    @Test("an action that is due already runs at the next move, without turning time back")
    func past() {
        let clock = ManualClock(start)
        let record = Record()
        clock.at(start.addingTimeInterval(-60), noting("past", record, clock))
        clock.advance(bySeconds: 0)
        #expect(record.all == ["past at 0"])
    }

    @Test("a cancelled action does not run, and cancelling one that ran does nothing")
    func cancel() {
        let clock = ManualClock(start)
        let record = Record()
        let cancelled = clock.after(seconds: 5, noting("cancelled", record, clock))
        let kept = clock.after(seconds: 5, noting("kept", record, clock))
        cancelled.cancel()
        clock.advance(bySeconds: 5)
        kept.cancel()
        clock.advance(bySeconds: 5)
        #expect(record.all == ["kept at 5"])
    }

    @Test("an action that an action sets runs in the same move if it falls in it")
    func nested() {
        let clock = ManualClock(start)
        let record = Record()
        clock.after(seconds: 10) {
            record.add("outer")
            clock.after(seconds: 10) { record.add("inner") }
            clock.after(seconds: 60) { record.add("beyond") }
        }
        clock.advance(bySeconds: 30)
        #expect(record.all == ["outer", "inner"])
        clock.advance(bySeconds: 40)
        #expect(record.all == ["outer", "inner", "beyond"])
    }

    @Test("an action may cancel another of the same move")
    func cancelWithin() {
        let clock = ManualClock(start)
        let record = Record()
        let second = clock.after(seconds: 20) { record.add("second") }
        clock.after(seconds: 10) { second.cancel() }
        clock.advance(bySeconds: 30)
        #expect(record.all == [])
    }
}
