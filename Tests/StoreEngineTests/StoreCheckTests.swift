import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("The checker")
struct StoreCheckTests {
    /// A table with three indexes, TTL and a stream, and items that fill all of them.
    static func store(_ location: StoreEngine.Location = .inMemory) async throws -> TestStore {
        let store = try await QueryTests.store(stream: .newAndOldImages)
        try await TimeToLiveTests.enable(store, true, "n")
        try await PointInTimeRecoveryTests.enable(store)
        for number in 0..<20 {
            var item = key("p\(number % 3)", "s\(number)")
            item["g"] = number % 4 == 0 ? nil : .s("g\(number % 2)")
            item["n"] = number % 5 == 0 ? nil : .n(number)
            item["v"] = .s("value \(number)")
            try await store.put(item)
        }
        _ = try await UpdateItemTests.update(store, "SET g = :g", values: [":g": .s("moved")], key: key("p1", "s1"))
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("p2", "s2")))
        _ = try await store.engine.createBackup(CreateBackupInput(tableName: "tab", backupName: "kept"))
        return store
    }

    @Test("finds nothing in a store that is as it should be, and has looked at all of it")
    func clean() async throws {
        let report = try await Self.store().engine.check()
        #expect(report.problems == [])
        #expect(report.isClean)
        #expect((report.tables, report.items, report.streamRecords) == (1, 19, 22))
        #expect(report.indexEntries > 30)
        #expect(report.expiryEntries > 10)
    }

    @Test(
        "finds what is planted",
        arguments: [
            ("DELETE FROM t_1 WHERE rowid_of = 1", ["has an entry for it, and it is not there", "is the last of its item"]),
            ("DELETE FROM i_1_0 WHERE rowid_of = 1", ["the index all has no entry for it", "entries, and"]),
            ("DELETE FROM i_1_1", ["the index keys has no entry for it"]),
            (
                "INSERT INTO i_1_1 SELECT x'00', r, bh, br, size, page, item FROM i_1_1 LIMIT 1",
                ["has an entry for it under a key that it has not"]
            ),
            ("UPDATE i_1_2 SET size = size + 1", ["its entry in the index some has other contents"]),
            ("UPDATE i_1_2 SET page = page + 1", ["its entry in the index some has other contents"]),
            ("UPDATE t_1 SET page = page + 1", ["what it counts for in a page"]),
            ("UPDATE t_1 SET size = size + 1", ["bytes, and"]),
            ("UPDATE t_1 SET item = x'7b' WHERE rowid_of = 1", ["cannot be read"]),
            ("UPDATE t_1 SET r = x'ff' WHERE rowid_of = 1", ["it is kept under another key than its own"]),
            ("DELETE FROM x_1", ["is not noted", "expiry times are noted"]),
            ("INSERT INTO x_1 VALUES (1, x'00', x'00')", ["expiry times are noted"]),
            ("UPDATE item_counts SET items = items + 1", ["19 entries of", "are counted"]),
            ("UPDATE item_counts SET bytes = 5 WHERE sql_table = 'i_1_1'", ["index tab/keys: it has", "of 5 bytes are counted"]),
            ("INSERT INTO item_counts VALUES ('i_1_9', 1, 1)", ["which belongs to no table"]),
            ("DELETE FROM b_1 WHERE size > 0", ["0 items of 0 bytes, and 19 of", "are counted"]),
            ("UPDATE b_1 SET r = x'00' WHERE item = (SELECT item FROM b_1 LIMIT 1)", ["an item is under another key"]),
            ("UPDATE backups SET status = 'CREATING'", ["it is CREATING, and not being made"]),
            ("UPDATE c_1 SET h = x'00'", ["its log of changes has an item under another key"]),
            ("DROP TABLE c_1", ["its SQL table c_1 is missing"]),
            (
                "INSERT INTO copy_jobs VALUES (9, 'backup', 1, 7, NULL, NULL, 0, NULL)",
                [
                    "copy job 9: what it copies from or to is not there", "0 copies of it are counted, and 1 are being made",
                ]
            ),
            ("DROP TABLE i_1_1", ["its SQL table i_1_1 is missing"]),
            ("CREATE TABLE t_9 (a)", ["the SQL table t_9 belongs to no table"]),
            ("DELETE FROM stream_records WHERE sequence = 21", ["is the last of its item, which is another"]),
            ("DELETE FROM stream_records WHERE sequence = 22", ["is the last of its item, and the item is not there"]),
            ("UPDATE stream_records SET event = 'INSERT' WHERE sequence = 21", ["cannot follow", "has not the images"]),
            ("UPDATE stream_records SET old_image = x'7b7d' WHERE sequence = 21", ["is not the new one of the record"]),
            ("UPDATE stream_records SET stream = 7 WHERE sequence = 3", ["records are of no stream"]),
            ("UPDATE stream_shards SET last = 20, closed_ms = 1", ["it has 0 open shards", "records are in no shard"]),
            ("INSERT INTO stream_shards VALUES (1, 5, 'a', 'b', 1, NULL, NULL)", ["it has 2 open shards", "does not follow"]),
            ("INSERT INTO stream_shards VALUES (9, 5, 'a', 'b', 1, NULL, NULL)", ["1 shards are of no stream"]),
            ("UPDATE streams SET disabled_ms = 1", ["its stream is on, and is not there"]),
            ("UPDATE streams SET trimmed = 5", ["should have been trimmed"]),
        ])
    func planted(sql: String, messages: [String]) async throws {
        let store = try await Self.store()
        // The tables have no rowids: an item that has an entry in the first index stands for one, and its entry.
        let isIndex = sql.contains("FROM i_")
        let item = "SELECT h, r FROM t_1 WHERE item = (SELECT item FROM i_1_0 LIMIT 1)"
        let first = "(h, r) = (\(isIndex ? "SELECT h, r FROM i_1_0 LIMIT 1" : item))"
        try await store.runSQL(sql.replacingOccurrences(of: "rowid_of = 1", with: first))
        let report = try store.engine.check()
        #expect(!report.isClean)
        let found = report.problems.map(\.description).joined(separator: "\n")
        for message in messages { #expect(found.contains(message), "\(found)") }
    }

    @Test("of a directory needs a stopped store, and leaves it as it was")
    func directory() async throws {
        let directory = try TemporaryDirectory()
        #expect(throws: StoreOpenError.noStore(directory: directory.url.path)) {
            try StoreEngine.check(directory: directory.url)
        }
        do {
            let store = try TestStore(.directory(directory.url))
            try await store.makeTable("tab", stream: .keysOnly)
            try await store.put(key("a", "1"))
            #expect(throws: SQLiteFileLockError.self) { try StoreEngine.check(directory: directory.url) }
            store.engine.close()
        }
        let file = directory.url.appendingPathComponent("store.sqlite3")
        try Self.settle(file)
        let before = try Data(contentsOf: file)
        let report = try StoreEngine.check(directory: directory.url)
        #expect(report.isClean)
        #expect((report.items, report.streamRecords) == (1, 1))
        #expect(try Data(contentsOf: file) == before)
    }

    @Test("reports damaged pages as SQLite does")
    func pages() async throws {
        let directory = try TemporaryDirectory()
        do {
            let store = try TestStore(.directory(directory.url))
            try await store.makeTable("tab")
            for number in 0..<200 {
                try await store.put(["pk": .s("p\(number)"), "sk": .s("s"), "v": .s(String(repeating: "x", count: 900))])
            }
            store.engine.close()
        }
        let file = directory.url.appendingPathComponent("store.sqlite3")
        try Self.settle(file)
        var bytes = try Data(contentsOf: file)
        let middle = bytes.count / 2 / 4096 * 4096
        for offset in middle..<middle + 4096 { bytes[offset] = 0x5a }
        try bytes.write(to: file)
        #expect(try !StoreEngine.check(directory: directory.url).isClean)
    }

    /// Waits until a closed engine's last connection is gone, and everything is in the one file.
    private static func settle(_ file: URL) throws {
        while try !SQLiteDatabase(.file(file.path)).emptyLog() {}
    }

    @Test("counts every problem and keeps the first ones")
    func many() {
        var report = StoreCheckReport()
        for number in 0..<250 { report.add("place", "\(number)") }
        #expect((report.problemCount, report.problems.count) == (250, StoreCheckReport.problemLimit))
        #expect(report.problems.last?.description == "place: 99")
    }
}

extension TestStore {
    /// Runs SQL behind the engine's back, on its own connection.
    func runSQL(_ sql: String) async throws {
        let result: Result<Bool, StoreError> = await withCheckedContinuation { continuation in
            engine.writer.submit({ continuation.resume(returning: $0) }) { transaction in
                try transaction.database.execute(sql)
                return true
            }
        }
        _ = try result.get()
    }
}
