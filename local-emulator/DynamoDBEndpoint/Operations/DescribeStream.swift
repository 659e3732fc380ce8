import StoreEngine

enum DescribeStream: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = DescribeStreamInput(
            streamArn: try request.requiredString("StreamArn", length: StreamMember.arnLength),
            exclusiveStartShardId: try request.string("ExclusiveStartShardId", length: StreamMember.shardIDLength),
            limit: try request.integer("Limit", in: 1...StoreEngine.mostShards), childrenOf: try parent(request))
        try request.check()
        let stream = try ask { () throws(StoreError) in try store.describeStream(input) }.streamDescription
        return JSONObjectWriter.object { writer in
            writer.object("StreamDescription") { writer in
                writer.string("StreamArn", stream.streamArn)
                writer.string("StreamLabel", stream.streamLabel)
                writer.string("StreamStatus", stream.streamStatus.rawValue)
                writer.string("StreamViewType", stream.streamViewType.rawValue)
                writer.time("CreationRequestDateTime", stream.creationRequestDateTime)
                writer.string("TableName", stream.tableName)
                writer.keySchema(stream.keySchema)
                writer.array("Shards", stream.shards.map(shard))
                writer.string("LastEvaluatedShardId", stream.lastEvaluatedShardId)
            }
        }
    }

    /// The shard that a `ShardFilter` names; both of its members are needed for it to say anything.
    private static func parent(_ request: RequestReader) throws(Refusal) -> String? {
        guard let filter = try request.structure("ShardFilter") else { return nil }
        _ = try filter.requiredOption("Type", order: "CHILD_SHARDS", standIn: ShardFilterType.childShards)
        return try filter.requiredString("ShardId", length: StreamMember.shardIDLength)
    }

    private static func shard(_ shard: StreamShard) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.string("ShardId", shard.shardId)
            writer.string("ParentShardId", shard.parentShardId)
            writer.object("SequenceNumberRange") { writer in
                writer.string("StartingSequenceNumber", shard.startingSequenceNumber)
                writer.string("EndingSequenceNumber", shard.endingSequenceNumber)
            }
        }
    }
}
