import EmulatorClock
import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("The store's file")
struct StoreFileTests {
    @Test("holds tables, items, indexes and streams for the next opening")
    func reopen() async throws {
        let directory = try TemporaryDirectory()
        do {
            let store = try TestStore(.directory(directory.url))
            try await store.makeTable("tab", stream: .newImage)
            try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
            store.engine.close()
        }
        let store = try TestStore(.directory(directory.url))
        #expect(try store.get(key("a", "1"))?["v"] == .n(1))
        #expect(try store.engine.describeTable(DescribeTableInput(tableName: "tab")).table.latestStreamArn != nil)
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(2)])
        #expect(try store.get(key("a", "1"))?["v"] == .n(2))
    }

    @Test("an answered write is in the file at once, for whoever reads it")
    func durable() async throws {
        let directory = try TemporaryDirectory()
        let store = try TestStore(.directory(directory.url))
        try await store.makeTable("tab")
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .s("on disk")])
        // A connection that the engine knows nothing of.
        let file = directory.url.appendingPathComponent("store.sqlite3").path
        let other = try SQLiteDatabase(.file(file), access: .readOnly)
        let item = try other.first("SELECT item FROM t_1") { String(decoding: $0.bytes(0), as: UTF8.self) }
        #expect(item == #"{"pk":{"S":"a"},"sk":{"S":"1"},"v":{"S":"on disk"}}"#)
        #expect(try other.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
    }

    @Test("the files as a killed process leaves them hold everything that was answered")
    func killed() async throws {
        let (directory, left) = (try TemporaryDirectory(), try TemporaryDirectory())
        let store = try TestStore(.directory(directory.url))
        try await store.makeTable("tab", stream: .keysOnly)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                // A put that failed shows as a missing item below.
                group.addTask { try? await store.put(key("p", "\(number)")) }
            }
        }
        // What the disk has while the engine is still open: the file and its write-ahead log, nothing closed or flushed.
        for name in ["store.sqlite3", "store.sqlite3-wal"] {
            try FileManager.default.copyItem(
                at: directory.url.appendingPathComponent(name), to: left.url.appendingPathComponent(name))
        }
        let after = try TestStore(.directory(left.url))
        #expect(try after.engine.scan(ScanInput(tableName: "tab")).count == 100)
        #expect(try StreamTests.records(after).count == 100)
        let file = left.url.appendingPathComponent("store.sqlite3").path
        let check = try SQLiteDatabase(.file(file), access: .readOnly).first("PRAGMA integrity_check") { $0.text(0) }
        #expect(check == "ok")
    }

    @Test("readers beside the writer see whole transactions only")
    func isolation() async throws {
        let directory = try TemporaryDirectory()
        let store = try TestStore(.directory(directory.url))
        try await store.makeTable("tab")
        func write(_ number: Int) async throws {
            _ = try await TransactionTests.write(
                store, ["a", "b"].map { TransactionTests.put(["pk": .s($0), "sk": .s("1"), "v": .n(number)]) })
        }
        try await write(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for number in 1...100 { try await write(number) } }
            for _ in 0..<3 {
                group.addTask {
                    let gets = ["a", "b"].map { TransactGet(tableName: "tab", key: key($0, "1"), projectionExpression: "v") }
                    for _ in 0..<100 {
                        let pair = try store.engine.transactGetItems(TransactGetItemsInput(transactItems: gets)).responses
                        #expect(pair[0] == pair[1])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.get(key("b", "1"))?["v"] == .n(100))
    }

    @Test("a second engine on the same directory is refused, until the first has gone")
    func lock() async throws {
        let directory = try TemporaryDirectory()
        do {
            let first = try TestStore(.directory(directory.url))
            let error = #expect(throws: SQLiteFileLockError.self) { try TestStore(.directory(directory.url)) }
            #expect(error.map { "\($0)".contains("is in use by another process") } == true)
            first.engine.close()
        }
        _ = try TestStore(.directory(directory.url))
    }

    @Test("a file of a newer version is refused and left alone")
    func newer() throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appendingPathComponent("store.sqlite3").path
        try SQLiteDatabase(.file(path)).execute("PRAGMA user_version = 99")
        #expect(throws: StoreOpenError.newerVersion(path: path, found: 99, known: Schema.migrations.count)) {
            try TestStore(.directory(directory.url))
        }
    }

    @Test("a migration runs once, and one that fails leaves the version before it")
    func migration() throws {
        struct Stop: Error {}
        let database = try SQLiteDatabase(.inMemory)
        let first: @Sendable (SQLiteDatabase) throws -> Void = { try $0.execute("CREATE TABLE a (x)") }
        try Schema.prepare(database, migrations: [first])
        #expect(throws: Stop.self) {
            try Schema.prepare(
                database,
                migrations: [
                    first,
                    {
                        try $0.execute("CREATE TABLE b (x)"); throw Stop()
                    },
                ])
        }
        let tables = "SELECT group_concat(name) FROM sqlite_schema"
        #expect(try database.first(tables) { $0.text(0) } == "a")
        try Schema.prepare(database, migrations: [first, { try $0.execute("CREATE TABLE c (x)") }])
        #expect(try database.first(tables) { $0.text(0) } == "a,c")
        #expect(try database.first("PRAGMA user_version") { $0.integer(0) } == 2)
    }

    @Test("a directory that cannot be made is named")
    func noDirectory() {
        let error = #expect(throws: StoreOpenError.self) {
            try TestStore(.directory(URL(fileURLWithPath: "/dev/null/data")))
        }
        #expect(error.map { "\($0)".contains("/dev/null/data cannot be made") } == true)
    }

    @Test("when the disk is full every write is answered with that, and nothing of it is there")
    func diskFull() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
        try await store.limitPages()
        let big = String(repeating: "x", count: 300_000)
        let error = await failure { () throws(StoreError) in
            try await store.engine.putItem(PutItemInput(tableName: "tab", item: ["pk": .s("a"), "sk": .s("1"), "v": .s(big)]))
        }
        #expect(error?.code == "InternalServerError")
        #expect(error?.message.contains("there is no space left") == true)
        #expect(try store.get(key("a", "1"))?["v"] == .n(1))
    }

    @Test("a store that was closed answers writes with an error")
    func closed() async throws {
        let store = try await TestStore.withTable()
        store.engine.close()
        let error = await failure { () throws(StoreError) in
            try await store.engine.putItem(PutItemInput(tableName: "tab", item: key("a", "1")))
        }
        #expect(error == .internalFailure("the store is closed"))
    }
}

extension TestStore {
    /// Lets the database grow by a few pages only: SQLite then answers as on a full disk.
    fileprivate func limitPages() async throws {
        let result: Result<Bool, StoreError> = await withCheckedContinuation { continuation in
            engine.writer.submit({ continuation.resume(returning: $0) }) { transaction in
                let count = try transaction.database.first("PRAGMA page_count") { $0.integer(0) } ?? 0
                try transaction.database.execute("PRAGMA max_page_count = \(count + 4)")
                return true
            }
        }
        _ = try result.get()
    }
}
