internal import Foundation

/// ListBackups: oldest first, also those of tables that are gone. A table that never was has none.
extension StoreEngine {
    /// "Maximum number of backups to return at once", and what is returned without a limit (ListBackups, API reference).
    package static let mostBackups = 100

    package func listBackups(_ input: ListBackupsInput) throws(StoreError) -> ListBackupsOutput {
        let tableName = input.tableName.map { Self.name(fromARN: $0) ?? $0 }
        let all = try readers.read { try StoredBackup.all(in: $0) }
        var rest = all[...]
        if let start = input.exclusiveStartBackupArn {
            guard let place = all.firstIndex(where: { $0.arn == start }) else { throw StoredBackup.notFound(start) }
            rest = all[(place + 1)...]
        }
        let wanted = rest.filter { backup in
            tableName.map { $0 == backup.definition.name } ?? true && input.backupType.map { $0 == backup.type } ?? true
                && input.timeRangeLowerBound.map { $0.milliseconds <= backup.createdMilliseconds } ?? true
                && input.timeRangeUpperBound.map { $0.milliseconds > backup.createdMilliseconds } ?? true
        }
        let page = wanted.prefix(input.limit ?? Self.mostBackups)
        return ListBackupsOutput(
            backups: page.map(BackupDescription.init),
            lastEvaluatedBackupArn: page.count < wanted.count ? page.last?.arn : nil)
    }
}
