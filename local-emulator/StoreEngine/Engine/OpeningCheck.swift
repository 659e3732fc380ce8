internal import RoostSQLite

/// What is looked at each time a file is opened: as much as takes no longer for a large file than for a small one. SQLite
/// itself finds a damaged header and a file that was cut off. ``StoreEngine/check(directory:region:accountID:)`` looks at
/// everything.
enum OpeningCheck {
    /// Before SQLite opens the file, for it would drop what it cannot read of the log.
    ///
    /// With ``Durability/relaxed`` a power cut may leave several commits that were never synced: there the log's readable
    /// part is taken, as documented.
    static func log(_ path: String, _ durability: Durability) throws {
        guard durability == .full, case .damaged(let frame, let commits) = try WriteAheadLog.state(ofDatabase: path) else {
            return
        }
        throw StoreOpenError.damagedLog(path: path, frame: frame, lostCommits: commits)
    }

    /// That all SQL tables of the catalogue's tables are there.
    static func catalogue(_ tables: [String: Table], _ database: SQLiteDatabase) throws {
        let found = Set(try database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) })
        for table in tables.values {
            guard let missing = table.sqlTables.first(where: { !found.contains($0) }) else { continue }
            throw StoreOpenError.missingPart(path: database.path, table: table.name, part: missing)
        }
    }
}
