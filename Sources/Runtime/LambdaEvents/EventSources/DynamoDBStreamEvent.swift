/// A batch of changes from a table's stream, in the order of one shard.
///
/// Source: AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB"; Amazon DynamoDB API Reference, "Record"
/// (DynamoDB Streams).
public struct DynamoDBStreamEvent: Sendable, Equatable, Codable {
    public var records: [Record]

    public init(records: [Record]) {
        self.records = records
    }

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
    }

    public enum EventName: String, Sendable, Codable {
        case insert = "INSERT"
        case modify = "MODIFY"
        case remove = "REMOVE"
    }

    public enum StreamViewType: String, Sendable, Codable {
        case keysOnly = "KEYS_ONLY"
        case newImage = "NEW_IMAGE"
        case oldImage = "OLD_IMAGE"
        case newAndOldImages = "NEW_AND_OLD_IMAGES"
    }

    public struct Record: Sendable, Equatable, Codable {
        /// Stays the same when a record is delivered again.
        public var eventID: String
        public var eventName: EventName
        public var eventVersion: String
        /// `aws:dynamodb`.
        public var eventSource: String
        public var awsRegion: String
        public var dynamodb: Change
        public var eventSourceARN: String
        /// Set where the service itself deleted the item (time to live).
        public var userIdentity: UserIdentity?

        public init(
            eventID: String, eventName: EventName, eventVersion: String = "1.1", eventSource: String = "aws:dynamodb",
            awsRegion: String, dynamodb: Change, eventSourceARN: String, userIdentity: UserIdentity? = nil
        ) {
            self.eventID = eventID
            self.eventName = eventName
            self.eventVersion = eventVersion
            self.eventSource = eventSource
            self.awsRegion = awsRegion
            self.dynamodb = dynamodb
            self.eventSourceARN = eventSourceARN
            self.userIdentity = userIdentity
        }
    }

    /// `{"type":"Service","principalId":"dynamodb.amazonaws.com"}` for a time-to-live deletion.
    public struct UserIdentity: Sendable, Equatable, Codable {
        public var type: String
        public var principalId: String

        public init(type: String, principalId: String) {
            self.type = type
            self.principalId = principalId
        }
    }

    public struct Change: Sendable, Equatable, Codable {
        /// Seconds since 1970.
        public var approximateCreationDateTime: Double?
        public var keys: [String: AttributeValue]
        public var newImage: [String: AttributeValue]?
        public var oldImage: [String: AttributeValue]?
        /// Decimal digits, longer than 64 bits; what a ``BatchResponse`` names a failed record by.
        public var sequenceNumber: String
        public var sizeBytes: Int
        public var streamViewType: StreamViewType

        public init(
            approximateCreationDateTime: Double? = nil, keys: [String: AttributeValue],
            newImage: [String: AttributeValue]? = nil, oldImage: [String: AttributeValue]? = nil, sequenceNumber: String,
            sizeBytes: Int, streamViewType: StreamViewType
        ) {
            self.approximateCreationDateTime = approximateCreationDateTime
            self.keys = keys
            self.newImage = newImage
            self.oldImage = oldImage
            self.sequenceNumber = sequenceNumber
            self.sizeBytes = sizeBytes
            self.streamViewType = streamViewType
        }

        private enum CodingKeys: String, CodingKey {
            case approximateCreationDateTime = "ApproximateCreationDateTime"
            case keys = "Keys"
            case newImage = "NewImage"
            case oldImage = "OldImage"
            case sequenceNumber = "SequenceNumber"
            case sizeBytes = "SizeBytes"
            case streamViewType = "StreamViewType"
        }
    }
}
