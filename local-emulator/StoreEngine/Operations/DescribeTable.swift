internal import Foundation
internal import RoostSQLite

/// DescribeTable. Sizes and counts are those of this moment, where the service's are up to six hours old.
extension StoreEngine {
    package func describeTable(_ input: DescribeTableInput) throws(StoreError) -> DescribeTableOutput {
        guard let table = findTable(input.tableName) else {
            try TableNameRule.check(input.tableName)
            throw .tableNotFound(Self.name(fromARN: input.tableName) ?? input.tableName)
        }
        let statistics = try read(table) { try TableStatistics(of: table, in: $0) }
        return DescribeTableOutput(
            table: TableDescription(table, status: table.isBeingRestored ? .creating : .active, statistics: statistics))
    }
}

/// Items and their bytes in a table and in each of its indexes.
struct TableStatistics: Sendable {
    var table = ItemCount()
    var indexes: [String: ItemCount] = [:]

    static let empty = TableStatistics()
    private init() {}

    init(of table: Table, in database: SQLiteDatabase) throws {
        self.table = try ItemCounts.count(of: table.sql.table, in: database)
        for index in table.indexes {
            indexes[index.name] = try ItemCounts.count(of: index.sql.table, in: database)
        }
    }
}

extension TableDescription {
    init(_ table: Table, status: TableStatus, statistics: TableStatistics) {
        let definition = table.definition
        let created = Date(timeIntervalSince1970: definition.createdSeconds)
        self.init(
            tableName: definition.name, tableArn: table.arn, tableId: definition.tableID, tableStatus: status,
            creationDateTime: created, attributeDefinitions: definition.attributeDefinitions, keySchema: definition.keySchema,
            provisionedThroughput: Throughput(definition.provisionedThroughput),
            billingModeSummary: definition.billingMode == .payPerRequest
                ? BillingModeSummary(billingMode: .payPerRequest, lastUpdateToPayPerRequestDateTime: created) : nil,
            tableSizeBytes: statistics.table.bytes, itemCount: statistics.table.items,
            globalSecondaryIndexes: table.indexes.isEmpty
                ? nil
                : zip(table.indexes, definition.globalSecondaryIndexes).map { index, given in
                    IndexDescription(index, given, status: status, statistics.indexes[index.name] ?? .init())
                },
            streamSpecification: definition.streamSpecification, latestStreamLabel: table.stream?.label,
            latestStreamArn: table.stream?.arn, deletionProtectionEnabled: definition.deletionProtectionEnabled)
        restoreSummary = definition.restore.map(RestoreSummary.init)
    }
}

extension TableDescription.IndexDescription {
    fileprivate init(
        _ index: SecondaryIndex, _ given: GlobalSecondaryIndex, status: TableStatus, _ count: ItemCount
    ) {
        self.init(
            indexName: index.name, keySchema: given.keySchema, projection: given.projection, indexStatus: status,
            provisionedThroughput: .init(given.provisionedThroughput), indexSizeBytes: count.bytes, itemCount: count.items,
            indexArn: index.arn)
    }
}

extension TableDescription.Throughput {
    /// Zeros for on-demand capacity, as the service answers.
    fileprivate init(_ given: ProvisionedThroughput?) {
        self.init(readCapacityUnits: given?.readCapacityUnits ?? 0, writeCapacityUnits: given?.writeCapacityUnits ?? 0)
    }
}
