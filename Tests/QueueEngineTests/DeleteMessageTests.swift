import Foundation
import QueueEngine
import Testing

@Suite("Deleting and changing visibility")
struct DeleteMessageTests {
    @Test("the latest receipt handle deletes; an older one succeeds and deletes nothing")
    func delete() async throws {
        let bench = try await QueueBench()
        try await bench.engine.send(OutgoingMessage(body: "a"), to: "work")
        let old = try #require(try await bench.receive().first?.receiptHandle)
        bench.clock.advance(bySeconds: 30)
        let new = try #require(try await bench.receive().first?.receiptHandle)
        try await bench.engine.delete(old, from: "work")
        #expect(try await bench.engine.status(of: "work").inFlight == 1)
        try await bench.engine.delete(new, from: "work")
        #expect(try await bench.engine.status(of: "work").inFlight == 0)
        try await bench.engine.delete(new, from: "work")
    }

    @Test("a made-up receipt handle is refused")
    func madeUp() async throws {
        let bench = try await QueueBench()
        await #expect(throws: QueueError.receiptHandleIsInvalid("nonsense")) {
            try await bench.engine.delete("nonsense", from: "work")
        }
    }

    @Test("a message can be shown at once or hidden longer, but not beyond 12 hours, nor when it is not in flight")
    func changeVisibility() async throws {
        let bench = try await QueueBench()
        try await bench.engine.send(OutgoingMessage(body: "a"), to: "work")
        let first = try #require(try await bench.receive().first?.receiptHandle)
        try await bench.engine.changeVisibility(first, to: 0, in: "work")
        await #expect(throws: QueueError.messageNotInflight) {
            try await bench.engine.changeVisibility(first, to: 10, in: "work")
        }
        let second = try #require(try await bench.receive().first?.receiptHandle)
        try await bench.engine.changeVisibility(second, to: 60, in: "work")
        bench.clock.advance(bySeconds: 59)
        #expect(try await bench.receive().isEmpty)
        await #expect {
            try await bench.engine.changeVisibility(second, to: 43_200, in: "work")
        } throws: {
            ($0 as? QueueError)?.message.contains("beyond the limit [43200 seconds]") == true
        }
    }

    @Test("a purge drops everything, once in 60 seconds")
    func purge() async throws {
        let bench = try await QueueBench()
        try await bench.engine.send(OutgoingMessage(body: "a"), to: "work")
        try await bench.engine.purge("work")
        #expect(try await bench.receive().isEmpty)
        await #expect(throws: QueueError.purgeInProgress) { try await bench.engine.purge("work") }
        bench.clock.advance(bySeconds: 60)
        try await bench.engine.purge("work")
    }
}
