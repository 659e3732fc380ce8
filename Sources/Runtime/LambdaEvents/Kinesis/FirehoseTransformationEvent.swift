#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Records that Amazon Data Firehose wants transformed before it delivers them; the answer is a
/// ``FirehoseTransformationResponse``.
///
/// Source: Amazon Data Firehose Developer Guide, "Transform source data in Amazon Data Firehose",
/// https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
public struct FirehoseTransformationEvent: Sendable, Equatable, Codable {
    public var invocationId: String
    public var deliveryStreamArn: String
    /// Where the stream's source is a Kinesis data stream.
    public var sourceKinesisStreamArn: String?
    /// Where the stream's source is an MSK topic.
    public var sourceMSKArn: String?
    public var region: String
    public var records: [Record]

    public init(
        invocationId: String, deliveryStreamArn: String, sourceKinesisStreamArn: String? = nil, sourceMSKArn: String? = nil,
        region: String, records: [Record]
    ) {
        self.invocationId = invocationId
        self.deliveryStreamArn = deliveryStreamArn
        self.sourceKinesisStreamArn = sourceKinesisStreamArn
        self.sourceMSKArn = sourceMSKArn
        self.region = region
        self.records = records
    }

    public struct Record: Sendable, Equatable, Codable {
        public var recordId: String
        /// Milliseconds since 1970.
        public var approximateArrivalTimestamp: Int64
        /// Base64 on the wire; nil from an MSK topic.
        public var data: Data?
        /// What an MSK topic's record has in place of ``data``.
        public var kafkaRecordValue: Data?
        /// Where the stream's source is a Kinesis data stream.
        public var kinesisRecordMetadata: KinesisMetadata?
        /// Where the stream's source is an MSK topic.
        public var mskRecordMetadata: MSKMetadata?

        public init(
            recordId: String, approximateArrivalTimestamp: Int64, data: Data? = nil, kafkaRecordValue: Data? = nil,
            kinesisRecordMetadata: KinesisMetadata? = nil, mskRecordMetadata: MSKMetadata? = nil
        ) {
            self.recordId = recordId
            self.approximateArrivalTimestamp = approximateArrivalTimestamp
            self.data = data
            self.kafkaRecordValue = kafkaRecordValue
            self.kinesisRecordMetadata = kinesisRecordMetadata
            self.mskRecordMetadata = mskRecordMetadata
        }

        /// The record's bytes, whatever the source.
        public var payload: Data { data ?? kafkaRecordValue ?? Data() }
        public var arrivalDate: Date { Date(milliseconds: approximateArrivalTimestamp) }
    }

    public struct KinesisMetadata: Sendable, Equatable, Codable {
        public var shardId: String
        public var partitionKey: String
        /// Milliseconds since 1970.
        public var approximateArrivalTimestamp: Int64
        public var sequenceNumber: String
        /// A number, or an empty text for a record that is not part of an aggregate.
        public var subsequenceNumber: JSONValue?

        public init(
            shardId: String, partitionKey: String, approximateArrivalTimestamp: Int64, sequenceNumber: String,
            subsequenceNumber: JSONValue? = nil
        ) {
            self.shardId = shardId
            self.partitionKey = partitionKey
            self.approximateArrivalTimestamp = approximateArrivalTimestamp
            self.sequenceNumber = sequenceNumber
            self.subsequenceNumber = subsequenceNumber
        }
    }

    public struct MSKMetadata: Sendable, Equatable, Codable {
        /// The record's place in its partition: text on the wire, a number in some versions of the guide.
        public var offset: JSONValue?
        /// As ``offset``.
        public var partitionId: JSONValue?
        /// Milliseconds since 1970.
        public var approximateArrivalTimestamp: Int64?

        public init(offset: JSONValue? = nil, partitionId: JSONValue? = nil, approximateArrivalTimestamp: Int64? = nil) {
            self.offset = offset
            self.partitionId = partitionId
            self.approximateArrivalTimestamp = approximateArrivalTimestamp
        }
    }
}

/// What the function made of each record: every `recordId` of the event exactly once.
///
/// Source: Amazon Data Firehose Developer Guide, "Required parameters for data transformation",
/// https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html; metadata: "Partition streaming data",
/// https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-partitioning-keys.html
public struct FirehoseTransformationResponse: Sendable, Equatable, Codable {
    public var records: [Record]

    public init(records: [Record]) {
        self.records = records
    }

    public struct Record: Sendable, Equatable, Codable {
        public var recordId: String
        public var result: Result
        /// Base64 on the wire.
        public var data: Data?
        /// In place of ``data`` for a record of an MSK topic.
        public var kafkaRecordValue: Data?
        public var metadata: Metadata?

        public init(
            recordId: String, result: Result, data: Data? = nil, kafkaRecordValue: Data? = nil, metadata: Metadata? = nil
        ) {
            self.recordId = recordId
            self.result = result
            self.data = data
            self.kafkaRecordValue = kafkaRecordValue
            self.metadata = metadata
        }
    }

    public struct Metadata: Sendable, Equatable, Codable {
        /// The keys of dynamic partitioning.
        public var partitionKeys: [String: String]

        public init(partitionKeys: [String: String]) {
            self.partitionKeys = partitionKeys
        }
    }

    public struct Result: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let ok = Result(rawValue: "Ok")
        /// Left out on purpose.
        public static let dropped = Result(rawValue: "Dropped")
        public static let processingFailed = Result(rawValue: "ProcessingFailed")
    }
}
