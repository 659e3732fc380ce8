import StoreEngine

enum GetShardIterator: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = GetShardIteratorInput(
            streamArn: try request.requiredString("StreamArn", length: StreamMember.arnLength),
            shardId: try request.requiredString("ShardId", length: StreamMember.shardIDLength),
            shardIteratorType: try request.requiredOption(
                "ShardIteratorType", order: "AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON",
                standIn: ShardIteratorType.latest),
            sequenceNumber: try request.string("SequenceNumber", length: StreamMember.sequenceNumberLength))
        try request.check()
        let output = try ask { () throws(StoreError) in try store.getShardIterator(input) }
        return JSONObjectWriter.object { $0.string("ShardIterator", output.shardIterator) }
    }
}
