import Foundation
import Testing

@testable import RoostSQLite

@Suite("A write-ahead log")
struct WriteAheadLogTests {
    /// A database with ten commits in its log, as a killed process leaves it; `change` does the damage.
    private static func state(
        commits: Int = 10, _ change: (inout Data) -> Void = { _ in }
    ) throws -> (state: WriteAheadLog.State, rows: Int64?) {
        let (made, left) = (try TemporaryDirectory(), try TemporaryDirectory())
        let database = try SQLiteDatabase(.file(made.path("a.sqlite3")))
        try database.execute("CREATE TABLE t (a)")
        _ = try database.emptyLog()
        for number in 0..<commits { try database.run("INSERT INTO t VALUES (?)", .integer(number)) }
        try FileManager.default.copyItem(atPath: made.path("a.sqlite3"), toPath: left.path("a.sqlite3"))
        var log = try Data(contentsOf: URL(fileURLWithPath: made.path("a.sqlite3-wal")))
        change(&log)
        try log.write(to: URL(fileURLWithPath: left.path("a.sqlite3-wal")))
        let state = try WriteAheadLog.state(ofDatabase: left.path("a.sqlite3"))
        // What SQLite itself makes of it.
        let rows = try SQLiteDatabase(.file(left.path("a.sqlite3"))).first("SELECT count(*) FROM t") { $0.integer(0) }
        return (state, rows)
    }

    private static let frame = 24 + 4096

    @Test("of a killed process is sound, and holds what SQLite finds in it")
    func sound() throws {
        let (state, rows) = try Self.state()
        #expect(state == .sound(frames: 10))
        #expect(rows == 10)
    }

    @Test("that is not there, is empty or holds zeros has nothing to lose")
    func empty() throws {
        #expect(try WriteAheadLog.state(ofDatabase: "/nonexistent/a.sqlite3") == .empty)
        #expect(try Self.state { $0 = Data() }.state == .empty)
        #expect(try Self.state { $0 = Data(count: $0.count) }.state == .empty)
        #expect(try Self.state { $0 = $0.prefix(32 + 100) }.state == .empty)
    }

    @Test("whose last commit was cut off or torn ends with the one before")
    func torn() throws {
        let cut = try Self.state { $0.removeLast(100) }
        #expect(cut.state == .sound(frames: 9))
        #expect(cut.rows == 9)
        let torn = try Self.state { $0[$0.count - 1] ^= 1 }
        #expect(torn.state == .sound(frames: 9))
        #expect(torn.rows == 9)
    }

    @Test("that is damaged before its last commit would lose commits, which SQLite does not say", arguments: [1, 4, 9])
    func damaged(frame: Int) throws {
        let (state, rows) = try Self.state { $0[32 + (frame - 1) * Self.frame + 200] ^= 0xff }
        #expect(state == .damaged(frame: frame, lostCommits: 11 - frame))
        #expect(rows == Int64(frame - 1))
    }

    @Test("whose header is damaged would lose all of its commits")
    func header() throws {
        let (state, rows) = try Self.state { $0[17] ^= 1 }
        #expect(state == .damaged(frame: 0, lostCommits: 0))
        #expect(rows == 0)
    }

    @Test("that was begun anew is read up to what is left of its last round")
    func restarted() throws {
        let directory = try TemporaryDirectory()
        let database = try SQLiteDatabase(.file(directory.path("a.sqlite3")))
        try database.execute("CREATE TABLE t (a)")
        for number in 0..<20 { try database.run("INSERT INTO t VALUES (?)", .integer(number)) }
        // RESTART leaves the old frames in the file.
        _ = try database.first("PRAGMA wal_checkpoint(RESTART)") { $0.integer(0) }
        for number in 0..<3 { try database.run("INSERT INTO t VALUES (?)", .integer(number)) }
        #expect(try WriteAheadLog.state(ofDatabase: directory.path("a.sqlite3")) == .sound(frames: 3))
    }
}
