#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package struct StreamSummary: Sendable {
    package var streamArn: String
    package var tableName: String
    package var streamLabel: String
}

package struct ListStreamsInput: Sendable {
    package var tableName: String?
    package var exclusiveStartStreamArn: String?
    package var limit: Int?

    package init(tableName: String? = nil, exclusiveStartStreamArn: String? = nil, limit: Int? = nil) {
        self.tableName = tableName
        self.exclusiveStartStreamArn = exclusiveStartStreamArn
        self.limit = limit
    }
}

package struct ListStreamsOutput: Sendable {
    package var streams: [StreamSummary]
    package var lastEvaluatedStreamArn: String? = nil
}

package enum StreamStatus: String, Sendable {
    case enabled = "ENABLED"
    case disabled = "DISABLED"
}

package struct StreamShard: Sendable {
    package var shardId: String
    package var startingSequenceNumber: String
    /// Nil while the shard is open.
    package var endingSequenceNumber: String?
    package var parentShardId: String? = nil
}

package struct DescribeStreamInput: Sendable {
    package var streamArn: String
    package var exclusiveStartShardId: String?
    package var limit: Int?
    /// The parent of the shards that are wanted (`ShardFilter` with `CHILD_SHARDS`); nil for all.
    package var childrenOf: String?

    package init(
        streamArn: String, exclusiveStartShardId: String? = nil, limit: Int? = nil, childrenOf: String? = nil
    ) {
        self.streamArn = streamArn
        self.exclusiveStartShardId = exclusiveStartShardId
        self.limit = limit
        self.childrenOf = childrenOf
    }
}

package struct StreamDescription: Sendable {
    package var streamArn: String
    package var streamLabel: String
    package var streamStatus: StreamStatus
    package var streamViewType: StreamViewType
    package var creationRequestDateTime: Date
    package var tableName: String
    package var keySchema: [KeySchemaElement]
    package var shards: [StreamShard]
    package var lastEvaluatedShardId: String? = nil
}

package struct DescribeStreamOutput: Sendable {
    package var streamDescription: StreamDescription
}

package enum ShardIteratorType: String, Sendable, CaseIterable {
    case trimHorizon = "TRIM_HORIZON"
    case latest = "LATEST"
    case atSequenceNumber = "AT_SEQUENCE_NUMBER"
    case afterSequenceNumber = "AFTER_SEQUENCE_NUMBER"
}

package struct GetShardIteratorInput: Sendable {
    package var streamArn: String
    package var shardId: String
    package var shardIteratorType: ShardIteratorType
    package var sequenceNumber: String?

    package init(
        streamArn: String, shardId: String, shardIteratorType: ShardIteratorType, sequenceNumber: String? = nil
    ) {
        self.streamArn = streamArn
        self.shardId = shardId
        self.shardIteratorType = shardIteratorType
        self.sequenceNumber = sequenceNumber
    }
}

package struct GetShardIteratorOutput: Sendable {
    package var shardIterator: String
}

package struct GetRecordsInput: Sendable {
    package var shardIterator: String
    package var limit: Int?

    package init(shardIterator: String, limit: Int? = nil) {
        self.shardIterator = shardIterator
        self.limit = limit
    }
}

package enum StreamEventName: String, Sendable {
    case insert = "INSERT"
    case modify = "MODIFY"
    case remove = "REMOVE"
}

package struct StreamIdentity: Sendable, Equatable {
    package var type: String
    package var principalId: String

    /// Who deletes expired items, as the service names itself in their records.
    package static let timeToLive = StreamIdentity(type: "Service", principalId: "dynamodb.amazonaws.com")
}

/// One record, `eventVersion` 1.1, `eventSource` aws:dynamodb.
package struct StreamRecord: Sendable {
    /// The same however often the record is read.
    package var eventID: String
    package var eventName: StreamEventName
    package var awsRegion: String
    /// Only on deletions by TTL.
    package var userIdentity: StreamIdentity?
    /// In whole seconds, as the service gives it.
    package var approximateCreationDateTime: Date
    package var keys: ItemDocument
    package var newImage: ItemDocument?
    package var oldImage: ItemDocument?
    /// 21 digits; compares as a number.
    package var sequenceNumber: String
    package var sizeBytes: Int
    package var streamViewType: StreamViewType
}

package struct GetRecordsOutput: Sendable {
    package var records: [StreamRecord]
    /// Nil when a closed shard has been read to its end.
    package var nextShardIterator: String?
}
