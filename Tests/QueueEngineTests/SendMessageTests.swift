import Foundation
import QueueEngine
import Testing

@Suite("Sending")
struct SendMessageTests {
    @Test("the digests are those that AWS publishes and Python's hashlib gives")
    func digests() async throws {
        let bench = try await QueueBench()
        // The body's digest stands in AWS's sample event (sam--sqs-receive-message.json); that of the attributes was computed
        // with hashlib after the Developer Guide's description.
        let sent = try await bench.engine.send(
            OutgoingMessage(
                body: "Hello from SQS!",
                attributes: [
                    "b": MessageAttribute(dataType: "Number.int", value: .text("123")),
                    "a": MessageAttribute(dataType: "String", value: .text("x")),
                    "c": MessageAttribute(dataType: "Binary", value: .binary(Data([0, 255]))),
                ]), to: "work")
        #expect(sent.md5OfBody == "7b270e59b47ff90a553787216d55d91d")
        #expect(sent.md5OfAttributes == "0d8624db407dfd1a518804e452902d69")
    }

    @Test("a delay above 900 seconds, an empty body, a control character and a message above 1 MiB are refused")
    func refused() async throws {
        let bench = try await QueueBench()
        let cases: [(OutgoingMessage, String)] = [
            (
                OutgoingMessage(body: "a", delaySeconds: 901),
                "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."
            ),
            (OutgoingMessage(body: ""), "The request must contain the parameter MessageBody."),
            (
                OutgoingMessage(body: String(repeating: "a", count: 1_048_577)),
                "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes."
            ),
        ]
        for (message, text) in cases {
            await #expect {
                try await bench.engine.send(message, to: "work")
            } throws: {
                ($0 as? QueueError)?.message == text
            }
        }
        await #expect {
            try await bench.engine.send(OutgoingMessage(body: "\u{1}"), to: "work")
        } throws: {
            ($0 as? QueueError)?.type == "InvalidMessageContents"
        }
        let largest = OutgoingMessage(body: String(repeating: "a", count: 1_048_576))
        try await bench.engine.send(largest, to: "work")
    }

    @Test("what was acknowledged is there after the engine is opened again, and goes on counting down")
    func durable() async throws {
        let directory = try TemporaryDirectory()
        let bench = try await QueueBench(QueueBench.queue(), location: .directory(directory.url))
        try await bench.engine.send(
            OutgoingMessage(
                body: "kept", attributes: ["k": MessageAttribute(dataType: "Binary", value: .binary(Data([1, 2])))],
                traceHeader: "Root=1-2-3", senderID: "AKIA"), to: "work")
        bench.engine.close()
        let reopened = try QueueEngine(location: .directory(directory.url), clock: bench.clock)
        defer { reopened.close() }
        #expect(reopened.queueNames == ["work"])
        let message = try #require(try await reopened.receive(ReceiveRequest(queue: "work")).first)
        #expect(message.body == "kept")
        #expect(message.attributes["k"]?.value == .binary(Data([1, 2])))
        #expect(message.traceHeader == "Root=1-2-3")
        #expect(message.senderID == "AKIA")
    }

    @Test("messages of one call have outcomes of their own")
    func batch() async throws {
        let bench = try await QueueBench()
        let results = await withCheckedContinuation { continuation in
            bench.engine.send([OutgoingMessage(body: "ok"), OutgoingMessage(body: "")], to: "work") {
                continuation.resume(returning: $0)
            }
        }
        let outcomes = try results.get().map { (try? $0.get()) != nil }
        #expect(outcomes == [true, false])
        #expect(try await bench.receive().map(\.body) == ["ok"])
    }
}
