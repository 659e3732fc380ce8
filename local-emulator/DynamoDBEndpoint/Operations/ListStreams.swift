import StoreEngine

enum ListStreams: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = ListStreamsInput(
            tableName: try request.tableName(),
            exclusiveStartStreamArn: try request.string("ExclusiveStartStreamArn", length: StreamMember.arnLength),
            limit: try request.integer("Limit", in: 1...StoreEngine.mostStreams))
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
