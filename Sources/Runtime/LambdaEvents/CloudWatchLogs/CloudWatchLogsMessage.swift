#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a CloudWatch Logs subscription packs into a ``CloudWatchLogsEvent``, and into the records of a Kinesis or Firehose stream.
///
/// Source: Amazon CloudWatch Logs User Guide, "Log group-level subscription filters",
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
public struct CloudWatchLogsMessage: Sendable, Equatable, Codable {
    public var messageType: MessageType
    /// The account that wrote the lines.
    public var owner: String
    public var logGroup: String
    public var logStream: String
    /// The names of the filters that matched.
    public var subscriptionFilters: [String]
    /// Which kind of subscription: `ACCOUNT_LEVEL_POLICY` or `LOG_GROUP_LEVEL_POLICY`.
    public var policyLevel: String?
    public var logEvents: [LogEvent]

    public init(
        messageType: MessageType, owner: String, logGroup: String, logStream: String, subscriptionFilters: [String],
        policyLevel: String? = nil, logEvents: [LogEvent]
    ) {
        self.messageType = messageType
        self.owner = owner
        self.logGroup = logGroup
        self.logStream = logStream
        self.subscriptionFilters = subscriptionFilters
        self.policyLevel = policyLevel
        self.logEvents = logEvents
    }

    public struct MessageType: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let data = MessageType(rawValue: "DATA_MESSAGE")
        /// A probe of whether the destination can be reached; its lines are none of a program's.
        public static let control = MessageType(rawValue: "CONTROL_MESSAGE")
    }

    public struct LogEvent: Sendable, Equatable, Codable {
        public var id: String
        /// Milliseconds since 1970.
        public var timestamp: Int64
        public var message: String
        /// What a filter pattern with named fields cut out of the message.
        public var extractedFields: [String: JSONValue]?

        public init(id: String, timestamp: Int64, message: String, extractedFields: [String: JSONValue]? = nil) {
            self.id = id
            self.timestamp = timestamp
            self.message = message
            self.extractedFields = extractedFields
        }

        public var date: Date { Date(milliseconds: timestamp) }
    }
}
