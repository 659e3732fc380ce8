/// Before a dataset of Cognito Sync is written; the answer is the same event, its records changed, added or left out.
///
/// Source: Amazon Cognito Developer Guide, "Customizing workflows with Cognito Events",
/// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-events.html
public struct CognitoSyncEvent: Sendable, Equatable, Codable {
    /// 2.
    public var version: Int
    /// `SyncTrigger`.
    public var eventType: String
    public var region: String
    public var identityPoolId: String
    public var identityId: String
    public var datasetName: String
    public var datasetRecords: [String: Record]

    public init(
        version: Int, eventType: String, region: String, identityPoolId: String, identityId: String, datasetName: String,
        datasetRecords: [String: Record]
    ) {
        self.version = version
        self.eventType = eventType
        self.region = region
        self.identityPoolId = identityPoolId
        self.identityId = identityId
        self.datasetName = datasetName
        self.datasetRecords = datasetRecords
    }

    public struct Record: Sendable, Equatable, Codable {
        public var oldValue: String?
        public var newValue: String?
        public var op: Operation

        public init(oldValue: String? = nil, newValue: String? = nil, op: Operation) {
            self.oldValue = oldValue
            self.newValue = newValue
            self.op = op
        }
    }

    public struct Operation: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let replace = Operation(rawValue: "replace")
        public static let remove = Operation(rawValue: "remove")
    }
}
