import Foundation
import Testing

@testable import RoostSQLite

@Suite("A copy of a database")
struct SQLiteBackupTests {
    @Test("is of one commit, while another connection goes on writing")
    func whileWriting() throws {
        let directory = try TemporaryDirectory()
        let writer = try SQLiteDatabase(.file(directory.path("a.sqlite3")))
        try writer.execute("CREATE TABLE t (a, b)")
        for number in 0..<500 { try writer.run("INSERT INTO t VALUES (?, zeroblob(2000))", .integer(number)) }
        let reader = try SQLiteDatabase(.file(directory.path("a.sqlite3")), access: .readOnly)
        try reader.readTransaction {
            _ = try reader.first("SELECT count(*) FROM t") { $0.integer(0) }
            // A commit after the snapshot was taken is not in the copy.
            try writer.run("DELETE FROM t WHERE a < 250")
            try reader.copy(to: directory.path("b.sqlite3"))
        }
        let copy = try SQLiteDatabase(.file(directory.path("b.sqlite3")))
        #expect(try copy.first("SELECT count(*) FROM t") { $0.integer(0) } == 500)
        #expect(try copy.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
        #expect(try writer.first("SELECT count(*) FROM t") { $0.integer(0) } == 250)
    }

    @Test("to a place that cannot be written fails with the place's path")
    func noPlace() throws {
        let error = #expect(throws: SQLiteError.self) { try SQLiteDatabase(.inMemory).copy(to: "/nonexistent/b.sqlite3") }
        #expect(error?.kind == .cannotOpen)
        #expect(error?.path == "/nonexistent/b.sqlite3")
    }

    @Test("by cloning has the original's bytes, or leaves nothing where the file system has no clones")
    func clone() throws {
        let directory = try TemporaryDirectory()
        try Data("text".utf8).write(to: directory.url.appendingPathComponent("a"))
        let isCloned = FileClone.clone(directory.path("a"), to: directory.path("b"))
        let copy = FileManager.default.contents(atPath: directory.path("b"))
        #expect(copy == (isCloned ? Data("text".utf8) : nil))
    }
}
