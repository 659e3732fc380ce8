import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("BatchGetItem and BatchWriteItem")
struct BatchTests {
    @Test("writes and deletes in several tables, and gets them back")
    func roundTrip() async throws {
        let store = try await TestStore.withTable()
        try await store.makeTable("other", sort: nil)
        try await store.put(key("old", "1"))
        let written = try await store.engine.batchWriteItem(
            BatchWriteItemInput(
                requestItems: [
                    "tab": [.put(item: key("a", "1")), .put(item: key("b", "1")), .delete(key: key("old", "1"))],
                    "other": [.put(item: ["pk": .s("z")])],
                ], returnConsumedCapacity: .total))
        #expect(written.unprocessedItems.isEmpty)
        #expect(
            written.consumedCapacity == [
                ConsumedCapacity(tableName: "other", capacityUnits: 1), ConsumedCapacity(tableName: "tab", capacityUnits: 3),
            ])
        let got = try store.engine.batchGetItem(
            BatchGetItemInput(requestItems: [
                "tab": KeysAndAttributes(keys: [key("a", "1"), key("old", "1"), key("b", "1")], projectionExpression: "pk"),
                "other": KeysAndAttributes(keys: [["pk": .s("z")]]),
            ]))
        #expect(got.responses["tab"]?.map(\.text) == [#"{"pk":{"S":"a"}}"#, #"{"pk":{"S":"b"}}"#])
        #expect(got.responses["other"]?.count == 1)
        #expect(got.unprocessedKeys.isEmpty)
    }

    @Test("an answer beyond 16 MB leaves keys unprocessed")
    func large() async throws {
        let store = try await TestStore.withTable()
        let text = String(repeating: "x", count: 399_000)
        let keys = (0..<50).map { key("p", "\($0)") }
        for key in keys { try await store.put(key.merging(["v": .s(text)]) { $1 }) }
        let got = try store.engine.batchGetItem(BatchGetItemInput(requestItems: ["tab": KeysAndAttributes(keys: keys)]))
        // 16 MiB hold 42 items of 399,011 bytes.
        #expect(got.responses["tab"]?.count == 42)
        #expect(got.unprocessedKeys["tab"]?.keys.count == 8)
    }

    @Test("one wrong write refuses the whole batch")
    func wrongWrite() async throws {
        let store = try await TestStore.withTable()
        let error = await failure { () throws(StoreError) in
            try await store.engine.batchWriteItem(
                BatchWriteItemInput(requestItems: ["tab": [.put(item: key("a", "1")), .put(item: ["pk": .s("b")])]]))
        }
        #expect(error == .validation("The provided key element does not match the schema"))
        #expect(try store.get(key("a", "1")) == nil)
    }

    @Test("keys that come twice, too many, none, and a missing table are refused")
    func refusals() async throws {
        let store = try await TestStore.withTable()
        try await store.makeTable("other")
        func write(_ items: [String: [WriteRequest]]) async -> StoreError? {
            await failure { () throws(StoreError) in
                try await store.engine.batchWriteItem(BatchWriteItemInput(requestItems: items))
            }
        }
        #expect(
            await write(["tab": [.put(item: key("a", "1")), .delete(key: key("a", "1"))]])
                == .validation("Provided list of item keys contains duplicates"))
        let many = (0..<13).map { WriteRequest.put(item: key("a", "\($0)")) }
        #expect(
            await write(["tab": many, "other": many]) == .validation("Too many items requested for the BatchWriteItem call"))
        #expect(await write(["nothing": [.put(item: key("a", "1"))]])?.code == "ResourceNotFoundException")
        let duplicates = await failure { () throws(StoreError) in
            try store.engine.batchGetItem(
                BatchGetItemInput(requestItems: ["tab": KeysAndAttributes(keys: [key("a", "1"), key("a", "1")])]))
        }
        #expect(duplicates == .validation("Provided list of item keys contains duplicates"))
    }
}
