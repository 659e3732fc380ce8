import FunctionToolkit
import LambdaEvents
import Testing

struct BatchProcessorTests {
    private struct Failed: Error {}

    private func message(_ id: String, group: String? = nil) -> SQSEvent.Record {
        SQSEvent.Record(
            messageId: id, receiptHandle: "", body: id, attributes: group.map { ["MessageGroupId": $0] } ?? [:], md5OfBody: "",
            eventSourceARN: group == nil ? "arn:q" : "arn:q.fifo", awsRegion: "r")
    }

    private func run(_ event: SQSEvent, failing: Set<String>) async -> (handled: [String], reported: [String], logged: [String]) {
        var (handled, logged): ([String], [String]) = ([], [])
        let response = await BatchProcessor.process(event, onFailure: { record, _ in logged.append(record.messageId) }) {
            record in
            handled.append(record.messageId)
            if failing.contains(record.messageId) { throw Failed() }
        }
        return (handled, response.batchItemFailures.map(\.itemIdentifier), logged)
    }

    @Test("a queue: each message on its own, the failed ones reported by message id")
    func queue() async {
        let event = SQSEvent(records: ["1", "2", "3", "4"].map { message($0) })
        let result = await run(event, failing: ["2", "4"])
        #expect(result.handled == ["1", "2", "3", "4"] && result.reported == ["2", "4"] && result.logged == ["2", "4"])
        #expect(await run(event, failing: []).reported == [])
    }

    @Test("a FIFO queue: what stands behind a failure of its group is reported and not handled")
    func fifo() async {
        let event = SQSEvent(records: [
            message("a1", group: "a"), message("b1", group: "b"), message("a2", group: "a"), message("b2", group: "b"),
            message("a3", group: "a"),
        ])
        let result = await run(event, failing: ["a1", "b2"])
        #expect(result.handled == ["a1", "b1", "b2"])
        #expect(Set(result.reported) == ["a1", "b2", "a2", "a3"] && result.logged == ["a1", "b2"])
    }

    @Test("a group id on a standard queue holds nothing back")
    func standardQueueWithGroups() async {
        var records = [message("1", group: "g"), message("2", group: "g")]
        for index in records.indices { records[index].eventSourceARN = "arn:q" }
        #expect(await run(SQSEvent(records: records), failing: ["1"]).handled == ["1", "2"])
    }

    @Test("a stream: stops at the first failure and names its sequence number")
    func stream() async {
        let records = ["100", "200", "300"].map { number in
            DynamoDBStreamEvent.Record(
                eventID: "e" + number, eventName: .insert, awsRegion: "r",
                dynamodb: .init(keys: [:], sequenceNumber: number, sizeBytes: 1, streamViewType: .keysOnly), eventSourceARN: "a")
        }
        var handled: [String] = []
        let response = await BatchProcessor.process(DynamoDBStreamEvent(records: records), onFailure: { _, _ in }) { record in
            handled.append(record.eventID)
            if record.eventID != "e100" { throw Failed() }
        }
        #expect(handled == ["e100", "e200"])
        #expect(response == BatchResponse(failed: ["200"]))
    }
}
