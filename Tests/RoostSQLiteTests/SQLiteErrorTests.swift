import Foundation
import Testing

@testable import RoostSQLite

@Suite("SQLite's errors")
struct SQLiteErrorTests {
    @Test("carry code, extended code and SQL, and never a bound value")
    func constraint() throws {
        let database = try SQLiteDatabase(.inMemory)
        try database.execute("CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID")
        try database.run("INSERT INTO t VALUES (?)", "the secret")
        let error = #expect(throws: SQLiteError.self) { try database.run("INSERT INTO t VALUES (?)", "the secret") }
        // SQLITE_CONSTRAINT and SQLITE_CONSTRAINT_PRIMARYKEY in SQLite's list of result codes.
        #expect(error?.code == 19)
        #expect(error?.extendedCode == 1555)
        #expect(error?.sql == "INSERT INTO t VALUES (?)")
        #expect(error?.kind == .constraint)
        #expect(error.map { !"\($0)".contains("secret") } == true)
        // The statement is usable again.
        #expect(try database.run("INSERT INTO t VALUES (?)", "another") == 1)
    }

    @Test("a directory that is not there is said to be the trouble")
    func noDirectory() {
        let error = #expect(throws: SQLiteError.self) { try SQLiteDatabase(.file("/nonexistent/place/a.sqlite3")) }
        #expect(error?.kind == .cannotOpen)
        #expect(error.map { "\($0)".contains("/nonexistent/place/a.sqlite3 cannot be opened") } == true)
    }

    @Test("a file that is no database is called damaged, and is left as it is")
    func damaged() throws {
        let directory = try TemporaryDirectory()
        let noise = Data(repeating: 0x41, count: 8192)
        try noise.write(to: URL(fileURLWithPath: directory.path("a.sqlite3")))
        let error = #expect(throws: SQLiteError.self) { try SQLiteDatabase(.file(directory.path("a.sqlite3"))) }
        #expect(error?.kind == .damaged)
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.path("a.sqlite3"))) == noise)
    }

    @Test("a full disk is called so, and takes nothing of what was there")
    func diskFull() throws {
        let directory = try TemporaryDirectory()
        let database = try SQLiteDatabase(.file(directory.path("a.sqlite3")))
        try database.execute("CREATE TABLE t (a); INSERT INTO t VALUES ('kept')")
        // SQLite answers its page limit with the same code as a full disk.
        try database.execute("PRAGMA max_page_count=4")
        let error = #expect(throws: SQLiteError.self) {
            try database.transaction { try database.run("INSERT INTO t VALUES (zeroblob(1000000))") }
        }
        #expect(error?.kind == .diskFull)
        #expect(!database.isInTransaction)
        #expect(try database.rows("SELECT a FROM t") { $0.text(0) } == ["kept"])
    }

    @Test("a file that another connection is writing is called locked")
    func locked() throws {
        let directory = try TemporaryDirectory()
        let first = try SQLiteDatabase(.file(directory.path("a.sqlite3")))
        let second = try SQLiteDatabase(.file(directory.path("a.sqlite3")), busyTimeoutMilliseconds: 0)
        try first.execute("CREATE TABLE t (a)")
        try first.transaction {
            let error = #expect(throws: SQLiteError.self) { try second.execute("INSERT INTO t VALUES (1)") }
            #expect(error?.kind == .locked)
        }
    }

    @Test("a file without write permission is called so", .enabled(if: getuid() != 0, "root may write everywhere"))
    func readOnly() throws {
        let directory = try TemporaryDirectory()
        try SQLiteDatabase(.file(directory.path("a.sqlite3"))).execute("CREATE TABLE t (a)")
        chmod(directory.path("a.sqlite3"), 0o400)
        let error = #expect(throws: SQLiteError.self) { try SQLiteDatabase(.file(directory.path("a.sqlite3"))) }
        #expect(error?.kind == .readOnly)
    }

    @Test("the file lock is held once, and is free again after its owner has gone")
    func fileLock() throws {
        let directory = try TemporaryDirectory()
        do {
            let held = try SQLiteFileLock(path: directory.path("a.sqlite3"))
            let error = #expect(throws: SQLiteFileLockError.self) { try SQLiteFileLock(path: directory.path("a.sqlite3")) }
            #expect(error == .heldByAnotherProcess(path: directory.path("a.sqlite3"), process: "\(getpid())"))
            withExtendedLifetime(held) {}
        }
        _ = try SQLiteFileLock(path: directory.path("a.sqlite3"))
    }
}
