package import EmulatorClock
package import Foundation
internal import RoostSQLite
internal import Synchronization

/// DynamoDB's semantics over one SQLite file. It knows nothing of HTTP.
///
/// Reads are synchronous, on connections of their own, and see the last commit. Writes are queued with a completion to one
/// writer, which answers after the commit: when a write is answered it is on disk. Each operation has a file of its name in
/// `Operations/`, with the checks in the order in which the service makes them.
package final class StoreEngine: Sendable {
    package enum Location: Sendable, Equatable {
        /// The file `store.sqlite3` in this directory, which is made if there is none.
        case directory(URL)
        case inMemory
    }

    /// Reads at one time on a file; more wait for one of these to end.
    private static let readerCount = 4
    /// The pages that each connection keeps, as they are used: 16 MB in place of SQLite's 2, so that five connections stay
    /// under 100 MB, and small tables are read from the system's cache no more than once. In KB when negative.
    private static let cacheSize = "PRAGMA cache_size = -16384"
    /// The log is copied into the file when it has so many pages (16 MB): a commit that does it takes some tens of
    /// milliseconds, and with ten pages in each is one of four hundred, so that the 99th percentile of writes has none of it.
    /// Readers never wait for it. A longer log would show in the start after a kill, which reads it.
    private static let checkpointing = "PRAGMA wal_autocheckpoint = 4000"

    let clock: any EmulatorClock
    package let region: String
    package let accountID: String
    let catalogue: Catalogue
    let readers: ReaderPool
    private let connection: Connection
    let writer: Writer
    let copyJobs: CopyJobRunner
    let vectorIndexPhases: VectorIndexPhases
    private let observers: StreamObservers
    private let maintenance: Maintenance
    let lock: SQLiteFileLock?
    /// The file, nil in memory.
    let path: String?

    /// Opens the store, making or migrating its file.
    ///
    /// - Throws: ``SQLiteFileLockError`` when another process has the directory open, ``SQLiteError`` when the file cannot
    ///   be used, ``StoreOpenError`` when it is of a newer version or its catalogue is damaged.
    package init(
        location: Location, clock: any EmulatorClock, region: String = "us-east-1", accountID: String = "000000000000",
        durability: Durability = .full
    ) throws {
        self.clock = clock
        self.region = region
        self.accountID = accountID
        let path = try Self.path(location)
        self.path = path
        lock = try path.map { path throws in try SQLiteFileLock(path: path) }
        if let path { try OpeningCheck.log(path, durability) }
        let database = try SQLiteDatabase(path.map { .file($0) } ?? .inMemory)
        try durability.apply(to: database)
        try database.execute(Self.cacheSize)
        try database.execute(Self.checkpointing)
        try Schema.prepare(database)
        let tables = try CatalogueFile(region: region, accountID: accountID).load(database)
        try OpeningCheck.catalogue(tables, database)
        let catalogue = Catalogue(tables)
        let sequences = try StreamSequences(database)
        let hasCopyJobs = try !CopyJob.all(in: database).isEmpty
        connection = Connection(database)
        let readers = ReaderPool(try Self.readers(path, besides: connection), keepsSnapshots: path != nil)
        self.readers = readers
        let observers = StreamObservers()
        self.observers = observers
        self.catalogue = catalogue
        writer = Writer(
            connection: connection, readers: readers, catalogue: catalogue, clock: clock, sequences: sequences
        ) { tables in
            observers.notify(tables)
        }
        copyJobs = CopyJobRunner(writer: writer)
        vectorIndexPhases = VectorIndexPhases(clock: clock)
        maintenance = Maintenance(clock: clock, writer: writer, copyJobs: copyJobs)
        writer.start()
        maintenance.start()
        // Copying that the last process did not finish.
        if hasCopyJobs { copyJobs.run() }
        // A backfill that the store's end broke off goes on at once.
        if isBackfilling { maintain { _ in } }
    }

    deinit {
        close()
    }

    /// Finishes the writes that are queued, stops the sweeps and closes the file; later requests are answered with an error.
    /// Idempotent. The file's lock is given back when the last reference to the engine goes.
    package func close() {
        maintenance.stop()
        writer.close()
        // The one that may write comes last, for the last to close brings the log into the file.
        readers.close()
        connection.close()
    }

    /// Calls `handler` with a table's name after each commit that put records into its stream, on the writer's thread:
    /// it must not block. It stays for the engine's life.
    package func observeStream(_ handler: @escaping @Sendable (String) -> Void) {
        observers.add(handler)
    }

    /// Does at once what the engine does every minute: deletes expired items, trims streams.
    package func maintain(_ completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void) {
        maintenance.run(completion)
    }

    private static func path(_ location: Location) throws -> String? {
        guard case .directory(let directory) = location else { return nil }
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw StoreOpenError.cannotMakeDirectory(path: directory.path, reason: error.localizedDescription)
        }
        return file(in: directory)
    }

    static func file(in directory: URL) -> String { directory.appendingPathComponent("store.sqlite3").path }

    private static func readers(_ path: String?, besides writer: Connection) throws -> [Connection] {
        // A database in memory belongs to its one connection: reads then take turns with the writer's transactions, and
        // so see whole commits too.
        guard let path else { return [writer] }
        return try (0..<readerCount).map { _ in
            let reader = try SQLiteDatabase(.file(path), access: .readOnly)
            try reader.execute(cacheSize)
            return Connection(reader)
        }
    }
}

/// Who wants to know of new stream records.
private final class StreamObservers: Sendable {
    private let handlers = Mutex<[@Sendable (String) -> Void]>([])

    func add(_ handler: @escaping @Sendable (String) -> Void) {
        handlers.withLock { $0.append(handler) }
    }

    func notify(_ tables: Set<String>) {
        let handlers = handlers.withLock { $0 }
        for table in tables.sorted() {
            for handler in handlers { handler(table) }
        }
    }
}
