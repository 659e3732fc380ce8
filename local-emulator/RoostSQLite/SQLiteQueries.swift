internal import CSQLite

extension SQLiteDatabase {
    /// Runs a script of statements without parameters; rows are dropped. Nothing of it is cached.
    package func execute(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(connection, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteError(connection: connection, code: code, sql: sql, path: path) }
    }

    /// Runs one statement to its end.
    ///
    /// - Returns: how many rows it inserted, changed or deleted.
    @discardableResult
    package func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> Int {
        try run(sql, values)
    }

    @discardableResult
    package func run(_ sql: String, _ values: [SQLiteValue]) throws(SQLiteError) -> Int {
        let statement = try borrow(sql)
        defer { giveBack(statement) }
        try statement.bind(values)
        while try statement.step() {}
        return Int(sqlite3_changes(connection))
    }

    /// Calls `body` for each row until it answers false.
    package func forEach(
        _ sql: String, _ values: [SQLiteValue] = [], _ body: (borrowing SQLiteRow) throws -> Bool
    ) throws {
        let statement = try borrow(sql)
        defer { giveBack(statement) }
        try statement.bind(values)
        while try statement.step() {
            guard try body(statement.row) else { return }
        }
    }

    /// Every row, mapped.
    package func rows<T>(
        _ sql: String, _ values: SQLiteValue..., map: (borrowing SQLiteRow) throws(SQLiteError) -> T
    ) throws(SQLiteError) -> [T] {
        let statement = try borrow(sql)
        defer { giveBack(statement) }
        try statement.bind(values)
        var result: [T] = []
        while try statement.step() {
            result.append(try map(statement.row))
        }
        return result
    }

    /// The first row, mapped; nil when there is none.
    package func first<T>(
        _ sql: String, _ values: SQLiteValue..., map: (borrowing SQLiteRow) throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T? {
        let statement = try borrow(sql)
        defer { giveBack(statement) }
        try statement.bind(values)
        guard try statement.step() else { return nil }
        return try map(statement.row)
    }

    /// The row id that the last INSERT gave on this connection.
    package var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(connection) }
}
