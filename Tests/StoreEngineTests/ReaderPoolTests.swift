import Foundation
import LambdaEvents
import Synchronization
import Testing

@testable import StoreEngine

@Suite("The readers' snapshots")
struct ReaderPoolTests {
    private final class Progress: Sendable {
        let isWriting = Atomic(true)
        let reads = Atomic(0)
    }

    @Test("are of the last commit, whichever reader answers")
    func fresh() async throws {
        let directory = try TemporaryDirectory()
        let store = try TestStore(.directory(directory.url))
        try await store.makeTable("tab")
        for number in 0..<200 {
            try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(number)])
            // More at a time than there are readers, so that all of them keep a snapshot for the next round.
            try await withThrowingTaskGroup(of: AttributeValue?.self) { group in
                for _ in 0..<8 { group.addTask { try store.get(key("a", "1"))?["v"] } }
                for try await value in group { #expect(value == .n(number)) }
            }
        }
    }

    @Test("do not keep the log from being begun anew, however much is read meanwhile")
    func logIsBegunAnew() async throws {
        let directory = try TemporaryDirectory()
        let store = try TestStore(.directory(directory.url))
        try await store.makeTable("tab")
        let progress = Progress()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<3 {
                group.addTask {
                    while progress.isWriting.load(ordering: .relaxed) {
                        _ = try store.get(key("a", "\(number)"))
                        progress.reads.wrappingAdd(1, ordering: .relaxed)
                        await Task.yield()
                    }
                }
            }
            let text = String(repeating: "x", count: 300_000)
            // 120 MB, with a log that is copied into the file at 16 MB.
            for number in 0..<400 {
                try await store.put(["pk": .s("a"), "sk": .s("\(number % 10)"), "v": .s(text + "\(number)")])
            }
            progress.isWriting.store(false, ordering: .relaxed)
            try await group.waitForAll()
        }
        #expect(progress.reads.load(ordering: .relaxed) > 400)
        let log = directory.url.appendingPathComponent("store.sqlite3-wal").path
        let bytes = try #require(FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
        #expect(bytes < 48 << 20, "\(bytes) bytes of log")
    }

    @Test("that are kept from reads before do not keep the log from being begun anew either")
    func idleReaders() async throws {
        let directory = try TemporaryDirectory()
        let store = try TestStore(.directory(directory.url))
        try await store.makeTable("tab")
        let text = String(repeating: "x", count: 300_000)
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .s(text)])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try? store.get(key("a", "1")) } }
        }
        for number in 0..<400 { try await store.put(["pk": .s("a"), "sk": .s("\(number % 10)"), "v": .s(text + "\(number)")]) }
        let log = directory.url.appendingPathComponent("store.sqlite3-wal").path
        let bytes = try #require(FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
        #expect(bytes < 48 << 20, "\(bytes) bytes of log")
    }
}
