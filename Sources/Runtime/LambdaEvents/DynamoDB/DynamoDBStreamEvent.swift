#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A batch of changes from a table's stream, in the order of one shard.
///
/// The answer is a ``BatchResponse``, with a tumbling window a ``TimeWindowResponse``. Sources: AWS Lambda Developer Guide, "Using
/// AWS Lambda with Amazon DynamoDB", https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html; Amazon DynamoDB API Reference,
/// "Record", https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html
public struct DynamoDBStreamEvent: Sendable, Equatable, Codable, LambdaTimeWindowCarrying {
    public var records: [Record]
    /// This and the following come to an event source mapping with a tumbling window only.
    public var window: TimeWindow?
    public var state: JSONValue?
    public var shardId: String?
    public var eventSourceARN: String?
    public var isFinalInvokeForWindow: Bool?
    public var isWindowTerminatedEarly: Bool?

    public init(
        records: [Record], window: TimeWindow? = nil, state: JSONValue? = nil, shardId: String? = nil,
        eventSourceARN: String? = nil, isFinalInvokeForWindow: Bool? = nil, isWindowTerminatedEarly: Bool? = nil
    ) {
        self.records = records
        self.window = window
        self.state = state
        self.shardId = shardId
        self.eventSourceARN = eventSourceARN
        self.isFinalInvokeForWindow = isFinalInvokeForWindow
        self.isWindowTerminatedEarly = isWindowTerminatedEarly
    }

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
        case window, state, shardId, eventSourceARN, isFinalInvokeForWindow, isWindowTerminatedEarly
    }

    public struct EventName: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let insert = EventName(rawValue: "INSERT")
        public static let modify = EventName(rawValue: "MODIFY")
        public static let remove = EventName(rawValue: "REMOVE")
    }

    public struct StreamViewType: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let keysOnly = StreamViewType(rawValue: "KEYS_ONLY")
        public static let newImage = StreamViewType(rawValue: "NEW_IMAGE")
        public static let oldImage = StreamViewType(rawValue: "OLD_IMAGE")
        public static let newAndOldImages = StreamViewType(rawValue: "NEW_AND_OLD_IMAGES")
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

        /// Whether time to live deleted the item.
        public var isExpiry: Bool {
            eventName == .remove && userIdentity?.type == "Service" && userIdentity?.principalId == "dynamodb.amazonaws.com"
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
        public var keys: AttributeMap
        public var newImage: AttributeMap?
        public var oldImage: AttributeMap?
        /// Decimal digits, longer than 64 bits; what a ``BatchResponse`` names a failed record by.
        public var sequenceNumber: String
        public var sizeBytes: Int
        public var streamViewType: StreamViewType

        public init(
            approximateCreationDateTime: Double? = nil, keys: AttributeMap,
            newImage: AttributeMap? = nil, oldImage: AttributeMap? = nil, sequenceNumber: String,
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

        /// When the change was made, to the second.
        public var creationDate: Date? { approximateCreationDateTime.map { Date(timeIntervalSince1970: $0) } }

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
