public import LambdaEvents
public import LambdaRuntime

/// Handles a batch record by record and answers which ones failed, for an event source mapping with
/// `ReportBatchItemFailures`.
///
/// ```swift
/// let batch = BatchProcessor(atOnce: 4)
///
/// func handle(_ event: SQSEvent, context: LambdaContext) async throws -> BatchResponse {
///     try await batch.process(event, decoding: Order.schema, context: context) { order, _ in try await ship(order) }
/// }
/// ```
///
/// Without `ReportBatchItemFailures` Lambda ignores the answer and takes the batch as done: failures would be lost.
///
/// Source: AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda", "Configuring partial batch
/// response with DynamoDB and Lambda", "… with Kinesis Data Streams and Lambda".
public struct BatchProcessor: Sendable {
    /// What follows a failed message of a FIFO queue.
    public enum FIFOFailure: Sendable {
        /// The rest of its group is reported and not handled, so that the group stays in order; the other groups go on.
        /// Powertools: `skip_group_on_error=True`.
        case holdGroup
        /// Everything behind it is reported and not handled, as Lambda's guide says and Powertools does unless told
        /// otherwise.
        case stop
    }

    /// How many messages of a queue, or groups of a FIFO queue, are handled at a time. A stream has its order.
    public var atOnce: Int
    public var afterFIFOFailure: FIFOFailure
    /// A record is begun only with that much time left; those not begun are reported as failed, and come again. The first
    /// one is always tried, or a batch would never get on.
    public var reserve: Duration
    /// Whether a batch of which nothing succeeded fails the invocation, which shows in its metrics; the records come
    /// again either way. Powertools: `raise_on_entire_batch_failure`, which is on there.
    public var throwsIfAllFail: Bool
    private let describe: @Sendable (any Error) -> String

    /// - Parameter describe: what the log says of a failure; its type and text, unless it may hold what no log should.
    public init(
        atOnce: Int = 1, afterFIFOFailure: FIFOFailure = .holdGroup, reserve: Duration = .zero, throwsIfAllFail: Bool = false,
        describe: @escaping @Sendable (any Error) -> String = { String(describing: $0) }
    ) {
        self.atOnce = atOnce
        self.afterFIFOFailure = afterFIFOFailure
        self.reserve = reserve
        self.throwsIfAllFail = throwsIfAllFail
        self.describe = describe
    }

    /// A queue's batch.
    ///
    /// - Throws: ``BatchProcessingError``, if that is asked for.
    public func process(
        _ event: SQSEvent, context: LambdaContext, handle: @escaping @Sendable (SQSEvent.Record) async throws -> Void
    ) async throws -> BatchResponse {
        var lanes: [[BatchItem<SQSEvent.Record>]] = []
        var laneOfGroup: [String: Int] = [:]
        for (index, record) in event.records.enumerated() {
            let item = BatchItem(
                record: record, id: record.messageId, index: index,
                fields: ["messageId": record.messageId, "received": record.attributes["ApproximateReceiveCount"] ?? ""])
            if let group = group(of: record), let lane = laneOfGroup[group] {
                lanes[lane].append(item)
            } else {
                if let group = group(of: record) { laneOfGroup[group] = lanes.count }
                lanes.append([item])
            }
        }
        return try await run(lanes, context: context, handle: handle)
    }

    /// The messages that wait for each other; nil in a standard queue, whose groups (for fairness) order nothing.
    private func group(of record: SQSEvent.Record) -> String? {
        guard record.eventSourceARN.hasSuffix(".fifo") else { return nil }
        return afterFIFOFailure == .stop ? "" : record.attributes["MessageGroupId"] ?? ""
    }

    /// A table stream's batch: stops at the first failure and names its sequence number, from which on Lambda sends it
    /// again.
    public func process(
        _ event: DynamoDBStreamEvent, context: LambdaContext,
        handle: @escaping @Sendable (DynamoDBStreamEvent.Record) async throws -> Void
    ) async throws -> BatchResponse {
        try await stream(event.records, id: \.dynamodb.sequenceNumber, context: context, handle: handle)
    }

    func stream<Record: Sendable>(
        _ records: [Record], id: (Record) -> String, context: LambdaContext,
        handle: @escaping @Sendable (Record) async throws -> Void
    ) async throws -> BatchResponse {
        let lane = records.enumerated().map { index, record in
            BatchItem(record: record, id: id(record), index: index, fields: ["sequenceNumber": id(record)])
        }
        let response = try await run([lane], context: context, handle: handle)
        return BatchResponse(batchItemFailures: Array(response.batchItemFailures.prefix(1)))
    }
}

struct BatchItem<Record: Sendable>: Sendable {
    var record: Record
    /// What the answer names it by.
    var id: String
    var index: Int
    /// What a log line names it by.
    var fields: [String: String]
}

extension BatchProcessor {
    /// - Parameter lanes: side by side; in a lane one after the other, until one fails.
    private func run<Record: Sendable>(
        _ lanes: [[BatchItem<Record>]], context: LambdaContext, handle: @escaping @Sendable (Record) async throws -> Void
    ) async throws -> BatchResponse {
        let failed = await concurrently(lanes, limit: atOnce) { lane in
            await handled(lane, context: context, handle)
        }.flatMap { $0 }.sorted { $0.index < $1.index }
        let count = lanes.reduce(0) { $0 + $1.count }
        if throwsIfAllFail, count > 0, failed.count == count, let cause = failed.compactMap(\.cause).first {
            throw BatchProcessingError(count: count, cause: cause)
        }
        return BatchResponse(failed: failed.map(\.id))
    }

    private struct Failed: Sendable {
        var id: String
        var index: Int
        /// nil for one that was held back.
        var cause: String?
    }

    private func handled<Record: Sendable>(
        _ lane: [BatchItem<Record>], context: LambdaContext, _ handle: @Sendable (Record) async throws -> Void
    ) async -> [Failed] {
        for (position, item) in lane.enumerated() {
            do {
                guard item.index == 0 || context.remaining > reserve && !Task.isCancelled else { throw BatchOutOfTime() }
                try await handle(item.record)
            } catch {
                let cause = describe(error)
                context.log.warn("record failed", item.fields.merging(["cause": cause]) { own, _ in own })
                let held = lane[(position + 1)...].map { Failed(id: $0.id, index: $0.index) }
                return [Failed(id: item.id, index: item.index, cause: cause)] + held
            }
        }
        return []
    }
}

/// A record that was not begun, since the invocation's time is nearly over.
public struct BatchOutOfTime: Error, Sendable, CustomStringConvertible {
    public let description = "not begun: the invocation's time is nearly over"
}

/// Every record of a batch failed, and ``BatchProcessor/throwsIfAllFail`` is set.
public struct BatchProcessingError: Error, Sendable, LambdaErrorRepresentable {
    public let count: Int
    /// What the first one failed with.
    public let cause: String

    public var errorType: String { "BatchProcessingError" }
    public var errorMessage: String { "all \(count) records failed, the first with: \(cause)" }
}
