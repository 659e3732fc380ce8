import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Indexes with keys of several attributes")
struct CompositeKeyTests {
    /// An index `all` by `g` and `h` (S, N), sorted by `a`, `b`, `c` (S, N, B).
    static func store() async throws -> TestStore {
        let attributes: [(String, ScalarAttributeType, KeyType)] = [
            ("g", .string, .hash), ("h", .number, .hash), ("a", .string, .range), ("b", .number, .range), ("c", .binary, .range),
        ]
        let index = GlobalSecondaryIndex(
            indexName: "all", keySchema: attributes.map { KeySchemaElement(attributeName: $0.0, keyType: $0.2) },
            projection: Projection(projectionType: .all))
        return try await TestStore.withTable(
            indexes: [index], attributes: attributes.map { AttributeDefinition(attributeName: $0.0, attributeType: $0.1) })
    }

    static func query(
        _ store: TestStore, _ condition: String, _ values: AttributeMap, forward: Bool = true, limit: Int? = nil,
        after start: AttributeMap? = nil
    ) throws(StoreError) -> QueryOutput {
        var used = values.filter { condition.contains($0.key) }
        used[":g"] = .s("g")
        used[":h"] = .n(1)
        return try store.engine.query(
            QueryInput(
                tableName: "tab", indexName: "all", keyConditionExpression: "g = :g AND h = :h\(condition)",
                expressionAttributeValues: used, limit: limit, exclusiveStartKey: start, scanIndexForward: forward))
    }

    static func places(_ output: QueryOutput) throws -> [AttributeValue?] {
        try (output.items ?? []).map { try $0.attributes()["pk"] }
    }

    /// In the order of `a`, then `b` as a number, then `c` as bytes; among the texts some that begin alike and some with zeros.
    static let ordered: [(String, String, [UInt8])] = [
        ("a", "-1.23", [1]), ("a", "-1.2", [1]), ("a", "0", [0]), ("a", "0", [0, 0]), ("a", "0", [0, 1]), ("a", "0", [0xff]),
        ("a", "1.2", [9]), ("a", "1.2003", [1]), ("a", "10", [1]), ("a\u{0}", "-5", [1]), ("a\u{0}\u{0}", "-7", [1]),
        ("a\u{1}", "-9", [1]), ("aa", "-100", [1]), ("b", "3", [1]), ("é", "2", [1]),
    ]

    static func filled() async throws -> TestStore {
        let store = try await store()
        for (number, item) in ordered.enumerated().shuffled() {
            try await store.put([
                "pk": .n(number).asText, "sk": .s("s"), "g": .s("g"), "h": .n(1), "a": .s(item.0), "b": .number(item.1),
                "c": .binary(Data(item.2)),
            ])
        }
        return store
    }

    @Test("sort by one attribute after the other, each in its type's order")
    func order() async throws {
        let store = try await Self.filled()
        let expected = Self.ordered.indices.map { AttributeValue?.some(.n($0).asText) }
        #expect(try Self.places(Self.query(store, "", [:])) == expected)
        #expect(try Self.places(Self.query(store, "", [:], forward: false)) == expected.reversed())
    }

    static let values: AttributeMap = [
        ":a": .s("a"), ":n": .n(0), ":x": .number("-1.2"), ":y": .number("1.2"), ":z": .s("a\u{0}"),
        ":c": .binary(Data([0])), ":d": .binary(Data([0, 1])),
    ]

