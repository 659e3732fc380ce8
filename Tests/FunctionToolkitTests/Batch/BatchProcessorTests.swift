import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Synchronization
import Testing

@Suite("A batch")
struct BatchProcessorTests {
    private struct Failed: Error {}

    /// What was handled, in order.
    private final class Journal: Sendable {
        let handled = Mutex<[String]>([])
        let lines = Mutex<[String]>([])

        func context(remaining: Duration = .seconds(900)) -> LambdaContext {
            .test(remaining: remaining, log: LambdaLog { line in self.lines.withLock { $0.append(line) } })
        }
    }

    private func message(_ id: String, group: String? = nil, body: String? = nil) -> SQSEvent.Record {
        SQSEvent.Record(
            messageId: id, receiptHandle: "", body: body ?? id, attributes: group.map { ["MessageGroupId": $0] } ?? [:],
            md5OfBody: "", eventSourceARN: group == nil ? "arn:q" : "arn:q.fifo", awsRegion: "r")
    }

    private func run(
        _ event: SQSEvent, failing: Set<String>, with processor: BatchProcessor = BatchProcessor(),
        remaining: Duration = .seconds(900)
    ) async throws -> (handled: [String], reported: [String], logged: Int) {
        let journal = Journal()
        let response = try await processor.process(event, context: journal.context(remaining: remaining)) { record in
            journal.handled.withLock { $0.append(record.messageId) }
            if failing.contains(record.messageId) { throw Failed() }
        }
        return (
            journal.handled.withLock { $0 }, response.batchItemFailures.map(\.itemIdentifier), journal.lines.withLock { $0.count }
        )
    }

    @Test("of a queue: each message on its own, the failed ones reported by message id")
    func queue() async throws {
        let event = SQSEvent(records: ["1", "2", "3", "4"].map { message($0) })
        let result = try await run(event, failing: ["2", "4"])
        #expect(result.handled == ["1", "2", "3", "4"] && result.reported == ["2", "4"] && result.logged == 2)
        #expect(try await run(event, failing: []).reported == [])
        #expect(try await run(event, failing: ["1", "2", "3", "4"]).reported == ["1", "2", "3", "4"])
    }

    private func fifoEvent() -> SQSEvent {
        SQSEvent(records: [
            message("a1", group: "a"), message("b1", group: "b"), message("a2", group: "a"), message("b2", group: "b"),
            message("a3", group: "a"),
        ])
    }

    @Test("of a FIFO queue: what stands behind a failure of its group is reported and not handled")
    func fifo() async throws {
        let result = try await run(fifoEvent(), failing: ["a1", "b2"])
        #expect(result.handled == ["a1", "b1", "b2"])
        #expect(result.reported == ["a1", "a2", "b2", "a3"] && result.logged == 2)
    }

    @Test("of a FIFO queue that stops: all that stands behind the first failure is reported")
    func fifoStop() async throws {
        let result = try await run(fifoEvent(), failing: ["b1"], with: BatchProcessor(atOnce: 4, afterFIFOFailure: .stop))
        #expect(result.handled == ["a1", "b1"] && result.reported == ["b1", "a2", "b2", "a3"])
    }

    @Test("a group id on a standard queue holds nothing back")
    func standardQueueWithGroups() async throws {
        var records = [message("1", group: "g"), message("2", group: "g")]
        for index in records.indices { records[index].eventSourceARN = "arn:q" }
        #expect(try await run(SQSEvent(records: records), failing: ["1"]).handled == ["1", "2"])
    }

    @Test("several at once: no more than so many, and the report is in the batch's order")
    func concurrency() async throws {
        let running = Mutex((now: 0, most: 0))
        let event = SQSEvent(records: (0..<20).map { message("\($0)") })
        let response = try await BatchProcessor(atOnce: 3).process(event, context: .test()) { record in
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            await Task.yield()
            running.withLock { $0.now -= 1 }
            if Int(record.messageId)?.isMultiple(of: 5) == true { throw Failed() }
        }
        #expect(response == BatchResponse(failed: ["0", "5", "10", "15"]))
        #expect(running.withLock { $0.most } <= 3)
    }

