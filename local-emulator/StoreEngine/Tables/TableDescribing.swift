internal import Foundation
internal import RoostSQLite

extension TableDescription {
    /// What a description is for, which decides what it says of the statuses and what it leaves out.
    enum Purpose {
        /// CreateTable's answer.
        case making
        /// DescribeTable's, with what the table and its indexes hold.
        case telling(TableStatistics, nowSeconds: Double)
        /// UpdateTable's, of the new definition.
        case changing(TableChange, TableStatistics, nowSeconds: Double)
    }

    init(_ table: Table, _ purpose: Purpose, _ file: CatalogueFile) {
        let definition = table.definition
        let (statistics, now) =
            switch purpose {
            case .making: (TableStatistics.empty, definition.createdSeconds)
            case .telling(let statistics, let now), .changing(_, let statistics, let now): (statistics, now)
            }
        let status = table.isBeingRestored ? .creating : purpose.tableStatus
        self.init(
            tableName: definition.name, tableArn: table.arn, tableId: definition.tableID, tableStatus: status,
            creationDateTime: Date(timeIntervalSince1970: definition.createdSeconds),
            attributeDefinitions: definition.attributeDefinitions, keySchema: definition.keySchema,
            provisionedThroughput: purpose.throughput(of: definition, now: now),
            billingModeSummary: definition.billingModeSummary, onDemandThroughput: definition.onDemandThroughput?.told,
            warmThroughput: .init(
                definition.warmThroughput, definition.provisionedThroughput,
                status: definition.warmThroughput != nil && purpose.isChangingWarmThroughput ? .updating : .active),
            tableClassSummary: definition.tableClassSummary,
            sseDescription: definition.sseDescription(file), tableSizeBytes: statistics.table.bytes,
            itemCount: statistics.table.items, globalSecondaryIndexes: purpose.indexes(of: table, statistics, now: now),
            localSecondaryIndexes: definition.localSecondaryIndexes.flatMap { indexes in
                indexes.isEmpty
                    ? nil
                    : indexes.map {
                        LocalIndexDescription($0, tableARN: table.arn, statistics.indexes[$0.indexName] ?? .init())
                    }
            },
            vectorIndexes: purpose.vectorIndexes(of: table, statistics),
            streamSpecification: definition.streamSpecification,
            latestStreamLabel: table.stream?.label ?? statistics.closedStream?.label,
            latestStreamArn: table.stream?.arn ?? statistics.closedStream?.arn,
            deletionProtectionEnabled: definition.deletionProtectionEnabled,
            restoreSummary: definition.restore.map(RestoreSummary.init))
    }

    /// DeleteTable's answer, which has no part of the schema any more.
    static func deleting(_ table: Table, _ file: CatalogueFile) -> TableDescription {
        var description = TableDescription(table, .making, file)
        description.tableStatus = .deleting
        description.creationDateTime = nil
        description.attributeDefinitions = nil
        description.keySchema = nil
        description.globalSecondaryIndexes = nil
        description.localSecondaryIndexes = nil
        description.vectorIndexes = nil
        description.warmThroughput = nil
        return description
    }
}

/// What one UpdateTable changed, as far as its answer tells.
struct TableChange: Sendable {
    /// The definition of before, whose throughput the answer still has where that changes.
    var old: TableDefinition
    var changesThroughput = false
    var indexesWithNewThroughput: Set<String> = []
    var changesWarmThroughput = false
    /// Indexes that are made or changed, by name.
    var createdIndex: String?
    var updatedIndexes: Set<String> = []
    var deletedIndex: GlobalSecondaryIndex?
    var deletedVectorIndex: VectorIndex?
}

extension TableDescription.Purpose {
    fileprivate var tableStatus: TableStatus {
        switch self {
        case .making: .creating
        case .telling: .active
        case .changing: .updating
        }
    }

    fileprivate var isChangingWarmThroughput: Bool {
        switch self {
        case .making: true
        case .telling: false
        case .changing(let change, _, _): change.changesWarmThroughput
        }
    }

    fileprivate func throughput(of definition: TableDefinition, now: Double) -> TableDescription.Throughput {
        if case .changing(let change, _, _) = self, change.changesThroughput {
            return .init(
                change.old.provisionedThroughput, definition.throughputChange, now, decreases: change.old.throughputChange)
        }
        return .init(definition.provisionedThroughput, definition.throughputChange, now, decreases: definition.throughputChange)
    }

    private func throughput(
        of index: GlobalSecondaryIndex, _ definition: TableDefinition, now: Double
    ) -> TableDescription.Throughput {
        let name = index.indexName
        let noted = definition.indexThroughputChanges?[name]
        if case .changing(let change, _, _) = self, change.indexesWithNewThroughput.contains(name) {
            let old = change.old.globalSecondaryIndexes.first { $0.indexName == name }?.provisionedThroughput
            return .init(old, noted, now, decreases: change.old.indexThroughputChanges?[name])
        }
        return .init(index.provisionedThroughput, noted, now, decreases: noted)
    }

