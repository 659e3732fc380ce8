#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package enum TableStatus: String, Sendable {
    case creating = "CREATING"
    case active = "ACTIVE"
    case deleting = "DELETING"
}

/// What CreateTable, DescribeTable and DeleteTable answer of a table.
package struct TableDescription: Sendable, Equatable {
    package struct Throughput: Sendable, Equatable {
        package var readCapacityUnits: Int
        package var writeCapacityUnits: Int
        package var numberOfDecreasesToday = 0
    }

    package struct BillingModeSummary: Sendable, Equatable {
        package var billingMode: BillingMode
        package var lastUpdateToPayPerRequestDateTime: Date?
    }

    package struct IndexDescription: Sendable, Equatable {
        package var indexName: String
        package var keySchema: [KeySchemaElement]
        package var projection: Projection
        package var indexStatus: TableStatus
        package var provisionedThroughput: Throughput
        package var indexSizeBytes: Int
        package var itemCount: Int
        package var indexArn: String
    }

    package var tableName: String
    package var tableArn: String
    package var tableId: String
    package var tableStatus: TableStatus
    package var creationDateTime: Date
    package var attributeDefinitions: [AttributeDefinition]
    package var keySchema: [KeySchemaElement]
    package var provisionedThroughput: Throughput
    package var billingModeSummary: BillingModeSummary?
    package var tableSizeBytes: Int
    package var itemCount: Int
    package var globalSecondaryIndexes: [IndexDescription]?
    package var streamSpecification: StreamSpecification?
    package var latestStreamLabel: String?
    package var latestStreamArn: String?
    package var deletionProtectionEnabled: Bool
    /// Only of tables that were restored.
    package var restoreSummary: RestoreSummary? = nil
}
