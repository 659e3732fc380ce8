import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Scan")
struct ScanTests {
    static func store(_ count: Int) async throws -> TestStore {
        let store = try await TestStore.withTable()
        for number in 0..<count { try await store.put(["pk": .s("p\(number)"), "sk": .s("s"), "v": .n(number)]) }
        return store
    }

    static func all(_ store: TestStore, _ input: ScanInput) throws -> [AttributeValue] {
        var input = input
        var seen: [AttributeValue] = []
        repeat {
            let page = try store.engine.scan(input)
            seen += try (page.items ?? []).compactMap { try $0.attributes()["pk"] }
            input.exclusiveStartKey = page.lastEvaluatedKey
        } while input.exclusiveStartKey != nil
        return seen
    }

    @Test("goes through a table page by page, each item once")
    func pages() async throws {
        let store = try await Self.store(25)
        let seen = try Self.all(store, ScanInput(tableName: "tab", limit: 7))
        #expect(seen.count == 25 && Set(seen).count == 25)
    }

    /// The orders are the service's, as recorded by dynalite's tests.
    @Test(
        "partitions come in the order of the service's hash, strings and numbers",
        arguments: [
            ["2", "8", "9", "1", "6", "hello", "0", "5", "4", "äáöü", "aardman", "7", "3", "zapf"].map(AttributeValue.string),
            ["7", "999.9", "8", "3", "2", "-999.9", "9", "4", "-0.09", "6", "1", "0", "0.012345", "5"].map(AttributeValue.number),
        ])
    func order(keys: [AttributeValue]) async throws {
        let type: ScalarAttributeType = if case .number = keys[0] { .number } else { .string }
        let store = try TestStore()
        _ = try await store.engine.createTable(
            CreateTableInput(
                tableName: "tab", attributeDefinitions: [AttributeDefinition(attributeName: "pk", attributeType: type)],
                keySchema: [KeySchemaElement(attributeName: "pk", keyType: .hash)], billingMode: .payPerRequest))
        for key in keys.shuffled() { try await store.put(["pk": key]) }
        #expect(try Self.all(store, ScanInput(tableName: "tab")) == keys)
        #expect(try Self.all(store, ScanInput(tableName: "tab", limit: 1)) == keys)
    }

    /// The places are the service's, as recorded by dynalite's tests.
    @Test("a segment is an equal part of all hashes", arguments: [("3635", 0), ("228", 0), ("1668", 1), ("3435", 4)])
    func segmentOfKey(key: String, segment: Int) async throws {
        let store = try await TestStore.withTable(sort: nil)
        try await store.put(["pk": .s(key)])
        for number in 0...5 {
            let page = try store.engine.scan(ScanInput(tableName: "tab", segment: number, totalSegments: 4096))
            #expect(page.count == (number == segment ? 1 : 0))
        }
    }

    @Test("a segment reads its own part only")
    func segmentCost() async throws {
        let store = try await TestStore.withTable(sort: nil)
        for number in 0..<64 { try await store.put(["pk": .s("p\(number)"), "v": .s(String(repeating: "x", count: 4000))]) }
        let units = try (0..<8).map { segment in
            try store.engine.scan(
                ScanInput(
                    tableName: "tab", segment: segment, totalSegments: 8, consistentRead: true, returnConsumedCapacity: .total)
            ).consumedCapacity?.capacityUnits ?? 0
        }
        #expect(units.allSatisfy { $0 < 32 })
        #expect((63...72).contains(units.reduce(0, +)))
    }

