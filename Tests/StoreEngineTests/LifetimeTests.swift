import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("An engine's life")
struct LifetimeTests {
    private final class Weak {
        weak var engine: StoreEngine?
        weak var writer: Writer?
        weak var readers: ReaderPool?
    }

    /// Uses an engine in every way that keeps something of it: queued writes, observers, sweeps, reads, snapshots.
    private static func use(_ directory: TemporaryDirectory) async throws -> Weak {
        let store = try TestStore(.directory(directory.url.appendingPathComponent("data")))
        try await store.makeTable("tab", stream: .newImage)
        store.engine.observeStream { _ in }
        await withTaskGroup(of: Void.self) { group in
            // A put that fails would show in other tests; here only its traces count.
            for number in 0..<50 { group.addTask { try? await store.put(key("p", "\(number)")) } }
        }
        _ = try store.engine.scan(ScanInput(tableName: "tab"))
        _ = try store.engine.snapshot(to: directory.url.appendingPathComponent("s"))
        _ = await withCheckedContinuation { continuation in store.engine.maintain { continuation.resume(returning: $0) } }
        let weak = Weak()
        (weak.engine, weak.writer, weak.readers) = (store.engine, store.engine.writer, store.engine.readers)
        store.engine.close()
        return weak
    }

    @Test("ends with its last reference: nothing that it made keeps it, its thread or its connections")
    func noCycles() async throws {
        let directory = try TemporaryDirectory()
        for _ in 0..<5 {
            let weak = try await Self.use(directory)
            #expect(weak.engine == nil)
            // The writer's thread lets go of it a moment after it said that it ended.
            for _ in 0..<1000 where weak.writer != nil || weak.readers != nil { usleep(1000) }
            #expect(weak.writer == nil)
            #expect(weak.readers == nil)
            try FileManager.default.removeItem(at: directory.url.appendingPathComponent("s"))
            // The lock is free: the next one opens the same directory.
            try TestStore(.directory(directory.url.appendingPathComponent("data"))).engine.deleteTableNow("tab")
        }
    }
}

extension StoreEngine {
    /// Blocks the caller until the table is gone.
    fileprivate func deleteTableNow(_ name: String) throws {
        let done = DispatchSemaphore(value: 0)
        deleteTable(DeleteTableInput(tableName: name)) { _ in done.signal() }
        done.wait()
        close()
    }
}