    @Test("groups of a FIFO queue run side by side, each in its order")
    func concurrentGroups() async throws {
        let order = Mutex<[String: [String]]>([:])
        let event = SQSEvent(records: (0..<12).map { message("\($0)", group: "\($0 % 3)") })
        let response = try await BatchProcessor(atOnce: 3).process(event, context: .test()) { record in
            await Task.yield()
            order.withLock { $0[record.attributes["MessageGroupId"] ?? "", default: []].append(record.messageId) }
        }
        #expect(response == BatchResponse())
        #expect(order.withLock { $0 } == ["0": ["0", "3", "6", "9"], "1": ["1", "4", "7", "10"], "2": ["2", "5", "8", "11"]])
    }

    @Test("whose time is nearly over: what was not begun comes again, but the first is always tried")
    func deadline() async throws {
        let event = SQSEvent(records: ["1", "2", "3"].map { message($0) })
        let result = try await run(
            event, failing: [], with: BatchProcessor(reserve: .seconds(5)), remaining: .seconds(4))
        #expect(result.handled == ["1"] && result.reported == ["2", "3"])
    }

    @Test("that failed as a whole fails the invocation, if it shall")
    func allFailed() async throws {
        let event = SQSEvent(records: ["1", "2"].map { message($0) })
        let error = try await #require(throws: BatchProcessingError.self) {
            try await run(event, failing: ["1", "2"], with: BatchProcessor(throwsIfAllFail: true))
        }
        #expect(error.count == 2 && error.errorMessage.contains("Failed"))
        #expect(try await run(event, failing: ["1"], with: BatchProcessor(throwsIfAllFail: true)).reported == ["1"])
        #expect(try await run(SQSEvent(records: []), failing: [], with: BatchProcessor(throwsIfAllFail: true)).reported == [])
    }

    @Test("of typed messages: one that is not what it must be fails by itself, and the log says why without its content")
    func decoding() async throws {
        struct Order: Decodable, Equatable { var id: Int }
        let journal = Journal()
        let event = SQSEvent(records: [
            message("1", body: #"{"id":1}"#), message("2", body: #"{"id":"secret"}"#), message("3", body: "no"),
        ])
        let handled = Mutex<[Int]>([])
        let byDecoder = try await BatchProcessor().process(event, decoding: Order.self, context: journal.context()) { order, _ in
            handled.withLock { $0.append(order.id) }
        }
        let schema = Schema.object(.required("id", .integer))
        let bySchema = try await BatchProcessor().process(event, decoding: schema, context: journal.context()) { id, _ in
            handled.withLock { $0.append(id) }
        }
        #expect(handled.withLock { $0 } == [1, 1])
        #expect(byDecoder == BatchResponse(failed: ["2", "3"]) && bySchema == byDecoder)
        let lines = journal.lines.withLock { $0 }
        #expect(lines.count == 4 && !lines.contains { $0.contains("secret") })
        #expect(lines[2].contains("id: This must be a whole number") && lines[3].contains("the content is not JSON"))
    }

    @Test("of a table's stream: stops at the first failure and names its sequence number")
    func stream() async throws {
        let records = ["100", "200", "300"].map { number in
            DynamoDBStreamEvent.Record(
                eventID: "e" + number, eventName: .insert, awsRegion: "r",
                dynamodb: .init(keys: [:], sequenceNumber: number, sizeBytes: 1, streamViewType: .keysOnly), eventSourceARN: "a")
        }
        let handled = Mutex<[String]>([])
        let response = try await BatchProcessor(atOnce: 4).process(DynamoDBStreamEvent(records: records), context: .test()) {
            record in
            handled.withLock { $0.append(record.eventID) }
            if record.eventID != "e100" { throw Failed() }
        }
        #expect(handled.withLock { $0 } == ["e100", "e200"])
        #expect(response == BatchResponse(failed: ["200"]))
    }

    @Test("of a data stream: the same, with its data typed")
    func kinesis() async throws {
        let records = ["100", "200", "300"].map { number in
            KinesisStreamEvent.Record(
                kinesis: .init(
                    partitionKey: "p", sequenceNumber: number, data: Data(number == "200" ? "no".utf8 : #"{"id":1}"#.utf8),
                    approximateArrivalTimestamp: 0), eventID: "e" + number, invokeIdentityArn: "", awsRegion: "r",
                eventSourceARN: "a")
        }
        let handled = Mutex<[String]>([])
        let schema = Schema.object(.required("id", .integer))
        let response = try await BatchProcessor().process(
            KinesisStreamEvent(records: records), decoding: schema, context: .test()
        ) { _, record in handled.withLock { $0.append(record.kinesis.sequenceNumber) } }
        #expect(handled.withLock { $0 } == ["100"] && response == BatchResponse(failed: ["200"]))
    }
}