    fileprivate func indexes(
        of table: Table, _ statistics: TableStatistics, now: Double
    ) -> [TableDescription.IndexDescription]? {
        let definition = table.definition
        var descriptions = definition.globalSecondaryIndexes.map { index in
            TableDescription.IndexDescription(
                index, tableARN: table.arn, status: status(of: index.indexName, definition),
                throughput: throughput(of: index, definition, now: now),
                backfilling: definition.isBackfilling(index.indexName), statistics.indexes[index.indexName] ?? .init())
        }
        if case .changing(let change, _, _) = self {
            if let name = change.createdIndex, let place = descriptions.firstIndex(where: { $0.indexName == name }) {
                descriptions[place].indexStatus = .creating
                descriptions[place].backfilling = false
            }
            if let index = change.deletedIndex {
                descriptions.append(
                    .init(
                        index, tableARN: table.arn, status: .deleting, throughput: throughput(of: index, change.old, now: now),
                        backfilling: false, .init()))
            }
        }
        return descriptions.isEmpty ? nil : descriptions
    }

    fileprivate func vectorIndexes(
        of table: Table, _ statistics: TableStatistics
    ) -> [TableDescription.VectorIndexDescription]? {
        var descriptions = table.vectorIndexes.map { index in
            let count = statistics.indexes[index.name] ?? .init()
            return TableDescription.VectorIndexDescription(
                index: index.definition, indexStatus: status(of: index.name, table.definition),
                backfilling: table.definition.isBackfilling(index.name) ? true : nil, indexSizeBytes: count.bytes,
                itemCount: count.items, indexArn: index.arn)
        }
        if case .changing(let change, _, _) = self {
            if let name = change.createdIndex, let place = descriptions.firstIndex(where: { $0.index.indexName == name }) {
                descriptions[place].indexStatus = .creating
                descriptions[place].backfilling = false
            }
            if let index = change.deletedVectorIndex {
                descriptions.append(
                    .init(
                        index: index, indexStatus: .deleting, indexSizeBytes: 0, itemCount: 0,
                        indexArn: "\(table.arn)/index/\(index.indexName)"))
            }
        }
        return descriptions.isEmpty ? nil : descriptions
    }

    private func status(of index: String, _ definition: TableDefinition) -> TableStatus {
        switch self {
        case .making: .creating
        case .changing(let change, _, _) where change.updatedIndexes.contains(index): .updating
        default: definition.isBackfilling(index) ? .creating : .active
        }
    }
}

extension TableDescription.IndexDescription {
    fileprivate init(
        _ index: GlobalSecondaryIndex, tableARN: String, status: TableStatus, throughput: TableDescription.Throughput,
        backfilling: Bool, _ count: ItemCount
    ) {
        self.init(
            indexName: index.indexName, keySchema: index.keySchema, projection: index.projection, indexStatus: status,
            backfilling: backfilling ? true : nil,
            provisionedThroughput: throughput,
            onDemandThroughput: index.onDemandThroughput?.told,
            warmThroughput: .init(index.warmThroughput, index.provisionedThroughput, status: .active),
            indexSizeBytes: count.bytes, itemCount: count.items, indexArn: "\(tableARN)/index/\(index.indexName)")
    }
}

extension TableDescription.LocalIndexDescription {
    fileprivate init(_ index: LocalSecondaryIndex, tableARN: String, _ count: ItemCount) {
        self.init(
            indexName: index.indexName, keySchema: index.keySchema, projection: index.projection,
            indexSizeBytes: count.bytes, itemCount: count.items, indexArn: "\(tableARN)/index/\(index.indexName)")
    }
}

extension TableDescription.Throughput {
    /// Zeros for on-demand capacity, as the service answers.
    fileprivate init(
        _ given: ProvisionedThroughput?, _ change: ThroughputChange?, _ now: Double, decreases: ThroughputChange?
    ) {
        self.init(
            readCapacityUnits: given?.readCapacityUnits ?? 0, writeCapacityUnits: given?.writeCapacityUnits ?? 0,
            numberOfDecreasesToday: decreases?.decreases(onDayOf: now) ?? 0,
            lastIncreaseDateTime: change?.increasedSeconds.map { Date(timeIntervalSince1970: $0) },
            lastDecreaseDateTime: change?.decreasedSeconds.map { Date(timeIntervalSince1970: $0) })
    }
}

extension TableDescription.WarmThroughputDescription {
    fileprivate init(_ given: WarmThroughput?, _ provisioned: ProvisionedThroughput?, status: TableStatus) {
        let warm = WarmThroughput.effective(given, provisioned)
        self.init(
            readUnitsPerSecond: warm.readUnitsPerSecond ?? 0, writeUnitsPerSecond: warm.writeUnitsPerSecond ?? 0,
            status: status)
    }
}

extension TableDefinition {
    /// A table that has never been on demand has none.
    fileprivate var billingModeSummary: TableDescription.BillingModeSummary? {
        // Files of before the second version do not say since when.
        let since = onDemandSinceSeconds ?? (billingMode == .payPerRequest ? createdSeconds : nil)
        guard let since else { return nil }
        return .init(billingMode: billingMode, lastUpdateToPayPerRequestDateTime: Date(timeIntervalSince1970: since))
    }

    /// Only what was said is told: the default class is not.
    fileprivate var tableClassSummary: TableDescription.TableClassSummary? {
        tableClass.map {
            .init(
                tableClass: $0, lastUpdateDateTime: tableClassChangedSeconds.map { Date(timeIntervalSince1970: $0) })
        }
    }

    /// A table that is encrypted with the service's own key has none.
    fileprivate func sseDescription(_ file: CatalogueFile) -> TableDescription.SSEDescription? {
        guard let sse, sse.hasKey else { return nil }
        return .init(
            status: "ENABLED", sseType: .kms, kmsMasterKeyArn: sse.keyARN(region: file.region, accountID: file.accountID))
    }
}
