internal import EmulatorClock

/// GetShardIterator, all four types.
extension StoreEngine {
    package func getShardIterator(_ input: GetShardIteratorInput) throws(StoreError) -> GetShardIteratorOutput {
        let found = try readers.read { database in
            try StoredStream.find(input.streamArn, in: database).map { ($0, try $0.lastSequence(in: database)) }
        }
        guard let (stream, last) = found else { throw StoredStream.notFound(input.streamArn) }
        guard stream.shardID == input.shardId else {
            throw StoreError(
                code: "ResourceNotFoundException",
                message: "Requested resource not found: Shard: \(input.shardId) in stream: \(stream.arn) not found")
        }
        let iterator = ShardIterator(
            streamARN: stream.arn, after: try Self.position(input, last, trimmed: stream.trimmed),
            issuedMilliseconds: clock.nowMilliseconds)
        return GetShardIteratorOutput(shardIterator: iterator.text)
    }

    private static func position(
        _ input: GetShardIteratorInput, _ last: Int64, trimmed: Int64
    ) throws(StoreError) -> Int64 {
        switch input.shardIteratorType {
        case .trimHorizon: return 0
        case .latest: return last
        case .atSequenceNumber: return try sequence(input, last, trimmed) - 1
        case .afterSequenceNumber: return try sequence(input, last, trimmed)
        }
    }

    private static func sequence(
        _ input: GetShardIteratorInput, _ last: Int64, _ trimmed: Int64
    ) throws(StoreError) -> Int64 {
        guard let text = input.sequenceNumber else {
            throw .validation(
                "SequenceNumber is required when ShardIteratorType is \(input.shardIteratorType.rawValue)")
        }
        // The shard's starting number is valid before any record has it.
        guard let sequence = StreamSequences.number(text), sequence >= 1, sequence <= max(last, 1) else {
            throw .validation("Invalid SequenceNumber: \(text)")
        }
        // What AFTER asks for begins one later, so that the last trimmed record itself is no loss to it.
        let firstWanted = input.shardIteratorType == .afterSequenceNumber ? sequence + 1 : sequence
        guard firstWanted > trimmed else { throw .trimmedData }
        return sequence
    }
}
