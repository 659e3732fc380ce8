internal import RoostSQLite
internal import Synchronization

/// One SQLite connection and the lock that keeps its users apart.
final class Connection: Sendable {
    /// Nil once it is closed.
    private let database: Mutex<SQLiteDatabase?>

    init(_ database: consuming sending SQLiteDatabase) {
        self.database = Mutex(database)
    }

    func use<T: Sendable>(_ body: @Sendable (SQLiteDatabase) throws -> T) throws -> T {
        try database.withLock { database in try body(Self.open(database)) }
    }

    /// Nil, without waiting, when someone else is using it.
    func useIfFree<T: Sendable>(_ body: @Sendable (SQLiteDatabase) throws -> T) throws -> T? {
        try database.withLockIfAvailable { database in try body(Self.open(database)) }
    }

    /// Waits for whoever is using it; later uses are answered with an error. Idempotent.
    func close() {
        database.withLock { $0 = nil }
    }

    private static func open(_ database: SQLiteDatabase?) throws(StoreError) -> SQLiteDatabase {
        guard let database else { throw .closed }
        return database
    }
}
