import Foundation
import Synchronization
import Testing

@testable import LambdaRuntime

@Suite("What a loop is doing")
struct InvocationSlotTests {
    private final class Watch: Sendable {
        let isOver = Atomic<Bool>(false)
        let looks = Atomic<Int>(0)
    }

    @Test("an invocation that begins while the deadline of the one before is looked at is not cancelled for it")
    func nextInvocation() {
        let (slot, watch) = (InvocationSlot(), Watch())
        // Several, so that one of them is often in the middle of a look.
        for _ in 0..<4 {
            Thread.detachNewThread {
                while !watch.isOver.load(ordering: .relaxed) {
                    _ = slot.cancelIfDue(.now)
                    watch.looks.wrappingAdd(1, ordering: .relaxed)
                }
            }
        }
        defer { watch.isOver.store(true, ordering: .relaxed) }
        let task = Task {}
        var (rounds, cancelled) = (0, 0)
        let before = watch.looks.load(ordering: .relaxed)
        while rounds < 5000 || watch.looks.load(ordering: .relaxed) - before < 50_000 {
            slot.taskBegan(task, due: Uptime(nanoseconds: 0))
            _ = slot.taskEnded()
            slot.taskBegan(task, due: .distantFuture)
            if slot.taskEnded() != nil { cancelled += 1 }
            rounds += 1
        }
        #expect(cancelled == 0)
    }

    @Test("a task that begins after the moment of a shutdown's cancellation is cancelled at its beginning")
    func lateTask() async {
        let slot = InvocationSlot()
        slot.shutDown()
        let task = Task {}
        slot.taskBegan(task, due: .distantFuture)
        #expect(task.isCancelled)
        #expect(slot.taskEnded() == .shutdown)
    }
}
