import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Local secondary indexes")
struct LocalIndexTests {
    /// A table `tab` with the local indexes `all`, `keys` and `some` (with `v`), all sorted by `l` (N), and the global index
    /// `gsi` by `g` with keys only.
    static func store() async throws -> TestStore {
        func local(_ name: String, _ projection: Projection) -> LocalSecondaryIndex {
            LocalSecondaryIndex(
                indexName: name,
                keySchema: [
                    KeySchemaElement(attributeName: "pk", keyType: .hash), KeySchemaElement(attributeName: "l", keyType: .range),
                ], projection: projection)
        }
        let store = try TestStore()
        let attributes: [(String, ScalarAttributeType)] = [("pk", .string), ("sk", .string), ("l", .number), ("g", .string)]
        _ = try await store.engine.createTable(
            CreateTableInput(
                tableName: "tab",
                attributeDefinitions: attributes.map { AttributeDefinition(attributeName: $0.0, attributeType: $0.1) },
                keySchema: [
                    KeySchemaElement(attributeName: "pk", keyType: .hash),
                    KeySchemaElement(attributeName: "sk", keyType: .range),
                ],
                globalSecondaryIndexes: [
                    GlobalSecondaryIndex(
                        indexName: "gsi", keySchema: [KeySchemaElement(attributeName: "g", keyType: .hash)],
                        projection: Projection(projectionType: .keysOnly))
                ],
                localSecondaryIndexes: [
                    local("all", Projection(projectionType: .all)), local("keys", Projection(projectionType: .keysOnly)),
                    local("some", Projection(projectionType: .include, nonKeyAttributes: ["v"])),
                ], billingMode: .payPerRequest))
        return store
    }

    static func query(
        _ store: TestStore, _ index: String, _ change: (inout QueryInput) -> Void = { _ in }
    ) throws(StoreError) -> QueryOutput {
        var input = QueryInput(
            tableName: "tab", indexName: index, keyConditionExpression: "pk = :p",
            expressionAttributeValues: [":p": .s("p")])
        change(&input)
        return try store.engine.query(input)
    }

    static func texts(_ output: QueryOutput) -> [String]? { output.items?.map(\.text) }

    @Test("sort a partition by another attribute, read consistently if asked, and hold only items that have it")
    func sorts() async throws {
        let store = try await Self.store()
        try await store.put(["pk": .s("p"), "sk": .s("a"), "l": .n(10)])
        try await store.put(["pk": .s("p"), "sk": .s("b"), "l": .n(9)])
        try await store.put(["pk": .s("p"), "sk": .s("c")])
        try await store.put(["pk": .s("q"), "sk": .s("d"), "l": .n(1)])
        let output = try Self.query(store, "all") { $0.consistentRead = true }
        #expect(try QueryTests.sortKeys(output) == ["b", "a"])
        let reversed = try Self.query(store, "all") {
            $0.keyConditionExpression = "pk = :p AND l > :l"
            $0.expressionAttributeValues = [":p": .s("p"), ":l": .n(1)]
            $0.scanIndexForward = false
        }
        #expect(try QueryTests.sortKeys(reversed) == ["a", "b"])
        #expect(try store.engine.scan(ScanInput(tableName: "tab", indexName: "keys", consistentRead: true)).count == 3)
    }

