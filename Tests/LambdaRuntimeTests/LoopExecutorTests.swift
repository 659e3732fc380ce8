import Foundation
import Synchronization
import Testing

@testable import LambdaRuntime

@Suite("The executor of the invocation loop")
struct LoopExecutorTests {
    /// The thread that runs the test's body is the pool's, which must not block: each test has a thread of its own.
    private func onOwnThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }

    @Test("a task that suspends for nothing runs on the thread that waits for it")
    func inPlace() async {
        let isSame = await onOwnThread {
            let thread = pthread_self()
            return LoopExecutor().wait { pthread_equal(thread, pthread_self()) != 0 }
        }
        #expect(isSame)
    }

    /// Not after each suspension: what is ready again before the thread has begun to wait goes to the pool.
    @Test("a task comes back to the waiting thread after suspensions that another thread ends")
    func comesBack() async {
        let isSame = await onOwnThread {
            let thread = pthread_self()
            return LoopExecutor().wait {
                for _ in 0..<1000 {
                    await withUnsafeContinuation { continuation in
                        Thread.detachNewThread { continuation.resume() }
                    }
                    if pthread_equal(thread, pthread_self()) != 0 { return true }
                }
                return false
            }
        }
        #expect(isSame)
    }

    /// Each child blocks until the parent's thread and the other child are there too: in turns they never would.
    @Test("child tasks run in parallel to each other and to a parent that blocks its thread", .timeLimit(.minutes(1)))
    func parallel() async {
        let count = await onOwnThread {
            LoopExecutor().wait {
                let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
                async let child: Void = {
                    first.signal()
                    second.wait()
                }()
                first.wait()
                second.signal()
                await child
                return await withTaskGroup(of: Int.self) { group in
                    for number in 0..<100 { group.addTask { number } }
                    return await group.reduce(0, +)
                }
            }
        }
        #expect(count == 4950)
    }

    @Test("work on actors and in unstructured tasks comes to its end, one invocation after the other")
    func actors() async {
        actor Counter {
            private(set) var count = 0
            func add() { count += 1 }
        }
        let counts = await onOwnThread {
            let executor = LoopExecutor()
            return (0..<200).map { _ in
                executor.wait {
                    let counter = Counter()
                    let detached = (0..<4).map { _ in Task { for _ in 0..<5 { await counter.add() } } }
                    await withTaskGroup(of: Void.self) { group in
                        for _ in 0..<4 { group.addTask { for _ in 0..<5 { await counter.add() } } }
                    }
                    for task in detached { await task.value }
                    return await counter.count
                }
            }
        }
        #expect(counts == Array(repeating: 40, count: 200))
    }

    @Test("a handler may change to the main actor")
    func mainActor() async {
        let answer = await onOwnThread {
            LoopExecutor().wait {
                await MainActor.run {
                    MainActor.assertIsolated()
                    return 7
                }
            }
        }
        #expect(answer == 7)
    }
}
