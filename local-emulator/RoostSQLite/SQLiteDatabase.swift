internal import CSQLite

/// One connection to one SQLite database, closed when this object goes.
///
/// Not `Sendable`: keep it in a `Mutex`, or on one thread. Every call blocks until SQLite is done, so keep it off the
/// cooperative pool where it may wait for a disk.
///
/// A file is opened in WAL mode with `synchronous=FULL`: when ``transaction(_:)`` returns, what it wrote is on disk.
package final class SQLiteDatabase {
    package enum Location: Sendable, Equatable {
        /// A file; its directory must exist.
        case file(String)
        /// A database of this connection alone.
        case inMemory

        var path: String {
            switch self {
            case .file(let path): path
            case .inMemory: ":memory:"
            }
        }
    }

    package enum Access: Sendable {
        /// Makes the file if there is none.
        case readWrite
        /// For a second connection beside the one that writes.
        case readOnly
    }

    package let path: String
    let connection: OpaquePointer
    private var cache: [String: SQLiteStatement] = [:]
    /// A module has some dozens of fixed statements; the limit only guards against SQL that is built from data.
    private let cacheLimit = 512

    /// Opens a database.
    ///
    /// - Parameter busyTimeoutMilliseconds: how long a statement waits for another connection's lock.
    /// - Throws: ``SQLiteError`` whose `kind` says whether the place cannot be opened or written, or holds no sound database.
    package init(_ location: Location, access: Access = .readWrite, busyTimeoutMilliseconds: Int32 = 5000) throws(SQLiteError) {
        path = location.path
        _ = Self.memoryIsUncounted
        let mode = access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        var opened: OpaquePointer?
        // NOMUTEX: the owner's lock already keeps calls apart. EXRESCODE: extended codes from every call.
        let code = sqlite3_open_v2(path, &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened else {
            throw SQLiteError(code: SQLITE_NOMEM, extendedCode: SQLITE_NOMEM, message: "out of memory", path: path)
        }
        connection = opened
        guard code == SQLITE_OK else {
            // From here on deinit closes the connection.
            throw SQLiteError(connection: opened, code: code, sql: nil, path: path)
        }
        sqlite3_busy_timeout(opened, busyTimeoutMilliseconds)
        try configure(location, access)
    }

    /// Once in a process. A failure, where something else has begun with SQLite before, costs a little speed alone.
    private static let memoryIsUncounted = roost_sqlite3_leave_memory_uncounted() == SQLITE_OK

    deinit {
        cache.removeAll()
        // close_v2 waits for statements that someone still holds, where close would leak the connection.
        sqlite3_close_v2(connection)
    }

    private func configure(_ location: Location, _ access: Access) throws(SQLiteError) {
        // Reads the header, so that a damaged file is found here and not at the first request.
        try execute("PRAGMA schema_version")
        guard case .file = location, access == .readWrite else { return }
        guard sqlite3_db_readonly(connection, "main") == 0 else {
            throw SQLiteError(
                code: SQLITE_READONLY, extendedCode: SQLITE_READONLY, message: "attempt to write a readonly database", path: path)
        }
        let mode = try first("PRAGMA journal_mode=WAL") { $0.text(0) }
        guard mode == "wal" else {
            throw SQLiteError(
                code: SQLITE_ERROR, extendedCode: SQLITE_ERROR, message: "the file system has no write-ahead log",
                sql: "PRAGMA journal_mode=WAL", path: path)
        }
        try execute("PRAGMA synchronous=FULL")
        // Debian's SQLite overwrites what is deleted with zeros, and writes pages for it that are free.
        try execute("PRAGMA secure_delete=OFF")
    }

    /// The prepared statement for this SQL, from the cache where it is free. It is reset when `body` ends, however it ends.
    package func withStatement<T>(_ sql: String, _ body: (SQLiteStatement) throws -> T) throws -> T {
        let statement = try borrow(sql)
        defer { giveBack(statement) }
        return try body(statement)
    }

    func borrow(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
        if let cached = cache[sql], !cached.isInUse {
            cached.isInUse = true
            return cached
        }
        let statement = try SQLiteStatement(connection: connection, path: path, sql: sql)
        statement.isInUse = true
        if cache[sql] == nil {
            if cache.count >= cacheLimit { cache.removeAll(keepingCapacity: true) }
            cache[sql] = statement
        }
        return statement
    }

    func giveBack(_ statement: SQLiteStatement) {
        statement.reset()
        statement.isInUse = false
    }

    /// Forgets prepared statements; wanted before dropping what they use.
    package func clearStatementCache() {
        cache.removeAll(keepingCapacity: true)
    }
}