    @Test(
        "equalities from the left and any comparison on the last attribute named take a range",
        arguments: [
            (" AND a = :a", Array(0...8)), (" AND a > :a", Array(9...14)), (" AND a < :z", Array(0...8)),
            (" AND a <= :z", Array(0...9)), (" AND a >= :z", Array(9...14)), (" AND begins_with(a, :a)", Array(0...12)),
            (" AND begins_with(a, :z)", Array(9...10)), (" AND a BETWEEN :a AND :z", Array(0...9)),
            (" AND b = :n AND a = :a", Array(2...5)), (" AND a = :a AND b < :n", [0, 1]),
            (" AND a = :a AND b <= :x", [0, 1]), (" AND a = :a AND b < :x", [0]), (" AND a = :a AND b > :y", [7, 8]),
            (" AND a = :a AND b >= :y", [6, 7, 8]), (" AND a = :a AND b BETWEEN :x AND :y", Array(1...6)),
            (" AND a = :a AND b = :y", [6]), (" AND a = :a AND b = :n AND begins_with(c, :c)", [2, 3, 4]),
            (" AND a = :a AND b = :n AND c > :c", [3, 4, 5]), (" AND a = :a AND b = :n AND c = :c", [2]),
            (" AND a = :a AND b = :n AND c <= :d", [2, 3, 4]),
        ])
    func conditions(condition: String, expected: [Int]) async throws {
        let store = try await Self.filled()
        let wanted = expected.map { AttributeValue?.some(.n($0).asText) }
        #expect(try Self.places(Self.query(store, condition, Self.values)) == wanted)
        #expect(try Self.places(Self.query(store, condition, Self.values, forward: false)) == wanted.reversed())
    }

    @Test("page with a key of all attributes, each item once")
    func pages() async throws {
        let store = try await Self.filled()
        for forward in [true, false] {
            var seen: [AttributeValue?] = []
            var start: AttributeMap?
            repeat {
                let page = try Self.query(store, " AND begins_with(a, :a)", Self.values, forward: forward, limit: 2, after: start)
                seen += try Self.places(page)
                start = page.lastEvaluatedKey
                if let start { #expect(Set(start.keys) == ["pk", "sk", "g", "h", "a", "b", "c"]) }
            } while start != nil
            #expect(seen.count == 13 && Set(seen).count == 13)
        }
    }

    @Test("hold only items with all of their key's attributes, which must have its types")
    func sparse() async throws {
        let store = try await Self.store()
        var item: AttributeMap = [
            "pk": .s("p"), "sk": .s("s"), "g": .s("g"), "h": .n(1), "a": .s("a"), "b": .n(1), "c": .binary(Data([1])),
        ]
        try await store.put(item)
        #expect(try Self.query(store, "", [:]).count == 1)
        for name in ["g", "h", "a", "b", "c"] {
            var partial = item
            partial[name] = nil
            try await store.put(partial)
            #expect(try Self.query(store, "", [:]).count == 0, "\(name)")
        }
        item["b"] = .s("text")
        let wrong = item
        let error = await failure { () throws(StoreError) in
            try await store.engine.putItem(PutItemInput(tableName: "tab", item: wrong))
        }
        #expect(
            error?.message == "One or more parameter values were invalid: Type mismatch for Index Key b Expected: N Actual: S "
                + "IndexName: all")
    }

    @Test("a key's attributes together have the limits of a key")
    func sizes() async throws {
        let store = try await Self.store()
        var item: AttributeMap = [
            "pk": .s("p"), "sk": .s("s"), "g": .s("g"), "h": .n(1), "a": .s(String(repeating: "a", count: 1000)), "b": .n(1),
            "c": .binary(Data(repeating: 0, count: 21)),
        ]
        try await store.put(item)
        item["c"] = .binary(Data(repeating: 0, count: 22))
        let large = item
        let error = await failure { () throws(StoreError) in
            try await store.engine.putItem(PutItemInput(tableName: "tab", item: large))
        }
        #expect(error?.message.hasSuffix("Aggregated size of all range keys has exceeded the size limit of 1024 bytes") == true)
    }
}

extension AttributeValue {
    /// A number as a text of two places.
    fileprivate var asText: AttributeValue {
        guard case .number(let text) = self else { return self }
        return .string(text.count == 1 ? "0" + text : text)
    }
}
