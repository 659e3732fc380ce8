import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("An index added to a table")
struct IndexBackfillTests {
    private static func cities(_ store: TestStore, _ index: String = "by-city") throws -> [String] {
        try store.engine.scan(ScanInput(tableName: "tab", indexName: index)).items?.map {
            try $0.attributes()["city"].map { if case .string(let city) = $0 { city } else { "" } } ?? ""
        }.sorted() ?? []
    }

    private static func status(_ store: TestStore) throws -> TableDescription.IndexDescription? {
        try UpdateTableTests.described(store).globalSecondaryIndexes?.first
    }

    @Test("has the few items that were there when it is answered, but for those that no key may have")
    func few() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "city": .s("Ulm")])
        try await store.put(["pk": .s("b"), "sk": .s("1"), "city": .n(7)])
        try await store.put(["pk": .s("c"), "sk": .s("1"), "city": .s("")])
        try await store.put(["pk": .s("d"), "sk": .s("1"), "city": .s(String(repeating: "x", count: 2049))])
        try await store.put(key("e", "1"))
        let answer = try await store.engine.updateTable(UpdateTableTests.adding()).tableDescription
        #expect(answer.tableStatus == .updating)
        #expect(answer.globalSecondaryIndexes?.first?.indexStatus == .creating)
        #expect(answer.globalSecondaryIndexes?.first?.backfilling == false)
        #expect(try Self.status(store)?.indexStatus == .active)
        #expect(try Self.status(store)?.backfilling == nil)
        #expect(try Self.cities(store) == ["Ulm"])
        // From now on the index's rules hold, and the items that broke them before can still be changed and deleted.
        let wrong = await failure { () throws(StoreError) in
            try await store.engine.putItem(
                PutItemInput(tableName: "tab", item: ["pk": .s("f"), "sk": .s("1"), "city": .n(1)]))
        }
        #expect(wrong?.message.contains("Type mismatch for Index Key city") == true)
        try await store.put(["pk": .s("b"), "sk": .s("1"), "city": .s("Bonn")])
        try await store.put(["pk": .s("d"), "sk": .s("1"), "city": .s("Kiel")])
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("c", "1")))
        #expect(try Self.cities(store) == ["Bonn", "Kiel", "Ulm"])
    }

    /// More than two batches' worth.
    private static func fill(_ store: TestStore, _ count: Int = 1100) async throws {
        for start in stride(from: 0, to: count, by: 25) {
            let writes = (start..<min(start + 25, count)).map { number in
                WriteRequest.put(item: ["pk": .s("p\(number)"), "sk": .s("1"), "city": .s("c\(number % 7)")])
            }
            _ = try await store.engine.batchWriteItem(BatchWriteItemInput(requestItems: ["tab": writes]))
        }
    }

    @Test("is refused to readers and to changes while it is filled, and filled when the work is done")
    func many() async throws {
        let store = try await TestStore.withTable()
        try await Self.fill(store)
        // The writer's own thread sees the store between the first batch and the next.
        let seen = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Seen, any Error>) in
            store.engine.updateTable(UpdateTableTests.adding()) { result in
                continuation.resume(with: Result { try Seen(result, store) })
            }
        }
        #expect(seen.status == .creating)
        #expect(seen.isBackfilling == true)
        #expect(seen.query == .validation("Cannot read from backfilling global secondary index: by-city"))
        try await store.put(["pk": .s("p3"), "sk": .s("1"), "city": .s("moved")])
        try await store.put(["pk": .s("new"), "sk": .s("1"), "city": .s("new")])
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("p4", "1")))
        try await store.maintain()
        #expect(try Self.status(store)?.indexStatus == .active)
        let cities = try Self.cities(store)
        #expect(cities.count == 1100)
        #expect(cities.filter { $0 == "moved" }.count == 1)
        #expect(try Self.status(store)?.itemCount == 1100)
    }

    private struct Seen: Sendable {
        var status: TableStatus?
        var isBackfilling: Bool?
        var query: StoreError?

        init(_ result: Result<UpdateTableOutput, StoreError>, _ store: TestStore) throws {
            _ = try result.get()
            let index = try IndexBackfillTests.status(store)
            status = index?.indexStatus
            isBackfilling = index?.backfilling
            do throws(StoreError) { _ = try store.engine.scan(ScanInput(tableName: "tab", indexName: "by-city")) } catch {
                query = error
            }
        }
    }

    @Test("goes on being filled by the store that opens the file after a crash in the middle")
    func resumes() async throws {
        let (directory, crashed) = (try TemporaryDirectory(), try TemporaryDirectory())
        let store = try TestStore(.directory(directory.url))
        try await store.makeTable("tab")
        try await Self.fill(store)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            store.engine.updateTable(UpdateTableTests.adding()) { _ in
                // On the writer's own thread, between the first batch and the next: the files as a crash would leave them.
                continuation.resume(
                    with: Result {
                        for name in ["store.sqlite3", "store.sqlite3-wal"] {
                            try FileManager.default.copyItem(
                                at: directory.url.appendingPathComponent(name), to: crashed.url.appendingPathComponent(name))
                        }
                    })
            }
        }
        let file = crashed.url.appendingPathComponent("store.sqlite3").path
        do {
            let left = try SQLiteDatabase(.file(file))
            #expect(try left.first("SELECT count(*) FROM i_1_0") { $0.integer(0) } == 500)
        }
        let again = try TestStore(.directory(crashed.url))
        try await again.maintain()
        #expect(try Self.status(again)?.indexStatus == .active)
        #expect(try Self.cities(again).count == 1100)
        let other = try SQLiteDatabase(.file(file), access: .readOnly)
        #expect(try other.first("SELECT count(*) FROM index_backfills") { $0.integer(0) } == 0)
    }

    @Test("is deleted with its entries, and made again under its name with another key")
    func deleteAndAgain() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "city": .s("Ulm"), "zip": .n(89073)])
        _ = try await store.engine.updateTable(UpdateTableTests.adding())
        let taken = await failure { () throws(StoreError) in
            try await store.engine.updateTable(UpdateTableTests.adding())
        }
        #expect(taken?.message.contains("already exists") == true)
        let deleted = try await store.engine.updateTable(
            UpdateTableTests.input { $0.globalSecondaryIndexUpdates = [.init(delete: "by-city")] }
        ).tableDescription
        #expect(deleted.globalSecondaryIndexes?.first?.indexStatus == .deleting)
        let table = try UpdateTableTests.described(store)
        #expect(table.globalSecondaryIndexes == nil)
        // The attribute is no key any more, so that it may have any type.
        #expect(table.attributeDefinitions?.map(\.attributeName) == ["pk", "sk"])
        try await store.put(["pk": .s("b"), "sk": .s("1"), "city": .n(1)])
        _ = try await store.engine.updateTable(
            UpdateTableTests.adding(UpdateTableTests.index("by-city", "zip"), type: .number))
        #expect(try store.engine.scan(ScanInput(tableName: "tab", indexName: "by-city")).count == 1)
    }
}
