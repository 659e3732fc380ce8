import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Query")
struct QueryTests {
    /// Indexes: `all` (g, n) with everything, `keys` (g) with keys only, `some` (g) with `v`.
    static func store(stream: StreamViewType? = nil) async throws -> TestStore {
        func index(_ name: String, range: Bool, _ projection: Projection) -> GlobalSecondaryIndex {
            var keys = [KeySchemaElement(attributeName: "g", keyType: .hash)]
            if range { keys.append(KeySchemaElement(attributeName: "n", keyType: .range)) }
            return GlobalSecondaryIndex(indexName: name, keySchema: keys, projection: projection)
        }
        return try await TestStore.withTable(
            indexes: [
                index("all", range: true, Projection(projectionType: .all)),
                index("keys", range: false, Projection(projectionType: .keysOnly)),
                index("some", range: false, Projection(projectionType: .include, nonKeyAttributes: ["v"])),
            ], stream: stream,
            attributes: [
                AttributeDefinition(attributeName: "g", attributeType: .string),
                AttributeDefinition(attributeName: "n", attributeType: .number),
            ])
    }

    static func query(
        _ store: TestStore, _ condition: String, _ values: AttributeMap,
        _ change: (inout QueryInput) -> Void = { _ in }
    ) throws(StoreError) -> QueryOutput {
        var input = QueryInput(tableName: "tab", keyConditionExpression: condition, expressionAttributeValues: values)
        change(&input)
        return try store.engine.query(input)
    }

    static func sortKeys(_ output: QueryOutput) throws -> [String] {
        try (output.items ?? []).map { document in
            guard case .string(let text)? = try document.attributes()["sk"] else { return "?" }
            return text
        }
    }

    @Test(
        "takes a part of a partition by its sort key",
        arguments: [
            ("pk = :p", ["a", "ab", "abc", "b", "é"]), ("pk = :p AND sk = :x", ["ab"]), ("pk = :p AND sk < :x", ["a"]),
            ("pk = :p AND sk <= :x", ["a", "ab"]), ("pk = :p AND sk > :x", ["abc", "b", "é"]),
            ("pk = :p AND sk >= :x", ["ab", "abc", "b", "é"]), ("pk = :p AND sk BETWEEN :x AND :y", ["ab", "abc", "b"]),
            ("pk = :p AND begins_with(sk, :x)", ["ab", "abc"]),
        ])
    func conditions(condition: String, expected: [String]) async throws {
        let store = try await TestStore.withTable()
        for sk in ["b", "abc", "é", "a", "ab"] { try await store.put(key("p", sk)) }
        try await store.put(key("other", "ab"))
        let values: AttributeMap = [":p": .s("p"), ":x": .s("ab"), ":y": .s("b")]
        let used = values.filter { condition.contains($0.key) }
        #expect(try Self.sortKeys(Self.query(store, condition, used)) == expected)
        #expect(try Self.sortKeys(Self.query(store, condition, used) { $0.scanIndexForward = false }) == expected.reversed())
    }

    @Test("sorts numbers as numbers and texts by their UTF-8 bytes")
    func order() async throws {
        let store = try await TestStore.withTable(sort: .number)
        let numbers = ["-1e100", "-20", "-3", "-0.5", "0", "0.001", "1", "2", "10", "9.99e125"]
        for number in numbers.shuffled() { try await store.put(["pk": .s("p"), "sk": .number(number), "v": .s(number)]) }
        let items = try Self.query(store, "pk = :p", [":p": .s("p")]).items ?? []
        #expect(try items.map { try $0.attributes()["v"] } == numbers.map { .s($0) })
    }

    @Test("pages by a limit and goes on from the last key, in both directions")
    func pages() async throws {
        let store = try await TestStore.withTable()
        for number in 1...5 { try await store.put(key("p", "\(number)")) }
        for forward in [true, false] {
            var seen: [String] = []
            var start: AttributeMap?
            var calls = 0
            repeat {
                let page = try Self.query(store, "pk = :p", [":p": .s("p")]) {
                    $0.limit = 2
                    $0.exclusiveStartKey = start
                    $0.scanIndexForward = forward
                }
                seen += try Self.sortKeys(page)
                start = page.lastEvaluatedKey
                calls += 1
            } while start != nil
            #expect(seen == (forward ? ["1", "2", "3", "4", "5"] : ["5", "4", "3", "2", "1"]))
            #expect(calls == 3)
        }
    }

    @Test("a page that ends at its limit has a key to go on with, though nothing follows")
    func limitAtEnd() async throws {
        let store = try await TestStore.withTable()
        try await store.put(key("p", "1"))
        #expect(try Self.query(store, "pk = :p", [":p": .s("p")]) { $0.limit = 1 }.lastEvaluatedKey == key("p", "1"))
        #expect(try Self.query(store, "pk = :p", [":p": .s("p")]) { $0.limit = 2 }.lastEvaluatedKey == nil)
    }

