internal import EmulatorClock
internal import Foundation
internal import RoostSQLite

/// CreateTable. The answer says CREATING as the service's does; the table is ACTIVE from the next look on, and may be changed
/// and deleted at once, where the service refuses until it is ACTIVE.
///
/// Checks, in the service's order: names, billing mode and throughput, key schema, local indexes, global indexes, vector
/// indexes, attribute definitions against the keys that use them, stream, encryption, tags, policy (`CreateTableValidation`); then whether there is such
/// a table, or too many.
extension StoreEngine {
    package func createTable(
        _ input: CreateTableInput, completion: @escaping @Sendable (Result<CreateTableOutput, StoreError>) -> Void
    ) {
        do throws(StoreError) {
            try CreateTableValidation.check(input)
            if let policy = input.resourcePolicy { try Self.checkPolicy(policy) }
        } catch {
            return completion(.failure(error))
        }
        let definition = definition(of: input)
        let file = catalogueFile
        writer.submit(completion) { transaction in
            let table = try transaction.create(definition, in: file)
            return CreateTableOutput(tableDescription: TableDescription(table, .making, file))
        }
    }

    var catalogueFile: CatalogueFile { CatalogueFile(region: region, accountID: accountID) }

    private func definition(of input: CreateTableInput) -> TableDefinition {
        var definition = TableDefinition(
            name: input.tableName, tableID: UUID().uuidString.lowercased(),
            createdSeconds: Double(clock.nowMilliseconds) / 1000, attributeDefinitions: input.attributeDefinitions,
            keySchema: input.keySchema, globalSecondaryIndexes: input.globalSecondaryIndexes ?? [],
            billingMode: input.billingMode ?? .provisioned, provisionedThroughput: input.provisionedThroughput,
            streamSpecification: input.streamSpecification.flatMap { $0.streamEnabled ? $0 : nil },
            deletionProtectionEnabled: input.deletionProtectionEnabled ?? false)
        definition.localSecondaryIndexes = input.localSecondaryIndexes
        definition.vectorIndexes = input.vectorIndexes
        if input.billingMode == .payPerRequest { definition.onDemandSinceSeconds = definition.createdSeconds }
        definition.tableClass = input.tableClass
        definition.sse = input.sseSpecification
        definition.onDemandThroughput = input.onDemandThroughput
        definition.warmThroughput = input.warmThroughput
        definition.tags = input.tags
        definition.resourcePolicy = input.resourcePolicy.map {
            ResourcePolicyDocument(
                text: $0, revisionID: ResourcePolicyDocument.revision(after: nil, nowMilliseconds: clock.nowMilliseconds))
        }
        definition.numberIndexes()
        return definition
    }
}

extension WriteTransaction {
    /// "Quotas in Amazon DynamoDB": tables of an account in a region, unless a higher number was asked for.
    static let mostTables = 2500

    func create(_ definition: TableDefinition, in file: CatalogueFile) throws -> Table {
        guard tables[definition.name] == nil else {
            throw StoreError(code: "ResourceInUseException", message: "Table already exists: \(definition.name)")
        }
        guard tables.count < Self.mostTables else {
            throw StoreError(
                code: "LimitExceededException",
                message: "Subscriber limit exceeded: the account has reached its limit of \(Self.mostTables) tables")
        }
        try willChange()
        let id = try file.insert(definition, into: database)
        let arn = file.tableARN(definition.name)
        var stream: TableStream?
        if let viewType = definition.streamSpecification?.streamViewType {
            stream = try openStream(viewType, tableID: id, definition, tableARN: arn)
        }
        guard let table = Table(id: id, definition: definition, arn: arn, stream: stream) else {
            throw StoreError.internalFailure("the table \(definition.name) has a key attribute without a definition")
        }
        try database.execute(table.sql.create)
        for index in table.indexes { try database.execute(index.sql.create) }
        for index in table.vectorIndexes { try database.execute(index.sql.create) }
        setTable(table, named: definition.name)
        return table
    }
}
