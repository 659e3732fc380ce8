internal import Foundation
internal import RoostSQLite

package enum BackupStatus: String, Sendable {
    case creating = "CREATING"
    case available = "AVAILABLE"
    case deleted = "DELETED"
}

package enum BackupType: String, Sendable, CaseIterable {
    /// Made by CreateBackup.
    case user = "USER"
    /// Made of a table with point-in-time recovery when it was deleted.
    case system = "SYSTEM"
}

/// A backup's row. Its items are in an SQL table of their own, `b_<id>`, in the form of a table's.
struct StoredBackup: Sendable {
    static let schema = """
        CREATE TABLE backups (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            arn TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            status TEXT NOT NULL,
            created_ms INTEGER NOT NULL,
            expires_ms INTEGER,
            table_name TEXT NOT NULL,
            table_arn TEXT NOT NULL,
            definition BLOB NOT NULL,
            items INTEGER NOT NULL,
            bytes INTEGER NOT NULL);
        CREATE INDEX backups_by_age ON backups (created_ms, id);
        """

    var id: Int64
    var arn: String
    var name: String
    var type: BackupType
    var status: BackupStatus
    var createdMilliseconds: Int64
    var expiresMilliseconds: Int64?
    /// The table's as it was when the backup was made.
    var tableARN: String
    var definition: TableDefinition
    var items: Int
    var bytes: Int

    var itemsTable: String { "b_\(id)" }

    private static let columns = """
        SELECT id, arn, name, type, status, created_ms, expires_ms, table_arn, definition, items, bytes FROM backups
        """

    static func find(_ arn: String, in database: SQLiteDatabase) throws -> StoredBackup? {
        var found: StoredBackup?
        try database.forEach("\(columns) WHERE arn = ?", [.text(arn)]) { row in
            found = try StoredBackup(row)
            return false
        }
        return found
    }

    static func find(id: Int64, in database: SQLiteDatabase) throws -> StoredBackup? {
        var found: StoredBackup?
        try database.forEach("\(columns) WHERE id = ?", [.integer(id)]) { row in
            found = try StoredBackup(row)
            return false
        }
        return found
    }

    /// All backups, oldest first.
    static func all(in database: SQLiteDatabase) throws -> [StoredBackup] {
        var backups: [StoredBackup] = []
        try database.forEach("\(columns) ORDER BY created_ms, id") { row in
            backups.append(try StoredBackup(row))
            return true
        }
        return backups
    }

    private init(_ row: borrowing SQLiteRow) throws {
        guard let type = BackupType(rawValue: row.text(3)), let status = BackupStatus(rawValue: row.text(4)) else {
            throw StoreError.internalFailure("the backup \(row.text(1)) has no known type or status")
        }
        id = row.integer(0)
        arn = row.text(1)
        name = row.text(2)
        self.type = type
        self.status = status
        createdMilliseconds = row.integer(5)
        expiresMilliseconds = row.optionalInteger(6)
        tableARN = row.text(7)
        definition = try JSONDecoder().decode(TableDefinition.self, from: row.data(8))
        items = Int(row.integer(9))
        bytes = Int(row.integer(10))
    }

    static func notFound(_ arn: String) -> StoreError {
        StoreError(code: "BackupNotFoundException", message: "Backup not found: \(arn)")
    }

    /// The message is that of the service's model.
    static let inUse = StoreError(
        code: "BackupInUseException",
        message: "There is another ongoing conflicting backup control plane operation on the table. The backup is either being "
            + "created, deleted or restored to a table.")
}

extension WriteTransaction {
    /// "DynamoDB … creates a backup snapshot called a system backup and retains it for 35 days" (Developer Guide).
    static let systemBackupLifetimeMilliseconds: Int64 = 35 * 86_400_000

    /// Writes the row of a backup that holds no items yet.
    func insertBackup(of table: Table, name: String, type: BackupType) throws -> StoredBackup {
        let expires = type == .system ? nowMilliseconds + Self.systemBackupLifetimeMilliseconds : nil
        var salt = UInt64(bitPattern: table.id)
        var arn = ""
        // The form of the service's ARNs: the time in 14 digits and 8 of a hash. Two in one millisecond differ in the hash.
        repeat {
            salt = Splitmix.mix(salt &+ UInt64(bitPattern: nowMilliseconds))
            let (time, hash) = (String(nowMilliseconds), String(salt >> 32, radix: 16))
            arn =
                "\(table.arn)/backup/" + String(repeating: "0", count: max(0, 14 - time.count)) + time + "-"
                + String(repeating: "0", count: 8 - hash.count) + hash
        } while try StoredBackup.find(arn, in: database) != nil
        try database.run(
            """
            INSERT INTO backups (arn, name, type, status, created_ms, expires_ms, table_name, table_arn, definition, items, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
            """,
            .text(arn), .text(name), .text(type.rawValue), .text(BackupStatus.creating.rawValue), .integer(nowMilliseconds),
            .optional(expires), .text(table.name), .text(table.arn), .data(try CatalogueFile.encode(table.definition)))
        guard let backup = try StoredBackup.find(id: database.lastInsertedRowID, in: database) else {
            throw StoreError.internalFailure("the backup \(arn) was not written")
        }
        return backup
    }

    func deleteBackup(_ backup: StoredBackup) throws {
        database.clearStatementCache()
        try database.execute("DROP TABLE IF EXISTS \(backup.itemsTable)")
        try database.run("DELETE FROM backups WHERE id = ?", .integer(backup.id))
    }

    /// Keeps the items of a table with point-in-time recovery, which is being deleted, as a system backup: its SQL table
    /// becomes the backup's.
    ///
    /// - Returns: false, having done nothing, for a table without.
    func keepAsSystemBackup(_ table: Table) throws -> Bool {
        guard table.definition.pointInTimeRecovery != nil, !table.isBeingRestored else { return false }
        let count = try count(of: table.sql.table)
        let backup = try insertBackup(of: table, name: "\(table.name)$DeletedTableBackup", type: .system)
        try database.execute("ALTER TABLE \(table.sql.table) RENAME TO \(backup.itemsTable)")
        try database.run(
            "UPDATE backups SET status = ?, items = ?, bytes = ? WHERE id = ?", .text(BackupStatus.available.rawValue),
            .integer(count.items), .integer(count.bytes), .integer(backup.id))
        return true
    }

    /// Deletes system backups past their time.
    func expireBackups() throws {
        let old = try database.rows("SELECT id FROM backups WHERE expires_ms < ?", .integer(nowMilliseconds)) { $0.integer(0) }
        for id in old {
            guard let backup = try StoredBackup.find(id: id, in: database), try !isInUse(backup) else { continue }
            try willChange()
            try deleteBackup(backup)
        }
    }
}
