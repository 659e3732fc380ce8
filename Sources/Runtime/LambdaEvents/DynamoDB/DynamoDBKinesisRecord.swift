#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One change of a table that streams into Kinesis Data Streams: the JSON document in a ``KinesisStreamEvent`` record's data.
///
/// The order of records is not kept and one may come twice. Source: Amazon DynamoDB Developer Guide, "Getting started with
/// Kinesis Data Streams for Amazon DynamoDB",
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_gettingstarted.html
public struct DynamoDBKinesisRecord: Sendable, Equatable, Codable {
    public var awsRegion: String
    public var eventID: String
    public var eventName: DynamoDBStreamEvent.EventName
    /// Set where the service itself deleted the item (time to live).
    public var userIdentity: DynamoDBStreamEvent.UserIdentity?
    /// `application/json`.
    public var recordFormat: String
    public var tableName: String
    public var dynamodb: Change
    /// `aws:dynamodb`.
    public var eventSource: String

    public init(
        awsRegion: String, eventID: String, eventName: DynamoDBStreamEvent.EventName,
        userIdentity: DynamoDBStreamEvent.UserIdentity? = nil, recordFormat: String, tableName: String, dynamodb: Change,
        eventSource: String
    ) {
        self.awsRegion = awsRegion
        self.eventID = eventID
        self.eventName = eventName
        self.userIdentity = userIdentity
        self.recordFormat = recordFormat
        self.tableName = tableName
        self.dynamodb = dynamodb
        self.eventSource = eventSource
    }

    public struct Change: Sendable, Equatable, Codable {
        /// Since 1970, in the unit that ``approximateCreationDateTimePrecision`` names.
        public var approximateCreationDateTime: Int64?
        /// `MILLISECOND` if left out, or `MICROSECOND`.
        public var approximateCreationDateTimePrecision: String?
        public var keys: AttributeMap
        public var newImage: AttributeMap?
        public var oldImage: AttributeMap?
        public var sizeBytes: Int

        public init(
            approximateCreationDateTime: Int64? = nil, approximateCreationDateTimePrecision: String? = nil,
            keys: AttributeMap, newImage: AttributeMap? = nil,
            oldImage: AttributeMap? = nil, sizeBytes: Int
        ) {
            self.approximateCreationDateTime = approximateCreationDateTime
            self.approximateCreationDateTimePrecision = approximateCreationDateTimePrecision
            self.keys = keys
            self.newImage = newImage
            self.oldImage = oldImage
            self.sizeBytes = sizeBytes
        }

        public var creationDate: Date? {
            let unit: Double = approximateCreationDateTimePrecision == "MICROSECOND" ? 1_000_000 : 1000
            return approximateCreationDateTime.map { Date(timeIntervalSince1970: Double($0) / unit) }
        }

        private enum CodingKeys: String, CodingKey {
            case approximateCreationDateTime = "ApproximateCreationDateTime"
            case approximateCreationDateTimePrecision = "ApproximateCreationDateTimePrecision"
            case keys = "Keys"
            case newImage = "NewImage"
            case oldImage = "OldImage"
            case sizeBytes = "SizeBytes"
        }
    }
}
