public import LambdaEvents

/// Handles a batch record by record and answers which ones failed, for an event source mapping with
/// `ReportBatchItemFailures`.
///
/// Without that setting Lambda ignores the answer and takes the batch as done: failures would be lost. Records are
/// handled one after the other. A failure never ends the invocation: `onFailure` is where it is logged.
///
/// Source: AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda" and "Configuring partial
/// batch response with DynamoDB and Lambda".
public enum BatchProcessor {
    /// What follows a failed record.
    public enum AfterFailure: Sendable {
        /// The others are handled: a queue.
        case goOn
        /// The rest is not touched: a stream, which comes again from the first failure on.
        case stop
    }

    /// - Parameters:
    ///   - id: what the answer names a record by.
    ///   - onFailure: is told each failure, in the records' order.
    public static func process<Record>(
        _ records: [Record], id: (Record) -> String, afterFailure: AfterFailure,
        onFailure: (Record, any Error) -> Void, handle: (Record) async throws -> Void
    ) async -> BatchResponse {
        var failed: [String] = []
        for record in records {
            do {
                try await handle(record)
            } catch {
                onFailure(record, error)
                failed.append(id(record))
                if afterFailure == .stop { break }
            }
        }
        return BatchResponse(failed: failed)
    }

    /// A queue's batch. In a FIFO queue's, a message behind a failed one of its group is not handled but reported too, so
    /// that the group stays in order.
    public static func process(
        _ event: SQSEvent, onFailure: (SQSEvent.Record, any Error) -> Void,
        handle: (SQSEvent.Record) async throws -> Void
    ) async -> BatchResponse {
        var failedGroups: Set<String> = []
        var held: [String] = []
        var failed: [String] = []
        for record in event.records {
            let group = record.attributes["MessageGroupId"].flatMap { record.eventSourceARN.hasSuffix(".fifo") ? $0 : nil }
            if let group, failedGroups.contains(group) {
                held.append(record.messageId)
                continue
            }
            let response = await process([record], id: \.messageId, afterFailure: .goOn, onFailure: onFailure, handle: handle)
            failed += response.batchItemFailures.map(\.itemIdentifier)
            if let group, !response.batchItemFailures.isEmpty { failedGroups.insert(group) }
        }
        return BatchResponse(failed: failed + held)
    }

    /// A table stream's batch: stops at the first failure and names its sequence number.
    public static func process(
        _ event: DynamoDBStreamEvent, onFailure: (DynamoDBStreamEvent.Record, any Error) -> Void,
        handle: (DynamoDBStreamEvent.Record) async throws -> Void
    ) async -> BatchResponse {
        await process(
            event.records, id: \.dynamodb.sequenceNumber, afterFailure: .stop, onFailure: onFailure, handle: handle)
    }
}
