import EventSources
import Foundation
import QueueEngine
import Testing

@Suite("A table's stream to a function")
struct StreamPollerTests {
    @Test("a change arrives in the shape of AWS's sample, with every field")
    func shape() async throws {
        var bench = try await SourceBench()
        bench.stream()
        let sources = try bench.sources()
        defer { bench.close(sources) }
        try await bench.put("a")
        let call = await bench.invoker.next()
        let event = try #require(try JSONSerialization.jsonObject(with: call.request.payload) as? NSDictionary)
        var record = try #require((event["Records"] as? [NSDictionary])?.first as? [String: Any])
        #expect((record.removeValue(forKey: "eventID") as? String)?.isEmpty == false)
        let arn = try #require(record.removeValue(forKey: "eventSourceARN") as? String)
        #expect(arn.hasPrefix("arn:aws:dynamodb:us-east-1:123456789012:table/items/stream/"))
        let expected = """
            {"eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1","dynamodb":{
            "Keys":{"id":{"S":"a"}},"NewImage":{"id":{"S":"a"}},"ApproximateCreationDateTime":1700000000,
            "SequenceNumber":"100000000000000000001","SizeBytes":6,"StreamViewType":"NEW_AND_OLD_IMAGES"}}
            """
        #expect(record as NSDictionary == (try JSONSerialization.jsonObject(with: Data(expected.utf8)) as? NSDictionary))
        #expect(call.request.functionName == "handler")
        #expect(call.request.cause != nil)
        call.answer()
    }

