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
        for (member, units) in overrides.onDemandThroughput?.members ?? [] {
            guard let units else { continue }
            guard mode == .payPerRequest else {
                throw Self.invalid(
                    "Cannot override \(member) for OnDemandThroughput unless BillingModeOverride is PAY_PER_REQUEST")
            }
            guard (1...ThroughputRule.largestUnits).contains(units) else {
                throw Self.invalid("Requested \(member) for OnDemandThroughput is outside of valid range")
            }
        }
        switch mode {
        case .payPerRequest:
            guard overrides.provisionedThroughput == nil else {
                throw Self.invalid(
                    overrides.billingMode == .payPerRequest
                        ? "Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST"
                        : "Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED")
            }
            return nil
        case .provisioned:
            let kept = overrides.billingMode == nil ? source.provisionedThroughput : nil
            guard let throughput = overrides.provisionedThroughput ?? kept else {
                throw Self.invalid("Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED")
            }
            return throughput
        }
    }

    /// The texts were measured at the service in October 2026.
    private static func invalid(_ text: String) -> StoreError { .validation("Invalid Request: \(text)") }

    private static func isNoIndexOfSource(_ name: String) -> StoreError {
        invalid(
            "Index \(name) does not match a secondary index that existed in the source table and cannot be created during the "
                + "restore operation")
    }

    private static func check(
        _ throughput: ProvisionedThroughput?, ofIndex name: String, _ mode: BillingMode
    ) throws(StoreError) {
        if mode == .provisioned, throughput == nil {
            throw invalid("Must specify provisioned throughput for index \(name)")
        }
        if mode == .payPerRequest, throughput != nil {
            throw invalid(
                "Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST for index \(name)")
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
                try Self.check(indexes[number].provisionedThroughput, ofIndex: indexes[number].indexName, mode)
            }
            return indexes
        }
        var indexes: [GlobalSecondaryIndex] = []
        for index in wanted {
            let known = source.globalSecondaryIndexes.first { $0.indexName == index.indexName }
            guard let known, known.keySchema == index.keySchema, known.projection == index.projection else {
                throw Self.isNoIndexOfSource(index.indexName)
            }
            try Self.check(index.provisionedThroughput, ofIndex: index.indexName, mode)
            try CreateTableValidation.checkThroughput(of: index, mode, inCreateTable: true)
            indexes.append(index)
        }
        return indexes
    }

    private func localIndexes() throws(StoreError) -> [LocalSecondaryIndex] {
        let known = source.localSecondaryIndexes ?? []
        guard let wanted = overrides.localSecondaryIndexes else { return known }
        for index in wanted where !known.contains(index) {
            throw Self.isNoIndexOfSource(index.indexName)
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
