internal import RoostSQLite

/// The file's own tables and how they came to be. `PRAGMA user_version` holds the version.
enum Schema {
    /// Each entry brings the file from its own position to the next version, inside one transaction with the new number.
    /// An entry that was released is never changed: a new one follows it.
    static let migrations: [@Sendable (SQLiteDatabase) throws -> Void] = [
        { try $0.execute(version1) },
        { database in
            for part in version2 { try database.execute(part) }
            try PartitionHashMigration.run(database)
        },
    ]

    /// What the second version adds, each part beside the code that uses it.
    private static let version2: [String] = [
        StoredShard.schema,
        StoredBackup.schema,
        CopyJob.schema,
        ItemCounts.schema,
        IndexBackfill.schema,
    ]

    private static let version1 = """
        CREATE TABLE tables (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            definition BLOB NOT NULL);
        CREATE TABLE streams (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            table_id INTEGER NOT NULL,
            table_name TEXT NOT NULL,
            arn TEXT NOT NULL UNIQUE,
            label TEXT NOT NULL,
            view_type TEXT NOT NULL,
            key_schema BLOB NOT NULL,
            created_ms INTEGER NOT NULL,
            disabled_ms INTEGER,
            trimmed INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE stream_records (
            stream INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            created_ms INTEGER NOT NULL,
            event TEXT NOT NULL,
            keys BLOB NOT NULL,
            keys_size INTEGER NOT NULL,
            new_image BLOB,
            new_size INTEGER NOT NULL,
            old_image BLOB,
            old_size INTEGER NOT NULL,
            by_ttl INTEGER NOT NULL,
            PRIMARY KEY (stream, sequence)) WITHOUT ROWID;
        CREATE TABLE transaction_tokens (
            token TEXT NOT NULL PRIMARY KEY,
            digest INTEGER NOT NULL,
            created_ms INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX transaction_tokens_by_age ON transaction_tokens (created_ms);
        """

    static func prepare(
        _ database: SQLiteDatabase, migrations: [@Sendable (SQLiteDatabase) throws -> Void] = migrations
    ) throws {
        let version = try checkVersion(database, known: migrations.count)
        for next in version..<migrations.count {
            try database.transaction {
                try migrations[next](database)
                try database.execute("PRAGMA user_version = \(next + 1)")
            }
        }
    }

    /// - Returns: the file's version; 0 for a new one.
    /// - Throws: ``StoreOpenError/newerVersion(path:found:known:)``.
    @discardableResult
    static func checkVersion(_ database: SQLiteDatabase, known: Int = migrations.count) throws -> Int {
        let version = Int(try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0)
        guard version <= known else {
            throw StoreOpenError.newerVersion(path: database.path, found: version, known: known)
        }
        return version
    }
}
