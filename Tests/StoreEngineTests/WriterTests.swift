import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("The writer's batches")
struct WriterTests {
    /// Puts an item, and then fails if it is told to.
    private static func put(_ name: String, into store: TestStore, failing: Bool = false) async -> Result<Bool, StoreError> {
        await withCheckedContinuation { continuation in
            store.engine.writer.submit({ continuation.resume(returning: $0) }) { transaction in
                let write = try ItemWrite.put(key("p", name), into: try store.engine.table("tab"))
                try transaction.apply(write, try transaction.evaluate(write))
                if failing { throw StoreError.validation("after the change") }
                return true
            }
        }
    }

    @Test("a request that fails after its change is undone alone, and those in its batch are done once")
    func undone() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        let gate = DispatchSemaphore(value: 0)
        // Holds the writer, so that what follows is one batch. It may be in that batch itself, and be run twice.
        store.engine.writer.submit({ (_: Result<Bool, StoreError>) in }) { _ in
            gate.wait()
            gate.signal()
            return true
        }
        let results = await withTaskGroup(of: (Int, Result<Bool, StoreError>).self) { group in
            for number in 0..<9 {
                group.addTask { (number, await Self.put("\(number)", into: store, failing: number.isMultiple(of: 4))) }
            }
            group.addTask {
                // Opened behind the requests; whether all of them are waiting by then changes nothing but the batch's size.
                gate.signal()
                return (-1, .success(true))
            }
            return await group.reduce(into: [Int: Result<Bool, StoreError>]()) { $0[$1.0] = $1.1 }
        }
        for number in 0..<9 {
            let isDone = !number.isMultiple(of: 4)
            #expect(try (store.get(key("p", "\(number)")) != nil) == isDone)
            switch results[number] {
            case .success?: #expect(isDone)
            case .failure(let error)?: #expect(!isDone && error.message == "after the change")
            case nil: Issue.record("request \(number) has no answer")
            }
        }
        #expect(try StreamTests.records(store).count == 6)
        #expect(try store.engine.describeTable(DescribeTableInput(tableName: "tab")).table.itemCount == 6)
    }
}
