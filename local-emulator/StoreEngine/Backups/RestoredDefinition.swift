internal import Foundation
internal import LambdaEvents

/// What a restored table is made as: as its source was then, with what the request overrides. Streams, tags, TTL, deletion
/// protection, resource policies and point-in-time recovery are not restored ("Restoring a DynamoDB table from a backup",
/// Developer Guide).
struct RestoredDefinition {
    var source: TableDefinition
    var overrides: RestoreOverrides

    func definition(named name: String, nowMilliseconds: Int64, _ restore: TableRestore) throws(StoreError) -> TableDefinition {
        let mode = overrides.billingMode ?? source.billingMode
        let throughput = try throughput(mode)
        let global = try globalIndexes(mode)
        let local = try localIndexes()
        let vector = try vectorIndexes(mode)
        let used = NameSet(
            (source.keySchema + global.flatMap(\.keySchema) + local.flatMap(\.keySchema)).map(\.attributeName)
                + vector.flatMap { $0.searchSchema ?? [] }.map(\.attributeName))
        var definition = TableDefinition(
            name: name, tableID: UUID().uuidString.lowercased(), createdSeconds: Double(nowMilliseconds) / 1000,
            attributeDefinitions: source.attributeDefinitions.filter { used.contains($0.attributeName) },
            keySchema: source.keySchema, globalSecondaryIndexes: global, billingMode: mode, provisionedThroughput: throughput,
            streamSpecification: nil, deletionProtectionEnabled: false)
        definition.localSecondaryIndexes = local.isEmpty ? nil : local
        definition.vectorIndexes = vector.isEmpty ? nil : vector
        definition.numberIndexes()
        definition.tableClass = source.tableClass
        try overrides.sse?.check()
        definition.sse = overrides.sse ?? source.sse
        definition.onDemandThroughput =
            mode == .payPerRequest ? overrides.onDemandThroughput ?? source.onDemandThroughput : nil
        definition.restore = restore
        return definition
    }

    private func throughput(_ mode: BillingMode) throws(StoreError) -> ProvisionedThroughput? {
        try ThroughputRule.checkBounds(overrides.provisionedThroughput)
        try ThroughputRule.check(overrides.onDemandThroughput, for: "table", mode)
        switch mode {
        case .payPerRequest:
            guard overrides.provisionedThroughput == nil else { throw ThroughputRule.notOnDemand }
            return nil
        case .provisioned:
            guard let throughput = overrides.provisionedThroughput ?? source.provisionedThroughput else {
                throw ThroughputRule.neededWhenProvisioned
            }
            return throughput
        }
    }

    /// "The indexes provided should match existing secondary indexes. You can choose to exclude some or all of the indexes"
    /// (RestoreTableFromBackup, API reference).
    private func globalIndexes(_ mode: BillingMode) throws(StoreError) -> [GlobalSecondaryIndex] {
        guard let wanted = overrides.globalSecondaryIndexes else {
            var indexes = source.globalSecondaryIndexes
            for number in indexes.indices {
                if mode == .payPerRequest { indexes[number].provisionedThroughput = nil }
                if mode == .provisioned { indexes[number].onDemandThroughput = nil }
                try ThroughputRule.check(indexes[number].provisionedThroughput, ofIndex: indexes[number].indexName, mode)
            }
            return indexes
        }
        var indexes: [GlobalSecondaryIndex] = []
        for var index in wanted {
            let known = source.globalSecondaryIndexes.first { $0.indexName == index.indexName }
            guard let known, known.keySchema == index.keySchema, known.projection == index.projection else {
                throw KeySchemaRule.invalid(
                    "Index \(index.indexName) does not match any global secondary index of the source table")
            }
            if mode == .provisioned { index.provisionedThroughput = index.provisionedThroughput ?? known.provisionedThroughput }
            let place = "index \(index.indexName)"
            try ThroughputRule.check(index.provisionedThroughput, ofIndex: index.indexName, mode)
            try ThroughputRule.check(index.onDemandThroughput, for: place, mode)
            try ThroughputRule.check(index.warmThroughput, for: place, provisioned: index.provisionedThroughput)
            indexes.append(index)
        }
        return indexes
    }

    private func localIndexes() throws(StoreError) -> [LocalSecondaryIndex] {
        let known = source.localSecondaryIndexes ?? []
        guard let wanted = overrides.localSecondaryIndexes else { return known }
        for index in wanted where !known.contains(index) {
            throw KeySchemaRule.invalid("Index \(index.indexName) does not match any local secondary index of the source table")
        }
        return wanted
    }

    private func vectorIndexes(_ mode: BillingMode) throws(StoreError) -> [VectorIndex] {
        let known = source.vectorIndexes ?? []
        let wanted = overrides.vectorIndexes ?? known
        for index in wanted where !known.contains(index) {
            throw KeySchemaRule.invalid("Index \(index.indexName) does not match any vector index of the source table")
        }
        guard wanted.isEmpty || mode == .payPerRequest else { throw VectorIndexRule.notOnDemand }
        return wanted
    }
}
