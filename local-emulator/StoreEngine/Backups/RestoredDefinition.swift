internal import Foundation

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
        let used = Set((source.keySchema + global.flatMap(\.keySchema) + local.flatMap(\.keySchema)).map(\.attributeName))
        var definition = TableDefinition(
            name: name, tableID: UUID().uuidString.lowercased(), createdSeconds: Double(nowMilliseconds) / 1000,
            attributeDefinitions: source.attributeDefinitions.filter { used.contains($0.attributeName) },
            keySchema: source.keySchema, globalSecondaryIndexes: global, billingMode: mode, provisionedThroughput: throughput,
            streamSpecification: nil, deletionProtectionEnabled: false)
        definition.localSecondaryIndexes = local.isEmpty ? nil : local
        definition.numberIndexes()
        definition.tableClass = source.tableClass
        definition.sse = overrides.sse ?? source.sse
        definition.onDemandThroughput =
            mode == .payPerRequest ? overrides.onDemandThroughput ?? source.onDemandThroughput : nil
        definition.restore = restore
        return definition
    }

    private static func invalid(_ text: String) -> StoreError {
        .validation("One or more parameter values were invalid: \(text)")
    }

    private func throughput(_ mode: BillingMode) throws(StoreError) -> ProvisionedThroughput? {
        switch mode {
        case .payPerRequest:
            guard overrides.provisionedThroughput == nil else {
                throw Self.invalid(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
            }
            return nil
        case .provisioned:
            guard overrides.onDemandThroughput == nil else {
                throw Self.invalid(
                    "OnDemandThroughput can only be specified for table when BillingMode is PAY_PER_REQUEST")
            }
            guard let throughput = overrides.provisionedThroughput ?? source.provisionedThroughput else {
                throw Self.invalid(
                    "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
            }
            return throughput
        }
    }

    /// "The indexes provided should match existing secondary indexes. You can choose to exclude some or all of the indexes"
    /// (RestoreTableFromBackup, API reference).
    private func globalIndexes(_ mode: BillingMode) throws(StoreError) -> [GlobalSecondaryIndex] {
        var indexes: [GlobalSecondaryIndex] = []
        for wanted in overrides.globalSecondaryIndexes ?? source.globalSecondaryIndexes {
            let known = source.globalSecondaryIndexes.first { $0.indexName == wanted.indexName }
            guard let known, known.keySchema == wanted.keySchema, known.projection == wanted.projection else {
                throw Self.invalid("Index \(wanted.indexName) does not match any global secondary index of the source table")
            }
            var index = wanted
            switch mode {
            case .payPerRequest:
                if overrides.globalSecondaryIndexes != nil, wanted.provisionedThroughput != nil {
                    throw Self.invalid(
                        "ProvisionedThroughput should not be specified for index: \(wanted.indexName) when BillingMode is "
                            + "PAY_PER_REQUEST")
                }
                index.provisionedThroughput = nil
            case .provisioned:
                index.provisionedThroughput = wanted.provisionedThroughput ?? known.provisionedThroughput
                guard index.provisionedThroughput != nil else {
                    throw Self.invalid("ProvisionedThroughput is not specified for index: \(wanted.indexName)")
                }
            }
            indexes.append(index)
        }
        return indexes
    }

    private func localIndexes() throws(StoreError) -> [LocalSecondaryIndex] {
        let known = source.localSecondaryIndexes ?? []
        guard let wanted = overrides.localSecondaryIndexes else { return known }
        for index in wanted where !known.contains(index) {
            throw Self.invalid("Index \(index.indexName) does not match any local secondary index of the source table")
        }
        return wanted
    }
}
