internal import RoostSQLite

/// What items were before each change of a table, oldest first: with the table as it is now, the table as it was at any
/// moment since the log began.
///
/// A table has a log while point-in-time recovery is on, and while a backup of it is being made. Other tables pay nothing
/// for it. The entry is in the same commit as its change.
struct ChangeLogSQL: Sendable {
    let table: String
    let create: String
    let drop: String
    let append: String
    /// The entries in `(after, upTo]`, newest first.
    let page: String
    let last: String
    let lastAt: String
    let oldest: String
    let trim: String

    init(tableID: Int64) {
        let table = "c_\(tableID)"
        self.table = table
        // AUTOINCREMENT: a number is never given again, also when the log was trimmed to nothing.
        create = """
            CREATE TABLE IF NOT EXISTS \(table) (sequence INTEGER PRIMARY KEY AUTOINCREMENT, ms INTEGER NOT NULL,
            h BLOB NOT NULL, r BLOB NOT NULL, size INTEGER, item BLOB)
            """
        drop = "DROP TABLE IF EXISTS \(table)"
        append = "INSERT INTO \(table) (ms, h, r, size, item) VALUES (?1, ?2, ?3, ?4, ?5)"
        page = """
            SELECT sequence, h, r, size, item FROM \(table) WHERE sequence > ?1 AND sequence <= ?2
            ORDER BY sequence DESC LIMIT ?3
            """
        last = "SELECT seq FROM sqlite_sequence WHERE name = '\(table)'"
        lastAt = "SELECT sequence FROM \(table) WHERE ms <= ?1 ORDER BY sequence DESC LIMIT 1"
        oldest = "SELECT sequence, ms FROM \(table) ORDER BY sequence"
        trim = "DELETE FROM \(table) WHERE sequence <= ?1"
    }
}

/// One entry, as undoing it needs it.
struct LoggedChange: Sendable {
    var sequence: Int64
    var key: ItemKey
    /// Nil where there was no item.
    var before: ItemDocument?
}

extension TableDefinition {
    var keepsChangeLog: Bool { pointInTimeRecovery != nil || changeLogUsers ?? 0 > 0 }
}

extension WriteTransaction {
    /// Entries deleted in one transaction, so that trimming does not hold up requests for long.
    static let changeTrimLimit = 5000

    func logChange(of current: CurrentItem, at key: ItemKey, in table: Table) throws {
        guard let sql = table.changeLogSQL else { return }
        let before = current.document
        try database.run(
            sql.append, .integer(nowMilliseconds), .blob(key.hash), .blob(key.range),
            before.map { .integer($0.size) } ?? .null, before.map { .blob($0.json) } ?? .null)
    }

    /// The number of the newest entry; 0 when there was none yet.
    func lastChange(in log: ChangeLogSQL) throws -> Int64 {
        try database.first(log.last) { $0.integer(0) } ?? 0
    }

    /// The number of the newest entry that is not younger than a moment; 0 when all are.
    func lastChange(in log: ChangeLogSQL, atMilliseconds milliseconds: Int64) throws -> Int64 {
        try database.first(log.lastAt, .integer(milliseconds)) { $0.integer(0) } ?? 0
    }

    func changes(in log: ChangeLogSQL, after first: Int64, upTo last: Int64, limit: Int) throws -> [LoggedChange] {
        try database.rows(log.page, .integer(first), .integer(last), .integer(limit)) { row in
            LoggedChange(
                sequence: row.integer(0), key: ItemKey(hash: row.bytes(1), range: row.bytes(2)),
                before: row.isNull(4) ? nil : ItemDocument(json: row.bytes(4), size: Int(row.integer(3))))
        }
    }

    /// Makes the log of a table that now needs one, and drops that of a table that does not any more.
    func setUpChangeLog(of table: Table, before: Table) throws {
        let log = ChangeLogSQL(tableID: table.id)
        switch (before.changeLogSQL != nil, table.changeLogSQL != nil) {
        case (false, true): try database.execute(log.create)
        case (true, false):
            // Prepared statements on a table keep it from being dropped.
            database.clearStatementCache()
            try database.execute(log.drop)
        default: break
        }
    }

    /// Deletes entries that are older than their table's recovery period. A table that is being copied keeps all of them.
    ///
    /// - Returns: whether there may be more.
    func trimChangeLogs() throws -> Bool {
        var mayHaveMore = false
        for table in tables.values {
            guard let recovery = table.definition.pointInTimeRecovery, let log = table.changeLogSQL,
                table.definition.changeLogUsers ?? 0 == 0
            else { continue }
            let horizon = nowMilliseconds - recovery.periodMilliseconds
            guard let last = try lastExpiredChange(in: log, before: horizon) else { continue }
            try willChange()
            let removed = try database.run(log.trim, .integer(last))
            mayHaveMore = mayHaveMore || removed >= Self.changeTrimLimit
        }
        return mayHaveMore
    }

    /// The newest expired entry among the oldest ones: entries are in order of time, so that this reads only what goes.
    private func lastExpiredChange(in log: ChangeLogSQL, before horizon: Int64) throws -> Int64? {
        var last: Int64?
        var room = Self.changeTrimLimit
        try database.forEach(log.oldest) { row in
            guard row.integer(1) < horizon, room > 0 else { return false }
            last = row.integer(0)
            room -= 1
            return true
        }
        return last
    }
}
