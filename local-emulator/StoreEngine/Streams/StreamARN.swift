/// What a stream's ARN looks like: `arn:aws:dynamodb:us-east-1:123456789012:table/name/stream/2015-05-20T20:51:10.252`.
enum StreamARN {
    /// Refuses a text that no stream can have, which the service tells apart from a stream that is not there.
    static func check(_ text: String) throws(StoreError) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let resource = parts.last?.split(separator: "/", omittingEmptySubsequences: false) ?? []
        guard parts.count == 6, parts[0] == "arn", parts[2] == "dynamodb", resource.count == 4, resource[0] == "table",
            resource[2] == "stream"
        else { throw .validation("Invalid StreamArn: \(text)") }
    }
}
