import StoreEngine

enum ListStreams: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = ListStreamsInput(
            tableName: try request.string("TableName"),
            exclusiveStartStreamArn: try request.string("ExclusiveStartStreamArn"), limit: try request.integer("Limit"))
        try request.check()
        let output = try ask { () throws(StoreError) in try store.listStreams(input) }
        return JSONObjectWriter.object { writer in
            writer.array("Streams", output.streams.map(summary))
            writer.string("LastEvaluatedStreamArn", output.lastEvaluatedStreamArn)
        }
    }

    private static func summary(_ stream: StreamSummary) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.string("StreamArn", stream.streamArn)
            writer.string("StreamLabel", stream.streamLabel)
            writer.string("TableName", stream.tableName)
        }
    }
}

enum DescribeStream: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = DescribeStreamInput(
            streamArn: try request.requiredString("StreamArn"),
            exclusiveStartShardId: try request.string("ExclusiveStartShardId"), limit: try request.integer("Limit"))
        try request.refuse("ShardFilter")
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

enum GetShardIterator: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = GetShardIteratorInput(
            streamArn: try request.requiredString("StreamArn"), shardId: try request.requiredString("ShardId"),
            shardIteratorType: try request.requiredOption(
                "ShardIteratorType", order: "AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON",
                standIn: ShardIteratorType.latest),
            sequenceNumber: try request.string("SequenceNumber"))
        try request.check()
        let output = try ask { () throws(StoreError) in try store.getShardIterator(input) }
        return JSONObjectWriter.object { $0.string("ShardIterator", output.shardIterator) }
    }
}

enum GetRecords: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = GetRecordsInput(
            shardIterator: try request.requiredString("ShardIterator"), limit: try request.integer("Limit"))
        try request.check()
        let output = try ask { () throws(StoreError) in try store.getRecords(input) }
        return JSONObjectWriter.object { writer in
            writer.array("Records", output.records.map(record))
            writer.string("NextShardIterator", output.nextShardIterator)
        }
    }

    private static func record(_ record: StreamRecord) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.string("awsRegion", record.awsRegion)
            writer.object("dynamodb") { writer in
                writer.time("ApproximateCreationDateTime", record.approximateCreationDateTime)
                writer.item("Keys", record.keys)
                writer.item("NewImage", record.newImage)
                writer.item("OldImage", record.oldImage)
                writer.string("SequenceNumber", record.sequenceNumber)
                writer.integer("SizeBytes", record.sizeBytes)
                writer.string("StreamViewType", record.streamViewType.rawValue)
            }
            writer.string("eventID", record.eventID)
            writer.string("eventName", record.eventName.rawValue)
            writer.string("eventSource", "aws:dynamodb")
            writer.string("eventVersion", "1.1")
            if let identity = record.userIdentity {
                writer.object("userIdentity") { writer in
                    writer.string("PrincipalId", identity.principalId)
                    writer.string("Type", identity.type)
                }
            }
        }
    }
}