    @Test("give what they project, and the table's other attributes when asked for")
    func projections() async throws {
        let store = try await Self.store()
        try await store.put(["pk": .s("p"), "sk": .s("a"), "l": .n(1), "v": .s("v"), "w": .s("w")])
        let keys = #""l":{"N":"1"},"pk":{"S":"p"},"sk":{"S":"a"}"#
        #expect(try Self.texts(Self.query(store, "keys")) == ["{\(keys)}"])
        #expect(try Self.texts(Self.query(store, "some")) == [#"{\#(keys),"v":{"S":"v"}}"#])
        #expect(
            try Self.texts(Self.query(store, "some") { $0.select = .allProjectedAttributes })
                == [#"{\#(keys),"v":{"S":"v"}}"#])
        #expect(
            try Self.texts(Self.query(store, "keys") { $0.select = .allAttributes })
                == [#"{\#(keys),"v":{"S":"v"},"w":{"S":"w"}}"#])
        #expect(
            try Self.texts(Self.query(store, "keys") { $0.projectionExpression = "w, sk" }) == [
                #"{"sk":{"S":"a"},"w":{"S":"w"}}"#
            ])
        let scanned = try store.engine.scan(ScanInput(tableName: "tab", indexName: "keys", projectionExpression: "w"))
        #expect(scanned.items?.map(\.text) == [#"{"w":{"S":"w"}}"#])
    }

    @Test("cost their entries together, and each item that the table was read for")
    func capacity() async throws {
        let store = try await Self.store()
        let text = String(repeating: "x", count: 5000)
        for number in 1...3 { try await store.put(["pk": .s("p"), "sk": .s("\(number)"), "l": .n(number), "w": .s(text)]) }
        func cost(_ change: (inout QueryInput) -> Void) throws -> ConsumedCapacity? {
            try Self.query(store, "keys") {
                $0.returnConsumedCapacity = .indexes
                change(&$0)
            }.consumedCapacity
        }
        let plain = try cost { _ in }
        #expect(plain?.table == 0 && plain?.localSecondaryIndexes == ["keys": 0.5] && plain?.globalSecondaryIndexes == nil)
        #expect(plain?.capacityUnits == 0.5)
        // Two steps of 4 KB for each item of 5 KB, in halves.
        let all = try cost { $0.select = .allAttributes }
        #expect(all?.table == 3 && all?.localSecondaryIndexes == ["keys": 0.5] && all?.capacityUnits == 3.5)
        let one = try cost {
            $0.projectionExpression = "w"
            $0.limit = 1
            $0.consistentRead = true
        }
        #expect(one?.table == 2 && one?.localSecondaryIndexes == ["keys": 1])
        let counted = try cost { $0.select = .count }
        #expect(counted?.table == 0)
    }

    @Test("page through equal sort keys with the table's key, in both directions")
    func pages() async throws {
        let store = try await Self.store()
        for number in 1...5 { try await store.put(["pk": .s("p"), "sk": .s("\(number)"), "l": .n(7)]) }
        for forward in [true, false] {
            var seen: [String] = []
            var start: AttributeMap?
            repeat {
                let page = try Self.query(store, "keys") {
                    $0.limit = 2
                    $0.scanIndexForward = forward
                    $0.exclusiveStartKey = start
                }
                seen += try QueryTests.sortKeys(page)
                start = page.lastEvaluatedKey
                if let start { #expect(Set(start.keys) == ["pk", "sk", "l"]) }
            } while start != nil
            #expect(seen.sorted() == ["1", "2", "3", "4", "5"])
        }
    }

    @Test("a page of whole items ends at 1 MB of them, however small the entries are")
    func megabyte() async throws {
        let store = try await Self.store()
        let text = String(repeating: "x", count: 300_000)
        for number in 1...5 { try await store.put(["pk": .s("p"), "sk": .s("\(number)"), "l": .n(number), "w": .s(text)]) }
        #expect(try Self.query(store, "keys").count == 5)
        let page = try Self.query(store, "keys") { $0.select = .allAttributes }
        #expect(page.count == 4 && page.lastEvaluatedKey?["sk"] == .s("4"))
    }

    @Test("a write costs each index what it changes there")
    func writes() async throws {
        let store = try await Self.store()
        func put(_ item: AttributeMap) async throws -> ConsumedCapacity? {
            try await store.engine.putItem(PutItemInput(tableName: "tab", item: item, returnConsumedCapacity: .indexes))
                .consumedCapacity
        }
        let item: AttributeMap = ["pk": .s("p"), "sk": .s("a"), "l": .n(1), "g": .s("g"), "v": .s("v")]
        let first = try await put(item)
        #expect(first?.capacityUnits == 5 && first?.table == 1 && first?.globalSecondaryIndexes == ["gsi": 1])
        #expect(first?.localSecondaryIndexes == ["all": 1, "keys": 1, "some": 1])
        let same = try await put(item)
        #expect(same?.capacityUnits == 1 && same?.localSecondaryIndexes == nil && same?.globalSecondaryIndexes == nil)
        // Another sort key: its entry is deleted and put; an attribute that only some project changes those.
        let moved = try await put(item.merging(["l": .n(2)]) { $1 })
        #expect(moved?.localSecondaryIndexes == ["all": 2, "keys": 2, "some": 2] && moved?.globalSecondaryIndexes == nil)
        let other = try await put(item.merging(["l": .n(2), "v": .s("w")]) { $1 })
        #expect(other?.localSecondaryIndexes == ["all": 1, "some": 1])
        let without = try await put(["pk": .s("p"), "sk": .s("a")])
        #expect(without?.capacityUnits == 5)
    }

    @Test("writes tell the item collection's size, with SIZE and a local index only")
    func collectionMetrics() async throws {
        let store = try await Self.store()
        let metrics = ItemCollectionMetrics(itemCollectionKey: ["pk": .s("p")], sizeEstimateRangeGB: 0...1)
        let put = PutItemInput(tableName: "tab", item: key("p", "a"), returnItemCollectionMetrics: .size)
        #expect(try await store.engine.putItem(put).itemCollectionMetrics == metrics)
        let delete = DeleteItemInput(tableName: "tab", key: key("p", "a"), returnItemCollectionMetrics: .size)
        #expect(try await store.engine.deleteItem(delete).itemCollectionMetrics == metrics)
        let update = UpdateItemInput(tableName: "tab", key: key("p", "a"), returnItemCollectionMetrics: .size)
        #expect(try await store.engine.updateItem(update).itemCollectionMetrics == metrics)
        let batch = BatchWriteItemInput(
            requestItems: ["tab": [.put(item: key("p", "b")), .delete(key: key("p", "a")), .put(item: key("q", "b"))]],
            returnItemCollectionMetrics: .size)
        #expect(
            try await store.engine.batchWriteItem(batch).itemCollectionMetrics?["tab"]?.map(\.itemCollectionKey)
                == [["pk": .s("p")], ["pk": .s("q")]])
        #expect(try await store.engine.putItem(PutItemInput(tableName: "tab", item: key("p", "a"))).itemCollectionMetrics == nil)
        try await store.makeTable("plain")
        let plain = PutItemInput(tableName: "plain", item: key("p", "a"), returnItemCollectionMetrics: .size)
        #expect(try await store.engine.putItem(plain).itemCollectionMetrics == nil)
    }

    @Test("do not filter by what they do not project")
    func filters() async throws {
        let store = try await Self.store()
        try await store.put(["pk": .s("p"), "sk": .s("a"), "l": .n(1), "w": .s("w")])
        let error = await failure { () throws(StoreError) in
            try Self.query(store, "keys") {
                $0.filterExpression = "w = :p"
                $0.select = .allAttributes
            }
        }
        #expect(
            error?.message == "One or more parameter values were invalid: Secondary index keys does not project one or more "
                + "filter attributes: [w]")
        // A scan reads on, and finds the attribute missing.
        let scanned = try store.engine.scan(
            ScanInput(tableName: "tab", indexName: "keys", filterExpression: "attribute_not_exists(w)"))
        #expect(scanned.count == 1)
    }
}
