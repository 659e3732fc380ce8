internal import LambdaEvents
internal import RoostSQLite

/// The writer's transaction as the requests in it see it. It lives on the writer's thread for one batch.
final class WriteTransaction {
    let database: SQLiteDatabase
    let nowMilliseconds: Int64
    let sequences: StreamSequences
    /// The tables as this transaction has made them; others see them after the commit.
    private(set) var tables: [String: Table]
    private(set) var changedTables = false
    /// The names of the tables whose streams got records.
    private(set) var streamsWithRecords: Set<String> = []
    /// What made SQLite end the transaction by itself.
    private(set) var fatalError: (any Error)?
    private var savepointIsOpen = false

    init(database: SQLiteDatabase, tables: [String: Table], nowMilliseconds: Int64, sequences: StreamSequences) {
        self.database = database
        self.tables = tables
        self.nowMilliseconds = nowMilliseconds
        self.sequences = sequences
    }

    /// Runs one request; what it changed is undone if it throws.
    func perform<Output>(_ body: (WriteTransaction) throws -> Output) -> Result<Output, StoreError> {
        let before = (tables, changedTables, streamsWithRecords)
        do {
            let output = try body(self)
            if savepointIsOpen { try database.run("RELEASE request") }
            savepointIsOpen = false
            return .success(output)
        } catch {
            (tables, changedTables, streamsWithRecords) = before
            undo(after: error)
            return .failure(StoreError(any: error))
        }
    }

    private func undo(after error: any Error) {
        defer { savepointIsOpen = false }
        guard database.isInTransaction else {
            fatalError = error
            return
        }
        guard savepointIsOpen else { return }
        do {
            try database.run("ROLLBACK TO request")
            try database.run("RELEASE request")
        } catch {
            // Without its savepoint the request cannot be undone alone, so all of the batch is.
            fatalError = error
            database.rollBack()
        }
    }

    /// To be called before each change. A request that only reads, or fails before its first change, pays no savepoint.
    func willChange() throws(SQLiteError) {
        guard !savepointIsOpen else { return }
        try database.run("SAVEPOINT request")
        savepointIsOpen = true
    }

    func setTable(_ table: Table?, named name: String) {
        tables[name] = table
        changedTables = true
    }

    func noteStreamRecord(of table: Table) {
        streamsWithRecords.insert(table.name)
    }

    /// The newest state of a table that was looked up before the request was queued.
    func current(_ table: Table) throws(StoreError) -> Table {
        guard let current = tables[table.name], current.id == table.id else { throw .resourceNotFound }
        return current
    }
}
