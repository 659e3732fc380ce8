internal import CSQLite

extension SQLiteDatabase {
    /// Copies this connection's database, page by page, as it is at one moment ("SQLite Backup API").
    ///
    /// One step copies everything inside one read transaction, so that the copy is a single commit's state, and a writer
    /// in WAL mode on another connection goes on meanwhile. The copy is not synced: what makes it durable, and what gives
    /// it its name, is the caller's.
    ///
    /// - Parameter path: a file that does not exist yet, or may be overwritten.
    package func copy(to path: String) throws(SQLiteError) {
        let target = try BackupTarget(path: path)
        guard let backup = sqlite3_backup_init(target.connection, "main", connection, "main") else {
            throw SQLiteError(connection: target.connection, code: sqlite3_errcode(target.connection), sql: nil, path: path)
        }
        let step = sqlite3_backup_step(backup, -1)
        let finish = sqlite3_backup_finish(backup)
        guard step == SQLITE_DONE else {
            throw SQLiteError(connection: target.connection, code: step, sql: nil, path: path)
        }
        guard finish == SQLITE_OK else {
            throw SQLiteError(connection: target.connection, code: finish, sql: nil, path: path)
        }
    }

    /// How much of the file has been copied into the file from its log, and whether the log is empty after it.
    ///
    /// - Returns: false when readers or a writer kept the log from being emptied.
    package func emptyLog() throws(SQLiteError) -> Bool {
        try first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) == 0 } ?? false
    }
}

/// The connection that a copy is written through: without a journal, for a copy that failed is thrown away whole.
private final class BackupTarget {
    let connection: OpaquePointer

    init(path: String) throws(SQLiteError) {
        var opened: OpaquePointer?
        let mode = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, mode, nil)
        guard let opened else {
            throw SQLiteError(code: SQLITE_NOMEM, extendedCode: SQLITE_NOMEM, message: "out of memory", path: path)
        }
        connection = opened
        guard code == SQLITE_OK else { throw SQLiteError(connection: opened, code: code, sql: nil, path: path) }
        let setUp = sqlite3_exec(opened, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", nil, nil, nil)
        guard setUp == SQLITE_OK else { throw SQLiteError(connection: opened, code: setUp, sql: nil, path: path) }
    }

    deinit {
        sqlite3_close_v2(connection)
    }
}
