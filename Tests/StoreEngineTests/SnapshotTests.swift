import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("Snapshots")
struct SnapshotTests {
    private static func store(in directory: TemporaryDirectory, _ name: String = "data") throws -> TestStore {
        try TestStore(.directory(directory.url.appendingPathComponent(name)))
    }

    private static func names(_ directory: TemporaryDirectory) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.url.path).sorted()
    }

    @Test("are whole commits, made while writes go on, and open as stores of their own")
    func whileWriting() async throws {
        let directory = try TemporaryDirectory()
        let store = try Self.store(in: directory)
        try await store.makeTable("tab", stream: .newImage)
        // Two items that always change together.
        func write(_ number: Int) async throws {
            _ = try await TransactionTests.write(
                store, ["a", "b"].map { TransactionTests.put(["pk": .s($0), "sk": .s("1"), "v": .n(number)]) })
        }
        try await write(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for number in 1...300 { try await write(number) } }
            group.addTask {
                for number in 0..<5 {
                    let target = directory.url.appendingPathComponent("snapshot-\(number)")
                    let snapshot = try store.engine.snapshot(to: target)
                    #expect(snapshot.path == target.path)
                    #expect(snapshot.bytes > 0)
                }
            }
            try await group.waitForAll()
        }
        for number in 0..<5 {
            let copy = try Self.store(in: directory, "snapshot-\(number)")
            let pair = try ["a", "b"].map { try copy.get(key($0, "1"))?["v"] }
            #expect(pair[0] != nil)
            #expect(pair[0] == pair[1])
            #expect(try copy.engine.check().problems == [])
            try await copy.put(key("new", "1"))
        }
        #expect(try store.get(key("new", "1")) == nil)
        #expect(try store.get(key("b", "1"))?["v"] == .n(300))
    }

    @Test("of a store in memory are files like the others")
    func inMemory() async throws {
        let directory = try TemporaryDirectory()
        let store = try await StoreCheckTests.store()
        _ = try store.engine.snapshot(to: directory.url.appendingPathComponent("s"))
        let copy = try Self.store(in: directory, "s")
        #expect(try copy.engine.check() == store.engine.check())
    }

    @Test("of a stopped store need no process, and are refused beside a running one")
    func stopped() async throws {
        let directory = try TemporaryDirectory()
        let (data, target) = (directory.url.appendingPathComponent("data"), directory.url.appendingPathComponent("s"))
        do {
            let store = try Self.store(in: directory)
            try await store.makeTable("tab")
            try await store.put(key("a", "1"))
            #expect(throws: SQLiteFileLockError.self) { try StoreEngine.snapshot(ofDirectory: data, to: target) }
            store.engine.close()
        }
        _ = try StoreEngine.snapshot(ofDirectory: data, to: target)
        #expect(try Self.store(in: directory, "s").get(key("a", "1")) != nil)
        #expect(try Self.names(directory) == ["data", "s"])
    }

    @Test("never replace anything, and leave nothing behind when they fail")
    func refusals() async throws {
        let directory = try TemporaryDirectory()
        let store = try Self.store(in: directory)
        let data = directory.url.appendingPathComponent("data")
        #expect(throws: SnapshotError.targetExists(path: data.path)) { try store.engine.snapshot(to: data) }
        let nowhere = directory.url.appendingPathComponent("no/where")
        #expect(throws: SnapshotError.noParent(path: nowhere.deletingLastPathComponent().path)) {
            try store.engine.snapshot(to: nowhere)
        }
        #expect(throws: SnapshotError.self) {
            try store.engine.snapshot(to: URL(fileURLWithPath: "/dev/null/snapshot"))
        }
        struct Stop: Error {}
        let target = directory.url.appendingPathComponent("s")
        #expect(throws: Stop.self) {
            try SnapshotDirectory(target: target).make { file in
                try Data(count: 100).write(to: URL(fileURLWithPath: file))
                throw Stop()
            }
        }
        #expect(try Self.names(directory) == ["data"])
    }

    @Test("throw away what a killed attempt left, and refuse a second attempt beside the first")
    func leftOver() async throws {
        let directory = try TemporaryDirectory()
        let store = try Self.store(in: directory)
        try await store.makeTable("tab")
        let partial = directory.url.appendingPathComponent(".s.partial")
        try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
        try Data(count: 100).write(to: partial.appendingPathComponent("store.sqlite3"))
        try Data(count: 100).write(to: partial.appendingPathComponent("store.sqlite3-wal"))
        let target = directory.url.appendingPathComponent("s")
        try SQLiteFileLock(path: partial.appendingPathComponent("store.sqlite3").path).whileHeld {
            #expect(throws: SnapshotError.inProgress(path: target.path)) { try store.engine.snapshot(to: target) }
        }
        _ = try store.engine.snapshot(to: target)
        #expect(try Self.names(directory) == ["data", "s"])
        #expect(try Self.store(in: directory, "s").engine.check().tables == 1)
    }

    @Test("restored take the place of all that a stopped store had, its log too")
    func restore() async throws {
        let directory = try TemporaryDirectory()
        let (data, target) = (directory.url.appendingPathComponent("data"), directory.url.appendingPathComponent("s"))
        do {
            let store = try Self.store(in: directory)
            try await store.makeTable("tab")
            try await store.put(key("then", "1"))
            _ = try store.engine.snapshot(to: target)
            try await store.put(key("later", "1"))
            #expect(throws: SQLiteFileLockError.self) { try StoreEngine.restore(target, to: data) }
            store.engine.close()
        }
        let bytes = try StoreEngine.restore(target, to: data)
        #expect(bytes > 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: data.path).filter { !$0.hasSuffix(".lock") }
        #expect(left == ["store.sqlite3"])
        let store = try Self.store(in: directory)
        #expect(try store.get(key("then", "1")) != nil)
        #expect(try store.get(key("later", "1")) == nil)
    }

    @Test("restored into a directory that is not there make it; a damaged one replaces nothing")
    func restoreElsewhere() async throws {
        let directory = try TemporaryDirectory()
        let (target, elsewhere) = (directory.url.appendingPathComponent("s"), directory.url.appendingPathComponent("new/data"))
        do {
            let store = try Self.store(in: directory)
            try await store.makeTable("tab")
            try await store.put(key("a", "1"))
            _ = try store.engine.snapshot(to: target)
        }
        _ = try StoreEngine.restore(target, to: elsewhere)
        #expect(throws: SnapshotError.sameDirectory(path: target.path)) { try StoreEngine.restore(target, to: target) }
        do {
            let damaged = try SQLiteDatabase(.file(target.appendingPathComponent("store.sqlite3").path))
            try damaged.execute("UPDATE t_1 SET size = 1")
        }
        let error = #expect(throws: SnapshotError.self) { try StoreEngine.restore(target, to: elsewhere) }
        #expect(error.map { "\($0)".contains("is damaged and was not restored") } == true)
        #expect(try Self.store(in: directory, "new/data").get(key("a", "1")) != nil)
        let left = try FileManager.default.contentsOfDirectory(atPath: elsewhere.path)
        #expect(!left.contains { $0.contains("restoring") })
    }

    @Test("restored over a damaged store keep the damaged file beside")
    func restoreOverDamage() async throws {
        let directory = try TemporaryDirectory()
        let (data, target) = (directory.url.appendingPathComponent("data"), directory.url.appendingPathComponent("s"))
        do {
            let store = try Self.store(in: directory)
            try await store.makeTable("tab")
            _ = try store.engine.snapshot(to: target)
            store.engine.close()
        }
        try Data(repeating: 0x5a, count: 20_000).write(to: data.appendingPathComponent("store.sqlite3"))
        #expect(throws: SQLiteError.self) { try Self.store(in: directory) }
        _ = try StoreEngine.restore(target, to: data)
        #expect(try Self.store(in: directory).engine.check().tables == 1)
        let kept = try Data(contentsOf: data.appendingPathComponent("store.sqlite3.damaged"))
        #expect(kept == Data(repeating: 0x5a, count: 20_000))
    }
}

extension SQLiteFileLock {
    fileprivate func whileHeld(_ body: () throws -> Void) rethrows { try withExtendedLifetime(self) { try body() } }
}
