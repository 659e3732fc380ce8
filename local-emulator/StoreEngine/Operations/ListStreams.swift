/// ListStreams: also the streams of deleted tables, for as long as they are readable.
extension StoreEngine {
    static let mostStreams = 100

    package func listStreams(_ input: ListStreamsInput) throws(StoreError) -> ListStreamsOutput {
        var violations = ConstraintViolations()
        violations.checkLimit(input.limit, atMost: Self.mostStreams)
        try violations.check()
        let limit = input.limit ?? Self.mostStreams
        let tableName = input.tableName.map { Self.name(fromARN: $0) ?? $0 }
        let start = input.exclusiveStartStreamArn
        let streams = try readers.read { try StoredStream.all(in: $0) }.filter { stream in
            (tableName == nil || stream.tableName == tableName) && start.map { $0 < stream.arn } ?? true
        }
        let page = streams.prefix(limit).map {
            StreamSummary(streamArn: $0.arn, tableName: $0.tableName, streamLabel: $0.label)
        }
        return ListStreamsOutput(streams: page, lastEvaluatedStreamArn: streams.count > limit ? page.last?.streamArn : nil)
    }
}
