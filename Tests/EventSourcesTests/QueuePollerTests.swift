import EventSources
import Foundation
import QueueEngine
import Testing

@Suite("A queue to a function")
struct QueuePollerTests {
    @Test("a message arrives in the shape of AWS's sample, and is deleted once the function has dealt with it")
    func shape() async throws {
        var bench = try await SourceBench()
        bench.queue()
        let sources = try bench.sources()
        defer { bench.close(sources) }
        let sent = try await bench.queues.send(
            OutgoingMessage(
                body: "Hello from SQS!",
                attributes: [
                    "n": MessageAttribute(dataType: "Number", value: .text("1")),
                    "b": MessageAttribute(dataType: "Binary", value: .binary(Data("1100".utf8))),
                ], senderID: "AIDA"), to: "work")
        let call = await bench.invoker.next()
        let event = try #require(try JSONSerialization.jsonObject(with: call.request.payload) as? NSDictionary)
        var record = try #require((event["Records"] as? [NSDictionary])?.first as? [String: Any])
        #expect((record.removeValue(forKey: "receiptHandle") as? String)?.isEmpty == false)
        #expect(record.removeValue(forKey: "messageId") as? String == sent.messageID)
        #expect(record.removeValue(forKey: "md5OfMessageAttributes") as? String == sent.md5OfAttributes)
        let expected = """
            {"body":"Hello from SQS!","md5OfBody":"7b270e59b47ff90a553787216d55d91d","eventSource":"aws:sqs",
            "eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:work","awsRegion":"us-east-1",
            "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1700000000000","SenderId":"AIDA",
            "ApproximateFirstReceiveTimestamp":"1700000000000"},"messageAttributes":{
            "n":{"stringValue":"1","stringListValues":[],"binaryListValues":[],"dataType":"Number"},
            "b":{"binaryValue":"MTEwMA==","stringListValues":[],"binaryListValues":[],"dataType":"Binary"}}}
            """
        #expect(record as NSDictionary == (try JSONSerialization.jsonObject(with: Data(expected.utf8)) as? NSDictionary))
        call.answer()
        sources.settle()
        let status = try await bench.queues.status(of: "work")
        #expect(status.inFlight == 0 && status.visible == 0)
    }

    @Test("of a partial failure only what failed comes again, after its visibility time-out")
    func partial() async throws {
        var bench = try await SourceBench()
        bench.queue { $0.reportsBatchItemFailures = true }
        try await bench.send("a", "b")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        let call = await bench.invoker.next()
        #expect(try call.records("body") == ["a", "b"])
        let ids = try call.records("messageId")
        call.answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"\(ids[1])\"}]}")
        sources.settle()
        #expect(try await bench.queues.status(of: "work").inFlight == 1)
        bench.clock.advance(bySeconds: 30)
        let again = await bench.invoker.next()
        #expect(try again.records("body") == ["b"])
        #expect(try again.records("attributes", "ApproximateReceiveCount") == ["2"])
    }

    @Test("a message that fails too often goes to the dead-letter queue")
    func redrive() async throws {
        var bench = try await SourceBench()
        try await bench.queues.ensure([
            QueueConfiguration(
                name: "work", arn: "arn:aws:sqs:us-east-1:123456789012:work", visibilityTimeoutSeconds: 10,
                redrive: .init(deadLetterQueueName: "failures", maxReceiveCount: 2))
        ])
        bench.queue()
        try await bench.send("poison")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        for _ in 1...2 {
            await bench.invoker.next().fail()
            sources.settle()
            // Answered after what the poller asked of the queue.
            _ = try await bench.queues.status(of: "work")
            bench.clock.advance(bySeconds: 10)
        }
        let dead = try await bench.queues.receive(ReceiveRequest(queue: "failures", waitSeconds: 20))
        #expect(dead.map(\.body) == ["poison"])
        #expect(bench.invoker.pending == 0)
    }

    @Test("several batches are with the function at once, up to the limit")
    func concurrency() async throws {
        var bench = try await SourceBench()
        bench.queue {
            $0.batchSize = 1
            $0.maximumConcurrency = 2
        }
        try await bench.send("a", "b", "c")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        let first = await bench.invoker.next()
        let second = await bench.invoker.next()
        #expect(try [first.records("body"), second.records("body")] == [["a"], ["b"]])
        sources.settle()
        _ = try await bench.queues.status(of: "work")
        sources.settle()
        #expect(bench.invoker.pending == 0)
        second.answer()
        #expect(try await bench.invoker.next().records("body") == ["c"])
    }

    @Test("a batching window brings messages together beyond the ten of one receive")
    func window() async throws {
        var bench = try await SourceBench()
        bench.queue {
            $0.batchSize = 12
            $0.maximumBatchingWindowSeconds = 5
        }
        let sources = try bench.sources()
        defer { bench.close(sources) }
        for index in 1...12 { try await bench.send("\(index)") }
        let call = await bench.invoker.next()
        #expect(try call.records("body").count == 12)
        call.answer()
        try await bench.send("13")
        _ = try await bench.queues.status(of: "work")
        sources.settle()
        #expect(bench.invoker.pending == 0)
    }

    @Test("a throttled batch is tried again while its messages are hidden")
    func throttled() async throws {
        var bench = try await SourceBench()
        bench.queue()
        try await bench.send("a")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        await bench.invoker.next().refuse(.throttled)
        sources.settle()
        bench.clock.advance(bySeconds: 1)
        let again = await bench.invoker.next()
        #expect(try again.records("attributes", "ApproximateReceiveCount") == ["1"])
    }

    @Test("a batch whose text doubles in JSON is split, so that every event fits in Lambda's 6 MB")
    func escapedText() async throws {
        var bench = try await SourceBench()
        try await bench.send(Array(repeating: String(repeating: "\"", count: 1_000_000), count: 4))
        bench.queue()
        let sources = try bench.sources()
        defer { bench.close(sources) }
        var received = 0
        while received < 4 {
            let call = await bench.invoker.next()
            #expect(call.request.payload.count <= 6 * 1024 * 1024)
            received += try call.records("body").count
            call.answer()
        }
    }
}
