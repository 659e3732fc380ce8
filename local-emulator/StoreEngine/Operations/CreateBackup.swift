internal import Foundation
internal import RoostSQLite

/// CreateBackup. The backup has the items of the moment of the request, however much is written while it is made. Small
/// tables are copied within the request; the answer says CREATING either way, as the service's does.
extension StoreEngine {
    package func createBackup(
        _ input: CreateBackupInput, completion: @escaping @Sendable (Result<BackupDetails, StoreError>) -> Void
    ) {
        let table: Table
        do throws(StoreError) {
            table = try backupTable(input.tableName)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(copying(completion)) { transaction in
            guard let current = transaction.tables[table.name], current.id == table.id else {
                throw StoreError.backupTableNotFound(table.name)
            }
            return try transaction.createBackup(of: current, name: input.backupName)
        }
    }

    /// The backup operations' look-up, which has an error of its own.
    func backupTable(_ nameOrARN: String) throws(StoreError) -> Table {
        guard let table = findTable(nameOrARN) else {
            throw .backupTableNotFound(Self.name(fromARN: nameOrARN) ?? nameOrARN)
        }
        return table
    }

    /// A completion that also sets the copying of what is left in motion.
    func copying<Output: Sendable>(
        _ completion: @escaping @Sendable (Result<Output, StoreError>) -> Void
    ) -> @Sendable (Result<Output, StoreError>) -> Void {
        { [copyJobs] result in
            completion(result)
            if case .success = result { copyJobs.run() }
        }
    }
}

extension StoreError {
    static func backupTableNotFound(_ name: String) -> StoreError {
        StoreError(code: "TableNotFoundException", message: "Table not found: \(name)")
    }

    /// What the service says while a table is being made.
    static func backupsUnavailable(_ name: String) -> StoreError {
        StoreError(
            code: "ContinuousBackupsUnavailableException",
            message: "Backups are being enabled for the table: \(name). Please retry later")
    }
}

extension WriteTransaction {
    fileprivate func createBackup(of table: Table, name: String) throws -> BackupDetails {
        guard !table.isBeingRestored else {
            throw StoreError.backupsUnavailable(table.name)
        }
        try willChange()
        let backup = try insertBackup(of: table, name: name, type: .user)
        try database.execute(
            """
            CREATE TABLE \(backup.itemsTable) (h BLOB NOT NULL, r BLOB NOT NULL, size INTEGER NOT NULL, item BLOB NOT NULL,
            PRIMARY KEY (h, r)) WITHOUT ROWID
            """)
        let logged = try redefine(table) { $0.changeLogUsers = ($0.changeLogUsers ?? 0) + 1 }
        let last = try logged.changeLogSQL.map { try lastChange(in: $0) }
        try begin(try insertJob(.backup, from: table.id, to: backup.id, undoAfter: last))
        let size = try StoredBackup.find(id: backup.id, in: database)?.bytes ?? 0
        var details = BackupDetails(backup)
        details.backupSizeBytes = size
        return details
    }
}

extension BackupDetails {
    init(_ backup: StoredBackup) {
        self.init(
            backupArn: backup.arn, backupName: backup.name, backupSizeBytes: backup.bytes, backupStatus: backup.status,
            backupType: backup.type, backupCreationDateTime: Date(milliseconds: backup.createdMilliseconds),
            backupExpiryDateTime: backup.expiresMilliseconds.map { Date(milliseconds: $0) })
    }
}

extension Date {
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }

    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
