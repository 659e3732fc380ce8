internal import EmulatorClock
internal import Foundation
internal import RoostSQLite

/// CreateTable. The answer says CREATING as the service's does; the table is ACTIVE from the next look on.
///
/// Checks, in the service's order: names, billing mode and throughput, key schema, indexes, attribute definitions against
/// the keys that use them, stream; then whether there is such a table (`CreateTableValidation`).
extension StoreEngine {
    package func createTable(
        _ input: CreateTableInput, completion: @escaping @Sendable (Result<CreateTableOutput, StoreError>) -> Void
    ) {
        do throws(StoreError) {
            try CreateTableValidation.check(input)
        } catch {
            return completion(.failure(error))
        }
        let definition = definition(of: input)
        let file = CatalogueFile(region: region, accountID: accountID)
        writer.submit(completion) { transaction in
            let table = try transaction.create(definition, in: file)
            return CreateTableOutput(tableDescription: TableDescription(table, status: .creating, statistics: .empty))
        }
    }

    private func definition(of input: CreateTableInput) -> TableDefinition {
        var definition = TableDefinition(
            name: input.tableName, tableID: UUID().uuidString.lowercased(),
            createdSeconds: Double(clock.nowMilliseconds) / 1000, attributeDefinitions: input.attributeDefinitions,
            keySchema: input.keySchema, globalSecondaryIndexes: input.globalSecondaryIndexes ?? [],
            billingMode: input.billingMode ?? .provisioned, provisionedThroughput: input.provisionedThroughput,
            streamSpecification: input.streamSpecification.flatMap { $0.streamEnabled ? $0 : nil },
            deletionProtectionEnabled: input.deletionProtectionEnabled ?? false)
        definition.numberIndexes()
        return definition
    }
}

extension WriteTransaction {
    func create(_ definition: TableDefinition, in file: CatalogueFile) throws -> Table {
        guard tables[definition.name] == nil else {
            throw StoreError(code: "ResourceInUseException", message: "Table already exists: \(definition.name)")
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
        setTable(table, named: definition.name)
        return table
    }
}
