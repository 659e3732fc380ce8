#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package enum TableStatus: String, Sendable {
    case creating = "CREATING"
    case updating = "UPDATING"
    case active = "ACTIVE"
    case deleting = "DELETING"
}

/// What CreateTable, DescribeTable, UpdateTable and DeleteTable answer of a table.
package struct TableDescription: Sendable, Equatable {
    package struct Throughput: Sendable, Equatable {
        package var readCapacityUnits: Int
        package var writeCapacityUnits: Int
        package var numberOfDecreasesToday = 0
        package var lastIncreaseDateTime: Date?
        package var lastDecreaseDateTime: Date?
    }

    package struct BillingModeSummary: Sendable, Equatable {
        package var billingMode: BillingMode
        package var lastUpdateToPayPerRequestDateTime: Date?
    }

    package struct WarmThroughputDescription: Sendable, Equatable {
        package var readUnitsPerSecond: Int
        package var writeUnitsPerSecond: Int
        package var status: TableStatus
    }

    package struct IndexDescription: Sendable, Equatable {
        package var indexName: String
        package var keySchema: [KeySchemaElement]
        package var projection: Projection
        package var indexStatus: TableStatus
        /// Given while the index is CREATING by UpdateTable.
        package var backfilling: Bool?
        package var provisionedThroughput: Throughput
        package var onDemandThroughput: OnDemandThroughput?
        package var warmThroughput: WarmThroughputDescription
        package var indexSizeBytes: Int
        package var itemCount: Int
        package var indexArn: String
    }

    package struct LocalIndexDescription: Sendable, Equatable {
        package var indexName: String
        package var keySchema: [KeySchemaElement]
        package var projection: Projection
        package var indexSizeBytes: Int
        package var itemCount: Int
        package var indexArn: String
    }

    package struct VectorIndexDescription: Sendable, Equatable {
        package var index: VectorIndex
        package var indexStatus: TableStatus
        /// Given while the index is CREATING by UpdateTable.
        package var backfilling: Bool?
        package var indexSizeBytes: Int
        package var itemCount: Int
        package var indexArn: String
    }

    package struct SSEDescription: Sendable, Equatable {
        package var status: String
        package var sseType: SSEType
        package var kmsMasterKeyArn: String
    }

    package struct TableClassSummary: Sendable, Equatable {
        package var tableClass: TableClass
        package var lastUpdateDateTime: Date?
    }

    package var tableName: String
    package var tableArn: String
    package var tableId: String
    package var tableStatus: TableStatus
    /// Nil, as the definitions, the keys and the indexes are, in DeleteTable's answer.
    package var creationDateTime: Date?
    package var attributeDefinitions: [AttributeDefinition]?
    package var keySchema: [KeySchemaElement]?
    package var provisionedThroughput: Throughput
    package var billingModeSummary: BillingModeSummary?
    package var onDemandThroughput: OnDemandThroughput?
    package var warmThroughput: WarmThroughputDescription?
    package var tableClassSummary: TableClassSummary?
    package var sseDescription: SSEDescription?
    package var tableSizeBytes: Int
    package var itemCount: Int
    package var globalSecondaryIndexes: [IndexDescription]?
    package var localSecondaryIndexes: [LocalIndexDescription]?
    package var vectorIndexes: [VectorIndexDescription]?
    package var streamSpecification: StreamSpecification?
    package var latestStreamLabel: String?
    package var latestStreamArn: String?
    package var deletionProtectionEnabled: Bool
    /// Only of tables that were restored.
    package var restoreSummary: RestoreSummary? = nil
}
