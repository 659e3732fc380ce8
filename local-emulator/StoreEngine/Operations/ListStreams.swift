/// ListStreams: also the disabled ones and those of deleted tables, for as long as they are readable.
extension StoreEngine {
    /// "The upper limit is 100" (ListStreams, API reference).
    package static let mostStreams = 100

    package func listStreams(_ input: ListStreamsInput) throws(StoreError) -> ListStreamsOutput {
        var violations = ConstraintViolations()
        violations.checkLimit(input.limit, atMost: Self.mostStreams)
        try violations.check()
        if let start = input.exclusiveStartStreamArn { try StreamARN.check(start) }
        let limit = input.limit ?? Self.mostStreams
        let streams = try readers.read { try StoredStream.all(in: $0) }.filter { stream in
            input.tableName.map { $0 == stream.tableName } ?? true
                && input.exclusiveStartStreamArn.map { $0 < stream.arn } ?? true
        }
        let page = streams.prefix(limit).map {
            StreamSummary(streamArn: $0.arn, tableName: $0.tableName, streamLabel: $0.label)
        }
        return ListStreamsOutput(streams: page, lastEvaluatedStreamArn: streams.count > limit ? page.last?.streamArn : nil)
    }
}
