import EmulatorClock
import Foundation
import QueueEngine
import Synchronization
import Testing

@Suite("Receiving")
struct ReceiveMessageTests {
    @Test("a received message is hidden for its visibility time-out, and then comes again, counted")
    func visibility() async throws {
        let bench = try await QueueBench()
        try await bench.engine.send(OutgoingMessage(body: "hello"), to: "work")
        let first = try await bench.receive()
        #expect(first.map(\.body) == ["hello"])
        #expect(first.map(\.receiveCount) == [1])
        bench.clock.advance(bySeconds: 29)
        #expect(try await bench.receive().isEmpty)
        bench.clock.advance(bySeconds: 1)
        let second = try await bench.receive()
        #expect(second.map(\.receiveCount) == [2])
        #expect(second.first?.messageID == first.first?.messageID)
        #expect(second.first?.receiptHandle != first.first?.receiptHandle)
        #expect(second.first?.firstReceivedMilliseconds == 1_700_000_000_000)
    }

    @Test("a delayed message is not there before its time")
    func delay() async throws {
        let bench = try await QueueBench()
        try await bench.engine.send(OutgoingMessage(body: "later", delaySeconds: 900), to: "work")
        #expect(try await bench.engine.status(of: "work").delayed == 1)
        bench.clock.advance(bySeconds: 899)
        #expect(try await bench.receive().isEmpty)
        bench.clock.advance(bySeconds: 1)
        #expect(try await bench.receive().count == 1)
    }

    @Test("who waits gets the message that comes")
    func longPollAnswered() async throws {
        let bench = try await QueueBench()
        async let waiting = bench.receive(wait: 20)
        try await bench.engine.send(OutgoingMessage(body: "now"), to: "work")
        #expect(try await waiting.map(\.body) == ["now"])
    }

    @Test("who waits gets a delayed message when its delay ends")
    func longPollOfDelayed() async throws {
        let bench = try await QueueBench()
        try await bench.engine.send(OutgoingMessage(body: "soon", delaySeconds: 5), to: "work")
        let answers = AsyncStream<[String]>.makeStream()
        bench.engine.receive(ReceiveRequest(queue: "work", waitSeconds: 20)) { result in
            answers.continuation.yield((try? result.get())?.map(\.body) ?? ["failed"])
        }
        // The status is answered after the receive: by then the receiver waits.
        _ = try await bench.engine.status(of: "work")
        bench.clock.advance(bySeconds: 5)
        var iterator = answers.stream.makeAsyncIterator()
        #expect(await iterator.next() == ["soon"])
    }

    @Test("a wait that ends without a message is answered with none")
    func longPollEmpty() async throws {
        let bench = try await QueueBench()
        let answers = AsyncStream<Int>.makeStream()
        bench.engine.receive(ReceiveRequest(queue: "work", waitSeconds: 3)) { result in
            answers.continuation.yield((try? result.get().count) ?? -1)
        }
        _ = try await bench.engine.status(of: "work")
        bench.clock.advance(bySeconds: 3)
        var iterator = answers.stream.makeAsyncIterator()
        #expect(await iterator.next() == 0)
    }

    @Test("after maxReceiveCount receives a message goes to the dead-letter queue with its id, time and count")
    func redrive() async throws {
        let bench = try await QueueBench(
            QueueBench.queue(visibility: 10, redrive: .init(deadLetterQueueName: "dead", maxReceiveCount: 2)),
            QueueBench.queue("dead"))
        let sent = try await bench.engine.send(OutgoingMessage(body: "poison"), to: "work")
        for _ in 1...2 {
            #expect(try await bench.receive().count == 1)
            bench.clock.advance(bySeconds: 10)
        }
        #expect(try await bench.receive().isEmpty)
        let dead = try #require(try await bench.receive("dead").first)
        #expect(dead.messageID == sent.messageID)
        #expect(dead.receiveCount == 3)
        #expect(dead.sentMilliseconds == 1_700_000_000_000)
        #expect(dead.deadLetterSourceARN == "arn:aws:sqs:us-east-1:000000000000:work")
    }

    @Test("a message older than the retention is gone")
    func retention() async throws {
        let bench = try await QueueBench(QueueBench.queue(retention: 60))
        try await bench.engine.send(OutgoingMessage(body: "old"), to: "work")
        bench.clock.advance(bySeconds: 60)
        #expect(try await bench.receive().isEmpty)
        #expect(try await bench.engine.status(of: "work").visible == 0)
    }

    @Test("an observer is told of sends, and of the end of a visibility time-out")
    func observer() async throws {
        let bench = try await QueueBench()
        let told = AsyncStream<Void>.makeStream()
        let observation = bench.engine.observe(queue: "work") { told.continuation.yield() }
        defer { observation.cancel() }
        var iterator = told.stream.makeAsyncIterator()
        try await bench.engine.send(OutgoingMessage(body: "a"), to: "work")
        await iterator.next()
        _ = try await bench.receive()
        _ = try await bench.engine.status(of: "work")
        bench.clock.advance(bySeconds: 30)
        await iterator.next()
        #expect(try await bench.receive().count == 1)
    }

    @Test("a queue that does not exist and values outside of SQS's limits are refused in its words")
    func refused() async throws {
        let bench = try await QueueBench()
        await #expect(throws: QueueError.queueDoesNotExist) { try await bench.receive("none") }
        await #expect {
            try await bench.receive(maximum: 11)
        } throws: { error in
            (error as? QueueError)?.message
                == "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: MaxNumberOfMessages must be >= 1 and <= 10."
        }
    }

    @Test("closing answers those who wait, and refuses what comes after")
    func close() async throws {
        let bench = try await QueueBench()
        let answers = AsyncStream<Int>.makeStream()
        bench.engine.receive(ReceiveRequest(queue: "work", waitSeconds: 20)) { result in
            answers.continuation.yield((try? result.get().count) ?? -1)
        }
        _ = try await bench.engine.status(of: "work")
        bench.engine.close()
        var iterator = answers.stream.makeAsyncIterator()
        #expect(await iterator.next() == 0)
        await #expect(throws: QueueError.shuttingDown) { try await bench.engine.send(OutgoingMessage(body: "x"), to: "work") }
    }
}
