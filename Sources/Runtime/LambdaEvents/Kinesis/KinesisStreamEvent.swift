#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A batch of records from a Kinesis data stream, in the order of one shard.
///
/// The answer is a ``BatchResponse`` (by sequence number), with a tumbling window a ``TimeWindowResponse``. Source: AWS Lambda
/// Developer Guide, "Using Lambda to process records from Amazon Kinesis Data Streams",
/// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
public struct KinesisStreamEvent: Sendable, Equatable, Codable, LambdaTimeWindowCarrying {
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

    public struct Record: Sendable, Equatable, Codable {
        public var kinesis: Content
        /// `aws:kinesis`.
        public var eventSource: String
        /// `1.0`.
        public var eventVersion: String
        /// `shardId-000000000006:` and the sequence number.
        public var eventID: String
        /// `aws:kinesis:record`.
        public var eventName: String
        /// The role that the event source mapping reads with.
        public var invokeIdentityArn: String
        public var awsRegion: String
        public var eventSourceARN: String

        public init(
            kinesis: Content, eventSource: String = "aws:kinesis", eventVersion: String = "1.0", eventID: String,
            eventName: String = "aws:kinesis:record", invokeIdentityArn: String, awsRegion: String, eventSourceARN: String
        ) {
            self.kinesis = kinesis
            self.eventSource = eventSource
            self.eventVersion = eventVersion
            self.eventID = eventID
            self.eventName = eventName
            self.invokeIdentityArn = invokeIdentityArn
            self.awsRegion = awsRegion
            self.eventSourceARN = eventSourceARN
        }
    }

    public struct Content: Sendable, Equatable, Codable {
        /// `1.0`.
        public var kinesisSchemaVersion: String
        public var partitionKey: String
        /// Decimal digits, longer than 64 bits; what a ``BatchResponse`` names a failed record by.
        public var sequenceNumber: String
        /// Base64 on the wire. CloudWatch Logs fills it with gzip; a table's change is a ``DynamoDBKinesisRecord``.
        public var data: Data
        /// Seconds since 1970, with a fraction.
        public var approximateArrivalTimestamp: Double
        /// `NONE` or `KMS`.
        public var encryptionType: String?

        public init(
            kinesisSchemaVersion: String = "1.0", partitionKey: String, sequenceNumber: String, data: Data,
            approximateArrivalTimestamp: Double, encryptionType: String? = nil
        ) {
            self.kinesisSchemaVersion = kinesisSchemaVersion
            self.partitionKey = partitionKey
            self.sequenceNumber = sequenceNumber
            self.data = data
            self.approximateArrivalTimestamp = approximateArrivalTimestamp
            self.encryptionType = encryptionType
        }

        public var arrivalDate: Date { Date(timeIntervalSince1970: approximateArrivalTimestamp) }

        /// The data as a JSON document of a type of yours.
        ///
        /// - Throws: `DecodingError`.
        public func decodeData<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
            try decodePayload(type, data)
        }
    }
}
