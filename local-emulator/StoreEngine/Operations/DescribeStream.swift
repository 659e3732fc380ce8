internal import Foundation

/// DescribeStream: a page of the stream's shards, oldest first, so that a parent comes before its child.
extension StoreEngine {
    /// "The upper limit is 100" (DescribeStream, API reference).
    package static let mostShards = 100

    package func describeStream(_ input: DescribeStreamInput) throws(StoreError) -> DescribeStreamOutput {
        var violations = ConstraintViolations()
        violations.checkLimit(input.limit, atMost: Self.mostShards)
        try violations.check()
        try StreamARN.check(input.streamArn)
        let found = try readers.read { database in
            try StoredStream.find(input.streamArn, in: database).map { stream in
                (stream, try StoredShard.all(of: stream.id, in: database))
            }
        }
        guard let (stream, shards) = found else { throw StoredStream.notFound(input.streamArn) }
        let wanted = shards.filter { shard in
            input.exclusiveStartShardId.map { $0 < shard.shardID } ?? true
                && input.childrenOf.map { $0 == shard.parentID } ?? true
        }
        let page = wanted.prefix(input.limit ?? Self.mostShards)
        return DescribeStreamOutput(
            streamDescription: StreamDescription(
                streamArn: stream.arn, streamLabel: stream.label,
                streamStatus: stream.disabledMilliseconds == nil ? .enabled : .disabled, streamViewType: stream.viewType,
                creationRequestDateTime: Date(timeIntervalSince1970: Double(stream.createdMilliseconds) / 1000),
                tableName: stream.tableName, keySchema: stream.keySchema, shards: page.map(StreamShard.init),
                lastEvaluatedShardId: page.count < wanted.count ? page.last?.shardID : nil))
    }
}

extension StreamShard {
    fileprivate init(_ shard: StoredShard) {
        self.init(
            shardId: shard.shardID, startingSequenceNumber: StreamSequences.text(shard.first),
            endingSequenceNumber: shard.last.map(StreamSequences.text), parentShardId: shard.parentID)
    }
}