    @Test("records that come while the function works wait for it, in order, in batches")
    func order() async throws {
        var bench = try await SourceBench()
        bench.stream { $0.batchSize = 2 }
        let sources = try bench.sources()
        defer { bench.close(sources) }
        try await bench.put("a")
        let first = await bench.invoker.next()
        try await bench.put("b", "c", "d")
        sources.settle()
        #expect(bench.invoker.pending == 0)
        first.answer()
        let second = await bench.invoker.next()
        #expect(try second.records("dynamodb", "Keys", "id", "S") == ["b", "c"])
        second.answer()
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["d"])
    }

    @Test("a failed batch comes again after 1, 2 and 4 seconds, and what follows waits")
    func retry() async throws {
        var bench = try await SourceBench()
        bench.stream()
        let sources = try bench.sources()
        defer { bench.close(sources) }
        try await bench.put("a")
        for seconds in [1.0, 2, 4] {
            let call = await bench.invoker.next()
            call.fail()
            sources.settle()
            bench.clock.advance(bySeconds: seconds - 0.5)
            sources.settle()
            #expect(bench.invoker.pending == 0)
            bench.clock.advance(bySeconds: 0.5)
        }
        try await bench.put("b")
        let call = await bench.invoker.next()
        #expect(try call.records("dynamodb", "Keys", "id", "S") == ["a"])
        call.answer()
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["b"])
    }

    @Test("after the last try the records are given up: the destination is told where they are, and the stream goes on")
    func destination() async throws {
        var bench = try await SourceBench()
        bench.stream {
            $0.maximumRetryAttempts = 1
            $0.onFailureQueueName = "failures"
        }
        let sources = try bench.sources()
        defer { bench.close(sources) }
        try await bench.put("a")
        await bench.invoker.next().fail()
        sources.settle()
        bench.clock.advance(bySeconds: 1)
        await bench.invoker.next().fail()
        let message = try #require(
            try await bench.queues.receive(ReceiveRequest(queue: "failures", waitSeconds: 20)).first)
        let notice = try #require(try JSONSerialization.jsonObject(with: Data(message.body.utf8)) as? [String: Any])
        let context = try #require(notice["requestContext"] as? NSDictionary)
        #expect(
            context == [
                "requestId": "r-1", "functionArn": "arn:aws:lambda:us-east-1:123456789012:function:handler",
                "condition": "RetryAttemptsExhausted", "approximateInvokeCount": 2,
            ] as NSDictionary)
        let info = try #require(notice["DDBStreamBatchInfo"] as? [String: Any])
        #expect(info["startSequenceNumber"] as? String == "100000000000000000001")
        #expect(info["batchSize"] as? Int == 1)
        #expect(info["approximateArrivalOfFirstRecord"] as? String == "2023-11-14T22:13:20Z")
        try await bench.put("b")
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["b"])
    }

    @Test("a partial failure goes on from the lowest reported sequence number")
    func partial() async throws {
        var bench = try await SourceBench()
        bench.stream { $0.reportsBatchItemFailures = true }
        try await bench.put("a", "b", "c")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        let call = await bench.invoker.next()
        let numbers = try call.records("dynamodb", "SequenceNumber")
        call.answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"\(numbers[2])\"},{\"itemIdentifier\":\"\(numbers[1])\"}]}")
        sources.settle()
        bench.clock.advance(bySeconds: 1)
        let again = await bench.invoker.next()
        #expect(try again.records("dynamodb", "Keys", "id", "S") == ["b", "c"])
        again.answer("{\"batchItemFailures\":[]}")
        sources.settle()
        #expect(bench.invoker.pending == 0)
    }

    @Test("an answer that names a record that is not in the batch fails the whole batch")
    func unknownIdentifier() async throws {
        var bench = try await SourceBench()
        bench.stream { $0.reportsBatchItemFailures = true }
        try await bench.put("a", "b")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        await bench.invoker.next().answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"7\"}]}")
        sources.settle()
        bench.clock.advance(bySeconds: 1)
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["a", "b"])
    }

    @Test("bisecting finds the poison: the others are done with, it alone is given up")
    func bisect() async throws {
        var bench = try await SourceBench()
        bench.stream {
            $0.bisectBatchOnFunctionError = true
            $0.maximumRetryAttempts = 0
        }
        try await bench.put("a", "b", "poison", "d")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        var done: [String] = []
        for _ in 1...5 {
            let call = await bench.invoker.next()
            let ids = try call.records("dynamodb", "Keys", "id", "S")
            if ids.contains("poison") {
                call.fail()
            } else {
                done += ids
                call.answer()
            }
            sources.settle()
            bench.clock.advance(bySeconds: 60)
            sources.settle()
        }
        #expect(done == ["a", "b", "d"])
        #expect(bench.invoker.pending == 0)
    }

    @Test("a restart goes on behind the last batch that was done with, and repeats the one that was not")
    func restart() async throws {
        var bench = try await SourceBench()
        bench.stream { $0.batchSize = 1 }
        let first = try bench.sources()
        try await bench.put("a", "b")
        await bench.invoker.next().answer()
        // "b" is with the function when the process ends.
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["b"])
        first.stop()
        let second = try bench.sources()
        defer { bench.close(first, second) }
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["b"])
    }

    @Test("LATEST leaves out what was there before the first start, but nothing that comes between starts")
    func latest() async throws {
        var bench = try await SourceBench()
        bench.stream { $0.startingPosition = .latest }
        try await bench.put("old")
        let first = try bench.sources()
        first.settle()
        first.stop()
        try await bench.put("new")
        let second = try bench.sources()
        defer { bench.close(first, second) }
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["new"])
    }

    @Test("a batching window waits for more, but not for more than a batch")
    func window() async throws {
        var bench = try await SourceBench()
        bench.stream {
            $0.batchSize = 3
            $0.maximumBatchingWindowSeconds = 10
        }
        let sources = try bench.sources()
        defer { bench.close(sources) }
        try await bench.put("a", "b")
        sources.settle()
        bench.clock.advance(bySeconds: 9)
        sources.settle()
        #expect(bench.invoker.pending == 0)
        bench.clock.advance(bySeconds: 1)
        let call = await bench.invoker.next()
        #expect(try call.records("dynamodb", "Keys", "id", "S") == ["a", "b"])
        try await bench.put("c", "d", "e")
        call.answer()
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["c", "d", "e"])
    }

    @Test("a throttled batch is tried again without counting")
    func throttled() async throws {
        var bench = try await SourceBench()
        bench.stream { $0.maximumRetryAttempts = 0 }
        let sources = try bench.sources()
        defer { bench.close(sources) }
        try await bench.put("a")
        await bench.invoker.next().refuse(.throttled)
        sources.settle()
        bench.clock.advance(bySeconds: 1)
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["a"])
    }

    @Test("a child shard's records come after its parent's, in a batch of their own")
    func shards() async throws {
        var bench = try await SourceBench()
        bench.stream()
        try await bench.put("a", "b")
        bench.clock.advance(bySeconds: 4 * 3600)
        try await bench.maintain()
        try await bench.put("c")
        bench.clock.advance(bySeconds: 4 * 3600)
        try await bench.maintain()
        try await bench.put("d")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        for ids in [["a", "b"], ["c"], ["d"]] {
            let call = await bench.invoker.next()
            #expect(try call.records("dynamodb", "Keys", "id", "S") == ids)
            call.answer()
        }
        // The new shard is found while the source runs, too.
        sources.settle()
        bench.clock.advance(bySeconds: 4 * 3600)
        try await bench.maintain()
        try await bench.put("e")
        #expect(try await bench.invoker.next().records("dynamodb", "Keys", "id", "S") == ["e"])
    }
}
