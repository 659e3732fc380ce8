internal import RoostSQLite
internal import Synchronization

/// The connections that answer reads, each on its own snapshot, so that reads wait neither for the writer nor, while one
/// is free, for each other.
///
/// A reader keeps its snapshot from one read to the next as long as nothing is committed: taking one is a lock of the system,
/// which all connections of a process take turns for, and giving it back another. The writer has all of them given back when
/// it begins a commit, and none is kept until the commit is there: so the log can be copied into the file, and begun anew, as
/// if each read had given its own back.
final class ReaderPool: Sendable {
    private let readers: [Reader]
    private let commits = CommitSequence()
    private let next = Atomic<Int>(0)

    /// - Parameter keepsSnapshots: false for a connection that the writer writes through, too.
    init(_ connections: [Connection], keepsSnapshots: Bool) {
        let commits = commits
        readers = connections.map { Reader($0, keepsSnapshots ? commits : nil) }
    }

    func read<T: Sendable>(_ body: @Sendable (SQLiteDatabase) throws -> T) throws(StoreError) -> T {
        do {
            // The first that is free: it has the most in its cache.
            for reader in readers {
                if let result = try reader.readIfFree(body) { return result }
            }
            return try readers[next.wrappingAdd(1, ordering: .relaxed).oldValue & Int.max % readers.count].read(body)
        } catch {
            throw StoreError(any: error)
        }
    }

    /// To be called by the writer around each commit, and before its requests are answered: who has seen an answer sees what
    /// it answers for.
    func committing(_ commit: () throws -> Void) rethrows {
        commits.begin()
        defer { commits.end() }
        for reader in readers { reader.giveBackIfFree() }
        try commit()
    }

    func close() {
        for reader in readers { reader.close() }
    }
}

/// How often the writer has begun or ended a commit: even between two of them, odd while one is made.
private final class CommitSequence: Sendable {
    private let number = Atomic<Int>(0)

    var current: Int { number.load(ordering: .sequentiallyConsistent) }

    func begin() { number.wrappingAdd(1, ordering: .sequentiallyConsistent) }
    func end() { number.wrappingAdd(1, ordering: .sequentiallyConsistent) }
}

/// A connection with the snapshot that it keeps.
private final class Reader: Sendable {
    private let connection: Connection
    /// Nil where no snapshot is kept.
    private let commits: CommitSequence?
    /// The number of the commit sequence at which the open transaction was begun. Used under the connection's lock alone.
    private let kept = Atomic<Int>(none)

    private static let none = -1

    init(_ connection: Connection, _ commits: CommitSequence?) {
        self.connection = connection
        self.commits = commits
    }

    func read<T: Sendable>(_ body: @Sendable (SQLiteDatabase) throws -> T) throws -> T {
        defer { giveBackIfOld() }
        return try connection.use { try self.run($0, body) }
    }

    func readIfFree<T: Sendable>(_ body: @Sendable (SQLiteDatabase) throws -> T) throws -> T? {
        defer { giveBackIfOld() }
        return try connection.useIfFree { try self.run($0, body) }
    }

    private func run<T>(_ database: SQLiteDatabase, _ body: (SQLiteDatabase) throws -> T) throws -> T {
        guard let commits else { return try body(database) }
        let now = commits.current
        if now != kept.load(ordering: .relaxed) {
            giveBack(database)
            // None is kept while a commit is made.
            guard now.isMultiple(of: 2) else { return try body(database) }
            // The snapshot is taken by the first read after it, so it has all that was committed up to `now`.
            try database.run("BEGIN")
            kept.store(now, ordering: .relaxed)
        }
        do {
            return try body(database)
        } catch {
            giveBack(database)
            throw error
        }
    }

    /// After the lock was given back: a commit may have begun while it was held, and found the reader in use.
    private func giveBackIfOld() {
        guard let commits else { return }
        let kept = kept.load(ordering: .sequentiallyConsistent)
        if kept != Self.none, kept != commits.current { giveBackIfFree() }
    }

    func giveBackIfFree() {
        guard let commits else { return }
        // Fails only for a connection that is closed.
        _ = try? connection.useIfFree { database in
            if self.kept.load(ordering: .relaxed) != commits.current { self.giveBack(database) }
        }
    }

    private func giveBack(_ database: SQLiteDatabase) {
        guard kept.load(ordering: .relaxed) != Self.none else { return }
        kept.store(Self.none, ordering: .relaxed)
        database.rollBack()
    }

    func close() {
        connection.close()
    }
}
