internal import CSQLite

extension SQLiteDatabase {
    /// Runs `body` in a transaction that holds the write lock from its beginning. What it threw undoes all of it.
    ///
    /// After a return the changes are on disk (`synchronous=FULL`).
    package func transaction<T>(_ body: () throws -> T) throws -> T {
        // IMMEDIATE: a deferred transaction that turns into a writing one may fail with SQLITE_BUSY half-way.
        try run("BEGIN IMMEDIATE")
        return try finish(body)
    }

    /// Runs `body` on one snapshot of the database: that of the transaction around it, where there is one.
    package func readTransaction<T>(_ body: () throws -> T) throws -> T {
        if isInTransaction { return try body() }
        try run("BEGIN")
        return try finish(body)
    }

    private func finish<T>(_ body: () throws -> T) throws -> T {
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends the transaction without its changes, if there still is one: after errors such as a full disk SQLite has
    /// already rolled back by itself ("Response To Errors Within A Transaction", SQLite documentation).
    package func rollBack() {
        guard isInTransaction else { return }
        // A failing ROLLBACK leaves nothing to do: closing the connection rolls back too.
        _ = try? run("ROLLBACK")
    }

    /// Runs `body` inside a transaction; what it threw undoes its own changes only.
    package func savepoint<T>(_ body: () throws -> T) throws -> T {
        try run("SAVEPOINT step")
        do {
            let result = try body()
            try run("RELEASE step")
            return result
        } catch {
            if isInTransaction {
                try run("ROLLBACK TO step")
                try run("RELEASE step")
            }
            throw error
        }
    }

    package var isInTransaction: Bool { sqlite3_get_autocommit(connection) == 0 }
}
