internal import EmulatorClock

/// GetShardIterator, all four types.
///
/// Checks: the stream's ARN, whether a sequence number belongs to the type, the stream, the shard, the sequence number.
extension StoreEngine {
    package func getShardIterator(_ input: GetShardIteratorInput) throws(StoreError) -> GetShardIteratorOutput {
        try StreamARN.check(input.streamArn)
        try Self.checkSequenceNumberIsWanted(input)
        let found = try readers.read { database in
            try StoredStream.find(input.streamArn, in: database).map { stream in
                (
                    stream, try StoredShard.find(input.shardId, of: stream.id, in: database),
                    newest: try stream.lastSequence(in: database)
                )
            }
        }
        guard let (stream, shard, newest) = found else { throw StoredStream.notFound(input.streamArn) }
        guard let shard else {
            throw StoreError(
                code: "ResourceNotFoundException",
                message: "Requested resource not found: Shard: \(input.shardId) in stream: \(stream.arn) not found")
        }
        let iterator = ShardIterator(
            streamARN: stream.arn, shard: shard.first, place: try Self.place(input, shard, newest, trimmed: stream.trimmed),
            issuedMilliseconds: clock.nowMilliseconds)
        return GetShardIteratorOutput(shardIterator: iterator.text)
    }

    private static func checkSequenceNumberIsWanted(_ input: GetShardIteratorInput) throws(StoreError) {
        let type = input.shardIteratorType
        switch type {
        case .atSequenceNumber, .afterSequenceNumber:
            guard input.sequenceNumber == nil else { return }
            throw .validation("SequenceNumber is required when ShardIteratorType is \(type.rawValue)")
        case .trimHorizon, .latest:
            guard input.sequenceNumber != nil else { return }
            throw .validation("SequenceNumber must not be specified when ShardIteratorType is \(type.rawValue)")
        }
    }

    private static func place(
        _ input: GetShardIteratorInput, _ shard: StoredShard, _ newest: Int64, trimmed: Int64
    ) throws(StoreError) -> ShardIterator.Place {
        switch input.shardIteratorType {
        case .trimHorizon: return .oldest
        case .latest: return .after(shard.last ?? max(newest, shard.first - 1))
        case .atSequenceNumber: return .after(try sequence(input, shard, newest, trimmed) - 1)
        case .afterSequenceNumber: return .after(try sequence(input, shard, newest, trimmed))
        }
    }

    private static func sequence(
        _ input: GetShardIteratorInput, _ shard: StoredShard, _ newest: Int64, _ trimmed: Int64
    ) throws(StoreError) -> Int64 {
        let text = input.sequenceNumber ?? ""
        // The shard's starting number is valid before any record has it.
        let end = shard.last ?? max(newest, shard.first)
        guard let sequence = StreamSequences.number(text), sequence >= shard.first, sequence <= end else {
            throw .validation("Invalid SequenceNumber: \(text)")
        }
        // What AFTER asks for begins one later, so that the last trimmed record itself is no loss to it.
        let firstWanted = input.shardIteratorType == .afterSequenceNumber ? sequence + 1 : sequence
        guard firstWanted > trimmed else { throw .trimmedData }
        return sequence
    }
}
