package import Foundation
internal import RoostSQLite

/// Walks a whole store and says what does not agree: the file's own structure, the catalogue, each item with its key, each
/// index with its table, expiry times, counters, and streams with what they tell of.
///
/// It reads one snapshot, changes nothing, and needs memory for the keys of the stream records alone.
struct StoreCheck {
    let database: SQLiteDatabase
    let catalogue: CatalogueFile

    /// Never throws: what keeps it from reading is a problem of the file.
    func report() -> StoreCheckReport {
        var report = StoreCheckReport()
        report.attempt("file") { report in
            try database.readTransaction { walk(&report) }
        }
        return report
    }

    private func walk(_ report: inout StoreCheckReport) {
        report.attempt("file") { try checkFile(&$0) }
        var tables: [Table] = []
        report.attempt("catalogue") { report in
            tables = try catalogue.load(database).values.sorted { $0.name < $1.name }
            try checkSQLTables(tables, &report)
        }
        for table in tables {
            report.tables += 1
            report.attempt("table \(table.name)") { try ItemCheck(database: database, table: table).run(&$0) }
        }
        report.attempt("backups") { try BackupCheck(database: database, tables: tables).run(&$0) }
        report.attempt("streams") { try StreamCheck(database: database, tables: tables).run(&$0) }
    }

    /// Pages, b-trees and SQLite's own indexes ("PRAGMA integrity_check").
    private func checkFile(_ report: inout StoreCheckReport) throws {
        for line in try database.rows("PRAGMA integrity_check(100)", map: { $0.text(0) }) where line != "ok" {
            report.add("file", line)
        }
    }

    /// That each table of the catalogue has its SQL tables, and that none is left over from a table that is not there.
    private func checkSQLTables(_ tables: [Table], _ report: inout StoreCheckReport) throws {
        let found = Set(try database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) })
        var expected: Set<String> = []
        for table in tables {
            let names = table.sqlTables
            for name in names where !found.contains(name) {
                report.add("table \(table.name)", "its SQL table \(name) is missing")
            }
            expected.formUnion(names)
        }
        expected.formUnion(try BackupCheck.sqlTables(database))
        for name in found.subtracting(expected).sorted() where Self.isOfATable(name) {
            report.add("catalogue", "the SQL table \(name) belongs to no table")
        }
        for name in try database.rows("SELECT sql_table FROM item_counts", map: { $0.text(0) }) where !expected.contains(name) {
            report.add("catalogue", "entries of the SQL table \(name) are counted, which belongs to no table")
        }
    }

    /// `t_7`, `i_7_0`, `v_7_1`, `x_7`, `c_7`, `b_2`: what ``TableSQL`` and its siblings make.
    private static func isOfATable(_ name: String) -> Bool {
        ["t_", "i_", "v_", "x_", "c_", "b_"].contains { name.hasPrefix($0) }
            && name.dropFirst(2).allSatisfy { $0.isNumber || $0 == "_" }
    }
}

extension Table {
    /// The SQL tables that hold its items, index entries and expiry times.
    var sqlTables: [String] {
        [sql.table] + indexes.map(\.sql.table) + vectorIndexes.map(\.sql.table)
            + (definition.timeToLiveAttribute == nil ? [] : [ExpirySQL.table(id: id)])
            + (changeLogSQL.map { [$0.table] } ?? [])
    }
}

extension StoreEngine {
    /// Checks the store as its last commit left it, while requests go on. It takes one of the readers for that time.
    package func check() throws(StoreError) -> StoreCheckReport {
        let catalogue = CatalogueFile(region: region, accountID: accountID)
        return try readers.read { database in StoreCheck(database: database, catalogue: catalogue).report() }
    }

    /// Checks a store that no process has open, and changes nothing in it.
    ///
    /// - Throws: ``SQLiteFileLockError`` when a process has it open, ``StoreOpenError`` when there is none or it is of a
    ///   newer version, ``SQLiteError`` when SQLite cannot open it at all.
    package static func check(
        directory: URL, region: String = "us-east-1", accountID: String = "000000000000"
    ) throws -> StoreCheckReport {
        let path = file(in: directory)
        guard FileManager.default.fileExists(atPath: path) else { throw StoreOpenError.noStore(directory: directory.path) }
        let lock = try SQLiteFileLock(path: path)
        return try withExtendedLifetime(lock) {
            let log = try WriteAheadLog.state(ofDatabase: path)
            let database = try SQLiteDatabase(.file(path), access: .readOnly)
            let version = try Schema.checkVersion(database)
            guard version == Schema.migrations.count else { throw StoreOpenError.olderVersion(path: path, found: version) }
            var report = StoreCheck(
                database: database, catalogue: CatalogueFile(region: region, accountID: accountID)
            ).report()
            if case .damaged(let frame, let commits) = log {
                report.add("log", "its frame \(frame) is damaged; \(commits) commits after it are lost")
            }
            return report
        }
    }
}
