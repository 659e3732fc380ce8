/// What a template may say that only matters in the cloud: the emulator takes it knowingly, each with the reason why
/// leaving it out changes nothing that a function can see. Everything else that is not built is refused.
enum CloudOnly {
    /// Whole resources.
    static let resourceTypes: [String: String] = [
        "AWS::ApiGateway::Account": permissions,
        "AWS::CloudWatch::Alarm": "watches metrics of the cloud",
        "AWS::CloudWatch::Dashboard": "shows metrics of the cloud",
        "AWS::IAM::ManagedPolicy": permissions,
        "AWS::IAM::Policy": permissions,
        "AWS::IAM::Role": permissions,
        "AWS::Lambda::Permission": permissions,
        "AWS::Logs::LogGroup": "the functions' lines are printed and kept in the journal",
        "AWS::SQS::QueuePolicy": permissions,
    ]

    static let function: [String: String] = [
        "Architectures": "the binaries are this machine's",
        "CodeUri": "the binaries are those of the build folder",
        "Description": description,
        "EphemeralStorage": "functions write to the machine's own /tmp",
        "KmsKeyArn": encryption,
        "PropagateTags": tags,
        "RecursiveLoop": "loops are seen in the journal",
        "Tags": tags,
        "Tracing": "trace ids are passed on; there is no X-Ray to send segments to",
    ]

    static let queue: [String: String] = [
        "KmsDataKeyReusePeriodSeconds": encryption,
        "KmsMasterKeyId": encryption,
        "RedriveAllowPolicy": permissions,
        "SqsManagedSseEnabled": encryption,
        "Tags": tags,
    ]

    static let secret: [String: String] = [
        "Description": description,
        "KmsKeyId": encryption,
        "ReplicaRegions": "copies for other regions",
        "Tags": tags,
    ]

    static let httpAPI: [String: String] = [
        "AccessLogSettings": accessLogs,
        "DefaultRouteSettings": throttling,
        "Description": description,
        "DisableExecuteApiEndpoint": domains,
        "Domain": domains,
        "FailOnWarnings": "concerns the import into the cloud",
        "Name": description,
        "PropagateTags": tags,
        "RouteSettings": throttling,
        "Tags": tags,
    ]

    static let webSocketAPI: [String: String] = httpAPI.merging(["IpAddressType": domains]) { first, _ in first }

    static let schedule: [String: String] = [
        "Description": description,
        "RetryPolicy": "bounds how long the cloud tries to reach the function; here it is always reached",
    ]

    static let output: [String: String] = ["Description": description, "Export": "the emulator has one stack"]

    /// Attributes beside `Properties`.
    static let resourceAttributes: [String: String] = [
        "DeletionPolicy": "the emulator never deletes data by itself",
        "DependsOn": "everything exists before the first request",
        "Metadata": "concerns the build",
        "UpdateReplacePolicy": "the emulator never deletes data by itself",
    ]

    private static let accessLogs = "requests are in the journal"
    private static let description = "a text for people"
    private static let domains = "the emulator listens on loopback addresses"
    private static let encryption = "what is encrypted at rest by the cloud lies in the data directory"
    static let permissions = "of policies only those in a function's own Policies are evaluated"
    private static let tags = "tags are for the cloud's bills and searches"
    private static let throttling = "nothing throttles on one machine"
}