    @Test("a page ends at 1 MB")
    func megabyte() async throws {
        let store = try await TestStore.withTable()
        let text = String(repeating: "x", count: 300_000)
        for number in 1...5 { try await store.put(["pk": .s("p"), "sk": .s("\(number)"), "v": .s(text)]) }
        let first = try Self.query(store, "pk = :p", [":p": .s("p")])
        #expect(try Self.sortKeys(first) == ["1", "2", "3", "4"])
        let second = try Self.query(store, "pk = :p", [":p": .s("p")]) { $0.exclusiveStartKey = first.lastEvaluatedKey }
        #expect(try Self.sortKeys(second) == ["5"])
        #expect(second.lastEvaluatedKey == nil)
    }

    @Test("a filter drops items after they are read and counted; COUNT gives no items")
    func filter() async throws {
        let store = try await TestStore.withTable()
        for number in 1...4 { try await store.put(["pk": .s("p"), "sk": .s("\(number)"), "v": .n(number)]) }
        let page = try Self.query(store, "pk = :p", [":p": .s("p"), ":v": .n(2)]) { $0.filterExpression = "v > :v" }
        #expect((page.count, page.scannedCount) == (2, 4))
        #expect(try Self.sortKeys(page) == ["3", "4"])
        let count = try Self.query(store, "pk = :p", [":p": .s("p")]) { $0.select = .count }
        #expect(count.items == nil && count.count == 4)
    }

