import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

/// Files of the first version, as it wrote them: `Files/version1.sql` is the dump of one with two tables, two indexes, TTL, a
/// stream and a transaction's token.
@Suite("A file of version 1")
struct MigrationTests {
    private static func directory() throws -> (directory: TemporaryDirectory, file: String) {
        let dump = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Files/version1.sql")
        let directory = try TemporaryDirectory()
        let file = directory.url.appendingPathComponent("store.sqlite3").path
        let database = try SQLiteDatabase(.file(file))
        try database.execute(try String(contentsOf: dump, encoding: .utf8))
        while try !database.emptyLog() {}
        return (directory, file)
    }

    /// Every row of every table of the first version that a dump can be compared by.
    private static func contents(_ database: SQLiteDatabase) throws -> [String] {
        try ["t_1", "t_2", "i_1_0", "i_1_1", "x_1", "stream_records", "transaction_tokens"].flatMap { table in
            let columns = try database.rows("SELECT name FROM pragma_table_info('\(table)')") { $0.text(0) }
            let row = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
            return try database.rows("SELECT \(row) FROM \(table)") { "\(table): \($0.text(0))" }
        }
    }

    @Test("is brought to this version with all of its data, and checks clean")
    func migrate() async throws {
        let (directory, file) = try Self.directory()
        #expect(throws: StoreOpenError.olderVersion(path: file, found: 1)) { try StoreEngine.check(directory: directory.url) }
        let store = try TestStore(.directory(directory.url))
        #expect(
            try SQLiteDatabase(.file(file), access: .readOnly).first("PRAGMA user_version") { $0.integer(0) }
                == Int64(Schema.migrations.count))
        #expect(try store.engine.check().problems == [])

        #expect(try store.engine.listTables(ListTablesInput()).tableNames == ["music", "plain"])
        let music = try store.engine.scan(ScanInput(tableName: "music"))
        #expect(music.count == 11)
        let changed = try store.get(["artist": .s("artist 1"), "year": .n(1971)], from: "music")
        #expect(changed?["title"] == .s("Title 1 ☃"))
        #expect(changed?["plays"] == .number("-1.5"))
        #expect(try store.engine.scan(ScanInput(tableName: "music", indexName: "by-genre")).count == 8)
        #expect(try store.engine.scan(ScanInput(tableName: "music", indexName: "genres")).count == 8)
        let time = try store.engine.describeTimeToLive(DescribeTimeToLiveInput(tableName: "music"))
        #expect(time.attributeName == "until")
        let plain = try store.get(["id": .binary(Data([0, 255]))], from: "plain")
        #expect(plain?["s"] == .stringSet(["a", "b"]))
        let stream = try #require(try store.engine.describeTable(DescribeTableInput(tableName: "music")).table.latestStreamArn)
        #expect(try store.engine.listStreams(ListStreamsInput()).streams.map(\.streamArn) == [stream])

        // And it goes on from there: items, indexes, expiry and stream.
        try await store.put(["artist": .s("new"), "year": .n(2000), "genre": .s("folk"), "until": .n(1)], into: "music")
        #expect(try store.engine.scan(ScanInput(tableName: "music", indexName: "by-genre")).count == 9)
        let report = try store.engine.check()
        #expect(report.problems == [])
        #expect(report.streamRecords == 15)
    }

    @Test("is opened a second time without being changed")
    func again() throws {
        let (directory, file) = try Self.directory()
        do { try TestStore(.directory(directory.url)).engine.close() }
        let before = try Self.contents(SQLiteDatabase(.file(file), access: .readOnly))
        #expect(before.count == 11 + 1 + 8 + 8 + 7 + 14 + 1)
        do { try TestStore(.directory(directory.url)).engine.close() }
        #expect(try Self.contents(SQLiteDatabase(.file(file), access: .readOnly)) == before)
    }

    @Test("is one of version 1 still, and whole, after a crash in the middle of its migration")
    func crash() throws {
        let (directory, file) = try Self.directory()
        let before = try Self.contents(SQLiteDatabase(.file(file), access: .readOnly))
        let left = directory.url.appendingPathComponent("left")
        try FileManager.default.createDirectory(at: left, withIntermediateDirectories: false)
        let copy = left.appendingPathComponent("store.sqlite3").path
        do {
            let database = try SQLiteDatabase(.file(file))
            // A small page cache, so that a part of the change is in the log before its commit.
            try database.execute("PRAGMA cache_size = 1")
            try Schema.prepare(
                database,
                migrations: [
                    { _ in },
                    { database in
                        try Schema.migrations[1](database)
                        try database.execute("DELETE FROM t_1; CREATE TABLE filler AS SELECT zeroblob(2000000) AS a")
                        // What the disk has at this moment is what a killed process leaves.
                        for end in ["", "-wal"] {
                            try FileManager.default.copyItem(atPath: file + end, toPath: copy + end)
                        }
                    },
                ])
        }
        #expect(FileStep.size(copy + "-wal") > 1_000_000)
        let database = try SQLiteDatabase(.file(copy))
        #expect(try database.first("PRAGMA user_version") { $0.integer(0) } == 1)
        #expect(try database.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
        #expect(try Self.contents(database) == before)
    }
}
