internal import EmulatorClock
internal import Foundation

/// RestoreTableFromBackup. The table is CREATING until all of its items are there; small ones are there with the answer,
/// which says CREATING all the same, as CreateTable's does.
///
/// Checks: the target's name, whether there is such a table, the backup, whether it is in use, the overrides.
extension StoreEngine {
    package func restoreTableFromBackup(
        _ input: RestoreTableFromBackupInput, completion: @escaping @Sendable (Result<RestoreTableOutput, StoreError>) -> Void
    ) {
        let file = CatalogueFile(region: region, accountID: accountID)
        writer.submit(copying(completion)) { transaction in
            try transaction.checkIsFree(input.targetTableName)
            guard let backup = try StoredBackup.find(input.backupArn, in: transaction.database) else {
                throw StoredBackup.notFound(input.backupArn)
            }
            guard backup.status == .available else { throw StoredBackup.inUse }
            let restore = TableRestore(
                sourceBackupARN: backup.arn, sourceTableARN: backup.tableARN,
                restoreSeconds: Double(backup.createdMilliseconds) / 1000, isInProgress: true)
            let definition = try RestoredDefinition(source: backup.definition, overrides: input.overrides).definition(
                named: input.targetTableName, nowMilliseconds: transaction.nowMilliseconds, restore)
            return try transaction.restore(definition, in: file) { target in
                try transaction.insertJob(.restoreBackup, from: backup.id, to: target.id)
            }
        }
    }
}

extension WriteTransaction {
    func checkIsFree(_ targetTableName: String) throws(StoreError) {
        guard tables[targetTableName] == nil else {
            throw StoreError(code: "TableAlreadyExistsException", message: "Table already exists: \(targetTableName)")
        }
    }

    /// Makes the target and begins its job.
    func restore(
        _ definition: TableDefinition, in file: CatalogueFile, job: (Table) throws -> CopyJob
    ) throws -> RestoreTableOutput {
        let table = try create(definition, in: file)
        try begin(try job(table))
        return RestoreTableOutput(tableDescription: TableDescription(table, .making, file))
    }
}
