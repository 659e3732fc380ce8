/// DynamoDB over any transport; one method per operation, in the operation's own file.
///
/// Methods throw ``AWSServiceError`` for the service's refusals and the transport's own error where no answer came.
public struct DynamoDBClient: Sendable {
    let caller: JSONCaller

    public init(transport: any AWSTransport, retry: RetryPolicy = .standard) {
        caller = JSONCaller(
            caller: ServiceCaller(service: .dynamoDB, transport: transport, retry: retry), targetPrefix: "DynamoDB_20120810",
            contentType: "application/x-amz-json-1.0")
    }
}
