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
    /// What was added to and removed from each SQL table, for `item_counts`.
    private var countChanges: [String: ItemCount] = [:]
    private let undoing: Undoing
    private var savepointIsOpen = false
    private var hasChanged = false
    /// A request failed after its first change, with no savepoint to go back to.
    private(set) var mustStartOver = false

    /// How a request that fails after its first change is undone.
    enum Undoing {
        /// Not at all: the whole transaction is rolled back, and run again with savepoints. Requests are checked before they
        /// change anything, so that this hardly happens, and the others pay nothing for it.
        case startingOver
        /// By a savepoint of its own.
        case savepoints
    }

    init(
        database: SQLiteDatabase, tables: [String: Table], nowMilliseconds: Int64, sequences: StreamSequences,
        undoing: Undoing = .startingOver
    ) {
        self.database = database
        self.tables = tables
        self.nowMilliseconds = nowMilliseconds
        self.sequences = sequences
        self.undoing = undoing
    }

    /// Runs one request; what it changed is undone if it throws, here or with the whole transaction (``mustStartOver``).
    func perform<Output>(_ body: (WriteTransaction) throws -> Output) -> Result<Output, StoreError> {
        switch undoing {
        case .startingOver: performUnprotected(body)
        case .savepoints: performProtected(body)
        }
    }

    private func performUnprotected<Output>(_ body: (WriteTransaction) throws -> Output) -> Result<Output, StoreError> {
        hasChanged = false
        do {
            return .success(try body(self))
        } catch {
            // SQLite has ended the transaction by itself: running it again would meet the same.
            if !database.isInTransaction { fatalError = error }
            mustStartOver = hasChanged
            return .failure(StoreError(any: error))
        }
    }

    private func performProtected<Output>(_ body: (WriteTransaction) throws -> Output) -> Result<Output, StoreError> {
        let before = (tables, changedTables, streamsWithRecords, countChanges)
        do {
            let output = try body(self)
            if savepointIsOpen { try database.run("RELEASE request") }
            savepointIsOpen = false
            return .success(output)
        } catch {
            (tables, changedTables, streamsWithRecords, countChanges) = before
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

    /// To be called before each change. A request that only reads, or fails before its first change, has nothing to undo.
    func willChange() throws(SQLiteError) {
        hasChanged = true
        guard case .savepoints = undoing, !savepointIsOpen else { return }
        try database.run("SAVEPOINT request")
        savepointIsOpen = true
    }

    /// Notes that an entry of a table or an index took the place of another, or came, or went.
    func count(from old: ItemDocument?, to new: ItemDocument?, in sqlTable: String) {
        count(from: ItemCount(of: old), to: ItemCount(of: new), in: sqlTable)
    }

    func count(from old: ItemCount, to new: ItemCount, in sqlTable: String) {
        countChanges[sqlTable, default: ItemCount()] = countChanges[sqlTable, default: ItemCount()] + new - old
    }

    /// The count with what this transaction has changed.
    func count(of sqlTable: String) throws(SQLiteError) -> ItemCount {
        try ItemCounts.count(of: sqlTable, in: database) + countChanges[sqlTable, default: ItemCount()]
    }

    /// To be called when a table or an index is dropped.
    func forgetCount(of sqlTable: String) throws(SQLiteError) {
        countChanges[sqlTable] = nil
        try ItemCounts.forget(sqlTable, in: database)
    }

    /// Writes the counts; the transaction's last change.
    func writeCounts() throws(SQLiteError) {
        for (sqlTable, change) in countChanges where change != ItemCount() {
            try ItemCounts.add(change, to: sqlTable, in: database)
        }
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
