internal import RoostSQLite

/// DeleteTable. The table is gone with the answer, which says DELETING as the service's does. Its stream stays readable for
/// 24 hours.
extension StoreEngine {
    package func deleteTable(
        _ input: DeleteTableInput, completion: @escaping @Sendable (Result<DeleteTableOutput, StoreError>) -> Void
    ) {
        let table: Table
        do throws(StoreError) {
            table = try namedTable(input.tableName)
        } catch {
            return completion(.failure(error))
        }
        let (file, phases) = (catalogueFile, vectorIndexPhases)
        writer.submit(completion) { transaction in
            guard let current = transaction.tables[table.name], current.id == table.id else {
                throw StoreError.tableNotFound(table.name)
            }
            return try transaction.delete(current, phases, file)
        }
    }
}

extension WriteTransaction {
    fileprivate func delete(
        _ table: Table, _ phases: VectorIndexPhases, _ file: CatalogueFile
    ) throws -> DeleteTableOutput {
        try checkIndexesAreMade(table, phases)
        guard !table.definition.deletionProtectionEnabled else {
            throw StoreError.validation(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.")
        }
        try checkIsNotCopied(table)
        try willChange()
        // Prepared statements on a table keep it from being dropped.
        database.clearStatementCache()
        if try !keepAsSystemBackup(table) { try database.execute(table.sql.drop) }
        try forgetCount(of: table.sql.table)
        try database.execute(ChangeLogSQL(tableID: table.id).drop)
        for index in table.indexes {
            try database.execute(index.sql.drop)
            try forgetCount(of: index.sql.table)
        }
        for index in table.vectorIndexes {
            try database.execute(index.sql.drop)
            try forgetCount(of: index.sql.table)
        }
        try database.execute(ExpirySQL(id: table.id).drop)
        try database.run("DELETE FROM tables WHERE id = ?", .integer(table.id))
        if let stream = table.stream { try closeStream(stream) }
        setTable(nil, named: table.name)
        return DeleteTableOutput(tableDescription: .deleting(table, file))
    }
}