    @Test("an index holds the items that have its whole key, by its own order")
    func sparseIndex() async throws {
        let store = try await Self.store()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "g": .s("x"), "n": .n(10)])
        try await store.put(["pk": .s("b"), "sk": .s("1"), "g": .s("x"), "n": .n(9)])
        try await store.put(["pk": .s("c"), "sk": .s("1"), "g": .s("x")])
        try await store.put(["pk": .s("d"), "sk": .s("1"), "n": .n(1)])
        let all = try Self.query(store, "g = :g", [":g": .s("x")]) { $0.indexName = "all" }
        #expect(try (all.items ?? []).map { try $0.attributes()["pk"] } == [.s("b"), .s("a")])
        let keys = try Self.query(store, "g = :g", [":g": .s("x")]) { $0.indexName = "keys" }
        #expect(keys.count == 3)
    }

    @Test("an index gives what it projects")
    func projections() async throws {
        let store = try await Self.store()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "g": .s("x"), "v": .s("v"), "w": .s("w")])
        func items(_ index: String) throws -> [String]? {
            try Self.query(store, "g = :g", [":g": .s("x")]) { $0.indexName = index }.items?.map(\.text)
        }
        #expect(try items("keys") == [#"{"g":{"S":"x"},"pk":{"S":"a"},"sk":{"S":"1"}}"#])
        #expect(try items("some") == [#"{"g":{"S":"x"},"pk":{"S":"a"},"sk":{"S":"1"},"v":{"S":"v"}}"#])
    }

    @Test("an index follows its items' changes")
    func indexChanges() async throws {
        let store = try await Self.store()
        func found(_ g: String) throws -> [Int?] {
            try (Self.query(store, "g = :g", [":g": .s(g)]) { $0.indexName = "all" }.items ?? []).map {
                guard case .number(let text)? = try $0.attributes()["v"] else { return nil }
                return Int(text)
            }
        }
        try await store.put(["pk": .s("a"), "sk": .s("1"), "g": .s("x"), "n": .n(1), "v": .n(1)])
        try await store.put(["pk": .s("a"), "sk": .s("1"), "g": .s("y"), "n": .n(1), "v": .n(2)])
        #expect(try found("x") == [])
        #expect(try found("y") == [2])
        try await store.put(["pk": .s("a"), "sk": .s("1"), "g": .s("y"), "n": .n(1), "v": .n(3)])
        #expect(try found("y") == [3])
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(4)])
        #expect(try found("y") == [])
    }

    @Test("an index with equal keys pages through all of them")
    func indexPages() async throws {
        let store = try await Self.store()
        for number in 1...5 {
            try await store.put(["pk": .s("p\(number)"), "sk": .s("1"), "g": .s("x"), "n": .n(7)])
        }
        for forward in [true, false] {
            var seen: [AttributeValue?] = []
            var start: AttributeMap?
            repeat {
                let page = try Self.query(store, "g = :g", [":g": .s("x")]) {
                    $0.indexName = "all"
                    $0.limit = 2
                    $0.scanIndexForward = forward
                    $0.exclusiveStartKey = start
                }
                seen += try (page.items ?? []).map { try $0.attributes()["pk"] }
                start = page.lastEvaluatedKey
                if let start { #expect(Set(start.keys) == ["g", "n", "pk", "sk"]) }
            } while start != nil
            #expect(Set(seen).count == 5 && seen.count == 5)
        }
    }

    @Test("costs by what was read, and tells an index's part")
    func capacity() async throws {
        let store = try await Self.store()
        for number in 1...3 {
            try await store.put([
                "pk": .s("p"), "sk": .s("\(number)"), "g": .s("x"), "n": .n(number), "v": .s(String(repeating: "x", count: 3000)),
            ])
        }
        let page = try Self.query(store, "pk = :p", [":p": .s("p")]) { $0.returnConsumedCapacity = .total }
        // 3 times 3,015 bytes or so are 9 KB: three steps of 4 KB, at half a unit.
        #expect(page.consumedCapacity == ConsumedCapacity(tableName: "tab", capacityUnits: 1.5))
        let ofIndex = try Self.query(store, "g = :g", [":g": .s("x")]) {
            $0.indexName = "all"
            $0.returnConsumedCapacity = .indexes
        }
        #expect(ofIndex.consumedCapacity?.globalSecondaryIndexes == ["all": 1.5])
        #expect(ofIndex.consumedCapacity?.table == 0)
    }

    struct Refusal: Sendable {
        var change: @Sendable (inout QueryInput) -> Void
        var message: String
    }

    /// Texts: the service's, as recorded by the tests of dynalite and moto, which were made against it.
    static let refusals: [Refusal] = [
        Refusal(change: { $0.indexName = "none" }, message: "The table does not have the specified index: none"),
        Refusal(
            change: {
                $0.indexName = "all"; $0.consistentRead = true
            },
            message: "Consistent reads are not supported on global secondary indexes"),
        Refusal(
            change: {
                $0.keyConditionExpression = nil; $0.expressionAttributeValues = nil
            },
            message: "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."),
        Refusal(
            change: { $0.keyConditionExpression = "sk = :p" }, message: "Query condition missed key schema element: pk"),
        Refusal(change: { $0.keyConditionExpression = "pk > :p" }, message: "Query key condition not supported"),
        Refusal(
            change: { $0.filterExpression = "sk = :p" },
            message: "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk"),
        Refusal(
            change: { $0.limit = 0 },
            message: "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value "
                + "greater than or equal to 1"),
        Refusal(
            change: { $0.exclusiveStartKey = ["pk": .s("p")] }, message: "The provided starting key is invalid"),
        Refusal(
            change: { $0.exclusiveStartKey = ["pk": .s("p"), "sk": .n(1)] },
            message: "The provided key element does not match the schema"),
        Refusal(
            change: {
                $0.indexName = "all"
                $0.keyConditionExpression = "g = :p"
                $0.exclusiveStartKey = ["pk": .n(1), "sk": .s("s"), "g": .s("p"), "n": .n(1)]
            },
            message: "The provided starting key is invalid: The provided key element does not match the schema"),
        Refusal(
            change: {
                $0.keyConditionExpression = "sk = :p"
                $0.exclusiveStartKey = ["pk": .s("p"), "sk": .n(1)]
            }, message: "Query condition missed key schema element: pk"),
        Refusal(
            change: {
                $0.keyConditionExpression = "pk = :p AND sk < :s"
                $0.expressionAttributeValues = [":p": .s("p"), ":s": .s("5")]
                $0.exclusiveStartKey = key("other", "1")
            }, message: "The query can return at most one row and cannot be restarted"),
        Refusal(
            change: {
                $0.indexName = "some"
                $0.keyConditionExpression = "g = :p"
                $0.filterExpression = "w = :p"
            },
            message: "One or more parameter values were invalid: Secondary index some does not project one or more filter "
                + "attributes: [w]"),
        Refusal(
            change: {
                $0.indexName = "all"
                $0.keyConditionExpression = "g = :e"
                $0.expressionAttributeValues = [":e": .s("")]
            },
            message: "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty string value. IndexName: all, IndexKey: g"),
        Refusal(
            change: { $0.filterExpression = "n.x = :p" },
            message: "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: n"),
        Refusal(
            change: { $0.keyConditionExpression = "pk = :p AND attribute_exists(sk)" },
            message: "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: attribute_exists"),
        Refusal(
            change: { $0.exclusiveStartKey = key("other", "1") },
            message: "The provided starting key is outside query boundaries based on provided conditions"),
        Refusal(
            change: {
                $0.keyConditionExpression = "pk = :p AND sk > :s"
                $0.expressionAttributeValues = [":p": .s("p"), ":s": .s("5")]
                $0.exclusiveStartKey = key("p", "1")
            },
            message: "The provided starting key does not match the range key predicate"),
        Refusal(
            change: {
                $0.indexName = "some"
                $0.keyConditionExpression = "g = :p"
                $0.projectionExpression = "w"
            },
            message: "One or more parameter values were invalid: Global secondary index some does not project [w]"),
        Refusal(
            change: {
                $0.indexName = "some"
                $0.keyConditionExpression = "g = :p"
                $0.select = .allAttributes
            },
            message: "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
                + "secondary index some because its projection type is not ALL"),
        Refusal(
            change: { $0.select = .specificAttributes },
            message:
                "1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
        ),
    ]

    @Test("refuses what it cannot answer", arguments: refusals.indices)
    func refuses(number: Int) async throws {
        let store = try await Self.store()
        let refusal = Self.refusals[number]
        let error = await failure { () throws(StoreError) in
            try Self.query(store, "pk = :p", [":p": .s("p")], refusal.change)
        }
        #expect(error == .validation(refusal.message))
    }
}
