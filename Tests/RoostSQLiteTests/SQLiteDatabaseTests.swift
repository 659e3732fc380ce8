import Foundation
import Synchronization
import Testing

@testable import RoostSQLite

@Suite("A SQLite database")
struct SQLiteDatabaseTests {
    @Test("keeps every kind of value as it was bound")
    func values() throws {
        let database = try SQLiteDatabase(.inMemory)
        try database.execute("CREATE TABLE t (a, b, c, d, e, f)")
        try database.run(
            "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", .integer(-5), .text("naïve\u{0}x"), .blob([0, 255]), nil, .real(0.5),
            .data(Data([1])))
        let values: [SQLiteValue]? = try database.first("SELECT a, b, c, e, f FROM t") {
            [.integer($0.integer(0)), .text($0.text(1)), .blob($0.bytes(2)), .real($0.real(3)), .data($0.data(4))]
        }
        #expect(values == [.integer(-5), .text("naïve\u{0}x"), .blob([0, 255]), .real(0.5), .data(Data([1]))])
        #expect(try database.first("SELECT d FROM t") { $0.optionalText(0) } == .some(nil))
        let types = try database.first("SELECT typeof(a), typeof(b), typeof(c), typeof(d) FROM t") { row in
            [row.text(0), row.text(1), row.text(2), row.text(3)]
        }
        #expect(types == ["integer", "text", "blob", "null"])
    }

    @Test("an empty text and an empty blob are values, not NULL")
    func emptyValues() throws {
        let database = try SQLiteDatabase(.inMemory)
        let types = try database.first("SELECT typeof(?1), typeof(?2), length(?1), length(?2)", "", .blob([])) {
            [$0.text(0), $0.text(1), $0.text(2), $0.text(3)]
        }
        #expect(types == ["text", "blob", "0", "0"])
    }

    @Test("a statement that is being stepped through can be used inside its own loop")
    func reentrancy() throws {
        let database = try SQLiteDatabase(.inMemory)
        try database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)")
        var pairs = 0
        try database.forEach("SELECT a FROM t") { _ in
            try database.forEach("SELECT a FROM t") { _ in
                pairs += 1
                return true
            }
            return true
        }
        #expect(pairs == 9)
    }

    @Test("a transaction that throws leaves nothing, one that returns leaves all")
    func transactions() throws {
        struct Stop: Error {}
        let database = try SQLiteDatabase(.inMemory)
        try database.execute("CREATE TABLE t (a)")
        try database.transaction { _ = try database.run("INSERT INTO t VALUES (1)") }
        #expect(throws: Stop.self) {
            try database.transaction {
                try database.run("INSERT INTO t VALUES (2)")
                throw Stop()
            }
        }
        #expect(try database.rows("SELECT a FROM t") { $0.integer(0) } == [1])
        #expect(!database.isInTransaction)
    }

    @Test("a savepoint that throws undoes its own part alone")
    func savepoints() throws {
        struct Stop: Error {}
        let database = try SQLiteDatabase(.inMemory)
        try database.execute("CREATE TABLE t (a)")
        try database.transaction {
            try database.savepoint { _ = try database.run("INSERT INTO t VALUES (1)") }
            do {
                try database.savepoint {
                    try database.run("INSERT INTO t VALUES (2)")
                    throw Stop()
                }
            } catch is Stop {}
            try database.savepoint { _ = try database.run("INSERT INTO t VALUES (3)") }
        }
        #expect(try database.rows("SELECT a FROM t ORDER BY a") { $0.integer(0) } == [1, 3])
    }

    @Test("a file has a write-ahead log, is synced at each commit, and is there for the next opening")
    func file() throws {
        let directory = try TemporaryDirectory()
        do {
            let database = try SQLiteDatabase(.file(directory.path("a.sqlite3")))
            #expect(try database.first("PRAGMA journal_mode") { $0.text(0) } == "wal")
            #expect(try database.first("PRAGMA synchronous") { $0.integer(0) } == 2)
            try database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)")
        }
        let again = try SQLiteDatabase(.file(directory.path("a.sqlite3")))
        #expect(try again.first("SELECT a FROM t") { $0.integer(0) } == 7)
    }

    @Test("a reader keeps its snapshot while another connection commits")
    func snapshot() throws {
        let directory = try TemporaryDirectory()
        let writer = try SQLiteDatabase(.file(directory.path("a.sqlite3")))
        try writer.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        let reader = try SQLiteDatabase(.file(directory.path("a.sqlite3")), access: .readOnly)
        try reader.readTransaction {
            #expect(try reader.first("SELECT count(*) FROM t") { $0.integer(0) } == 1)
            try writer.execute("INSERT INTO t VALUES (2)")
            #expect(try reader.first("SELECT count(*) FROM t") { $0.integer(0) } == 1)
        }
        #expect(try reader.first("SELECT count(*) FROM t") { $0.integer(0) } == 2)
    }

    @Test("works inside a Mutex, where a Sendable owner keeps it")
    func inMutex() throws {
        let shared = Mutex(try SQLiteDatabase(.inMemory))
        let answer = try shared.withLock { database in try database.first("SELECT 42") { $0.integer(0) } }
        #expect(answer == 42)
    }
}
