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
        #expect(page.items?.map(\.text) == [#"{"v":{"N":"3"}}"#, #"{"v":{"N":"4"}}"#])
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
                == "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less "
                + "than TotalSegments: 2")
    }
}
