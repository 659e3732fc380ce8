/// DeleteBackup. The backup is gone with the answer, which describes it as DELETED.
extension StoreEngine {
    package func deleteBackup(
        _ backupArn: String, completion: @escaping @Sendable (Result<BackupDescription, StoreError>) -> Void
    ) {
        writer.submit(completion) { transaction in
            guard let backup = try StoredBackup.find(backupArn, in: transaction.database) else {
                throw StoredBackup.notFound(backupArn)
            }
            guard try !transaction.isInUse(backup) else { throw StoredBackup.inUse }
            try transaction.willChange()
            try transaction.deleteBackup(backup)
            var description = BackupDescription(backup)
            description.backupDetails.backupStatus = .deleted
            return description
        }
    }
}
