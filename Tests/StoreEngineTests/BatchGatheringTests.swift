import Testing

@testable import StoreEngine

@Suite("What the writer waits for before a batch")
struct BatchGatheringTests {
    @Test("after a lone client's request, and before the first, it waits for nothing")
    func lone() {
        var gathering = BatchGathering()
        let first = gathering.next()
        #expect(first == nil)
        gathering.committed(1, waiting: 0, nanoseconds: 400_000)
        let second = gathering.next()
        #expect(second == nil)
    }

    @Test("those who were answered and those who came meanwhile are waited for, once, for half of a commit's time")
    func several() {
        var gathering = BatchGathering()
        gathering.committed(3, waiting: 5, nanoseconds: 400_000)
        let (plan, second) = (gathering.next(), gathering.next())
        #expect(plan?.requests == 8)
        #expect(plan?.patience == .nanoseconds(200_000))
        #expect(second == nil)
    }

    @Test("a commit that takes no time is not waited for, and one that takes long for a millisecond at most")
    func bounds() {
        var gathering = BatchGathering()
        gathering.committed(8, waiting: 0, nanoseconds: 10_000)
        let short = gathering.next()
        #expect(short == nil)
        gathering.committed(8, waiting: 0, nanoseconds: 80_000_000)
        let long = gathering.next()
        #expect(long?.patience == .nanoseconds(1_000_000))
    }

    @Test("where the clients do not come back it waits for less each time, until they do")
    func patience() {
        var gathering = BatchGathering()
        for expected in [200_000, 100_000, 50_000, 25_000] {
            gathering.committed(2, waiting: 0, nanoseconds: 400_000)
            let plan = gathering.next()
            #expect(plan?.patience == .nanoseconds(expected))
            gathering.ended(complete: false)
        }
        for expected in [25_000, 50_000, 100_000, 200_000, 200_000] {
            gathering.ended(complete: true)
            gathering.committed(2, waiting: 0, nanoseconds: 400_000)
            let plan = gathering.next()
            #expect(plan?.patience == .nanoseconds(expected))
        }
    }
}