    @Test("a start key belongs to its segment, its table and its index")
    func startKeys() async throws {
        let store = try await QueryTests.store()
        func message(
            _ key: AttributeMap, index: String? = nil, segment: Int? = nil, total: Int? = nil
        ) async -> String? {
            await failure { () throws(StoreError) in
                try store.engine.scan(
                    ScanInput(
                        tableName: "tab", indexName: index, exclusiveStartKey: key, segment: segment, totalSegments: total))
            }?.message
        }
        let mismatch = "The provided starting key is invalid: The provided key element does not match the schema"
        #expect(await message(["pk": .s("a")]) == "The provided starting key is invalid")
        #expect(await message(["pk": .s("a"), "x": .s("b")]) == "The provided starting key is invalid")
        #expect(await message(["pk": .s("a"), "sk": .n(1)]) == mismatch)
        #expect(await message(["pk": .s("a"), "sk": .s("b"), "x": .s("c")]) == "The provided starting key is invalid")
        #expect(await message(key("a", "b"), index: "none") == "The provided starting key is invalid")
        #expect(await message(key("a", "b"), index: "keys") == "The provided starting key is invalid")
        #expect(
            await message(["pk": .s("a"), "sk": .s("b"), "g": .n(1)], index: "keys")
                == "The provided key element does not match the schema")
        #expect(await message(["pk": .n(1), "sk": .s("b"), "g": .s("x")], index: "keys") == mismatch)
        #expect(
            await message(["pk": .number("x"), "sk": .s("b")])
                == "The provided starting key is invalid: The parameter cannot be converted to a numeric value: x")
        #expect(
            await message(key("0", "0"), segment: 0, total: 1_000_000)
                == "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
                + "Segment. TotalSegments: 1000000 Segment: 0")
    }

    @Test("segments share the table between them, each item once", arguments: [1, 2, 5])
    func segments(total: Int) async throws {
        let store = try await Self.store(40)
        var seen: [AttributeValue] = []
        for segment in 0..<total {
            seen += try Self.all(store, ScanInput(tableName: "tab", limit: 3, segment: segment, totalSegments: total))
        }
        #expect(seen.count == 40 && Set(seen).count == 40)
    }

    @Test("filters after reading, and projects")
    func filter() async throws {
        let store = try await Self.store(10)
        let page = try store.engine.scan(
            ScanInput(
                tableName: "tab", filterExpression: "v BETWEEN :a AND :b", projectionExpression: "v",
                expressionAttributeValues: [":a": .n(3), ":b": .n(4)]))
        #expect((page.count, page.scannedCount) == (2, 10))
        #expect(page.items?.map(\.text).sorted() == [#"{"v":{"N":"3"}}"#, #"{"v":{"N":"4"}}"#])
    }

    @Test("reads an index, with what it holds only")
    func index() async throws {
        let store = try await QueryTests.store()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "g": .s("x")])
        try await store.put(["pk": .s("b"), "sk": .s("1")])
        let seen = try Self.all(store, ScanInput(tableName: "tab", indexName: "keys", limit: 1))
        #expect(seen == [.s("a")])
    }

    @Test("a segment needs its total, a total its segment, and the one is below the other")
    func refusals() async throws {
        let store = try await Self.store(0)
        func message(_ segment: Int?, _ total: Int?) async -> String? {
            await failure { () throws(StoreError) in
                try store.engine.scan(ScanInput(tableName: "tab", segment: segment, totalSegments: total))
            }?.message
        }
        // Texts: the service's, as in moto's tests.
        #expect(
            await message(1, nil)
                == "The TotalSegments parameter is required but was not present in the request when Segment parameter is present")
        #expect(
            await message(nil, 1)
                == "The Segment parameter is required but was not present in the request when parameter TotalSegments is present")
        #expect(
            await message(2, 2)
                == "The Segment parameter is zero-based and must be less than parameter TotalSegments")
        #expect(
            await message(-1, 4)
                == "1 validation error detected: Value at 'Segment' failed to satisfy constraint: Member must have value greater "
                + "than or equal to 0")
    }

    @Test("a limit is at least 1")
    func noLimit() async throws {
        let store = try await Self.store(0)
        let refusal = await failure { () throws(StoreError) in
            try store.engine.scan(ScanInput(tableName: "tab", limit: 0, segment: -1, totalSegments: 4))
        }
        #expect(
            refusal?.message
                == "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater "
                + "than or equal to 1")
    }
}
