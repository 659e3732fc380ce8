internal import Foundation

/// DescribeStream. A stream has one shard, open until its table is deleted: one writer needs no more.
extension StoreEngine {
    package func describeStream(_ input: DescribeStreamInput) throws(StoreError) -> DescribeStreamOutput {
        var violations = ConstraintViolations()
        violations.checkLimit(input.limit, atMost: 100)
        try violations.check()
        let found = try readers.read { database in
            try StoredStream.find(input.streamArn, in: database).map { ($0, try $0.lastSequence(in: database)) }
        }
        guard let (stream, last) = found else { throw StoredStream.notFound(input.streamArn) }
        let isOpen = stream.disabledMilliseconds == nil
        let shard = StreamShard(
            shardId: stream.shardID, startingSequenceNumber: StreamSequences.text(1),
            endingSequenceNumber: isOpen ? nil : StreamSequences.text(max(last, 1)))
        let isBehindStart = input.exclusiveStartShardId.map { $0 >= stream.shardID } ?? false
        return DescribeStreamOutput(
            streamDescription: StreamDescription(
                streamArn: stream.arn, streamLabel: stream.label, streamStatus: isOpen ? .enabled : .disabled,
                streamViewType: stream.viewType,
                creationRequestDateTime: Date(timeIntervalSince1970: Double(stream.createdMilliseconds) / 1000),
                tableName: stream.tableName, keySchema: stream.keySchema, shards: isBehindStart ? [] : [shard]))
    }
}
