public import LambdaEvents
public import LambdaRuntime

extension BatchProcessor {
    /// A data stream's batch: stops at the first failure and names its sequence number, from which on Lambda sends it
    /// again.
    public func process(
        _ event: KinesisStreamEvent, context: LambdaContext,
        handle: @escaping @Sendable (KinesisStreamEvent.Record) async throws -> Void
    ) async throws -> BatchResponse {
        try await stream(event.records, id: \.kinesis.sequenceNumber, context: context, handle: handle)
    }

    /// The same of JSON data; a record that does not fit the schema fails, and holds up its shard until the event source
    /// mapping gives it up (`MaximumRetryAttempts`, `BisectBatchOnFunctionError`).
    public func process<Content>(
        _ event: KinesisStreamEvent, decoding schema: Schema<Content>, context: LambdaContext,
        handle: @escaping @Sendable (Content, KinesisStreamEvent.Record) async throws -> Void
    ) async throws -> BatchResponse {
        try await process(event, context: context) { record in
            try await handle(try Self.content(record.kinesis.data, schema), record)
        }
    }

    /// The same for a type that a decoder reads, and its first error only.
    public func process<Content: Decodable & Sendable>(
        _ event: KinesisStreamEvent, decoding type: Content.Type, context: LambdaContext,
        handle: @escaping @Sendable (Content, KinesisStreamEvent.Record) async throws -> Void
    ) async throws -> BatchResponse {
        try await process(event, context: context) { record in
            try await handle(try Self.content(record.kinesis.data, type), record)
        }
    }
}
