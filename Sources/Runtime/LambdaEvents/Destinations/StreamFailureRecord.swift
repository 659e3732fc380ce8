#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Where a batch of a stream is that Lambda gave up, as the event source mapping's on-failure destination is told.
///
/// The records are not in it, but for an S3 destination; they are read from the stream by shard and sequence numbers before
/// they expire. Sources: AWS Lambda Developer Guide, "Retain discarded batch records for a DynamoDB event source",
/// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html, and the same of Kinesis,
/// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
public struct StreamFailureRecord: Sendable, Equatable, Codable {
    /// `1.0`.
    public var version: String
    @ISO8601Time public var timestamp: Date
    public var requestContext: InvocationRecordContext
    public var responseContext: InvocationRecordResponse?
    /// One of the two, by the stream's kind.
    public var kinesisBatchInfo: BatchInfo?
    public var dynamoDBBatchInfo: BatchInfo?
    /// The whole event as text: to an S3 destination only.
    public var payload: String?

    public init(
        version: String = "1.0", timestamp: Date, requestContext: InvocationRecordContext,
        responseContext: InvocationRecordResponse? = nil, kinesisBatchInfo: BatchInfo? = nil,
        dynamoDBBatchInfo: BatchInfo? = nil, payload: String? = nil
    ) {
        self.version = version
        self.timestamp = timestamp
        self.requestContext = requestContext
        self.responseContext = responseContext
        self.kinesisBatchInfo = kinesisBatchInfo
        self.dynamoDBBatchInfo = dynamoDBBatchInfo
        self.payload = payload
    }

    /// The batch, whatever the stream's kind.
    public var batchInfo: BatchInfo? { dynamoDBBatchInfo ?? kinesisBatchInfo }

    private enum CodingKeys: String, CodingKey {
        case version, timestamp, requestContext, responseContext, payload
        case kinesisBatchInfo = "KinesisBatchInfo"
        case dynamoDBBatchInfo = "DDBStreamBatchInfo"
    }

    public struct BatchInfo: Sendable, Equatable, Codable {
        public var shardId: String
        /// Decimal digits, longer than 64 bits.
        public var startSequenceNumber: String
        public var endSequenceNumber: String
        @ISO8601Time public var approximateArrivalOfFirstRecord: Date
        @ISO8601Time public var approximateArrivalOfLastRecord: Date
        /// How many records.
        public var batchSize: Int
        public var streamArn: String

        public init(
            shardId: String, startSequenceNumber: String, endSequenceNumber: String, approximateArrivalOfFirstRecord: Date,
            approximateArrivalOfLastRecord: Date, batchSize: Int, streamArn: String
        ) {
            self.shardId = shardId
            self.startSequenceNumber = startSequenceNumber
            self.endSequenceNumber = endSequenceNumber
            self.approximateArrivalOfFirstRecord = approximateArrivalOfFirstRecord
            self.approximateArrivalOfLastRecord = approximateArrivalOfLastRecord
            self.batchSize = batchSize
            self.streamArn = streamArn
        }
    }
}
