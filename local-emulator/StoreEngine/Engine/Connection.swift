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

/// The connections that answer reads, each on its own snapshot, so that reads wait neither for the writer nor, while one
/// is free, for each other.
final class ReaderPool: Sendable {
    private let connections: [Connection]
    private let next = Atomic<Int>(0)

    init(_ connections: [Connection]) {
        self.connections = connections
    }

    func read<T: Sendable>(_ body: @Sendable (SQLiteDatabase) throws -> T) throws(StoreError) -> T {
        do {
            let start = next.wrappingAdd(1, ordering: .relaxed).oldValue & Int.max
            for offset in 0..<connections.count {
                if let result = try connections[(start + offset) % connections.count].useIfFree(body) { return result }
            }
            return try connections[start % connections.count].use(body)
        } catch {
            throw StoreError(any: error)
        }
    }

    func close() {
        for connection in connections { connection.close() }
    }
}
