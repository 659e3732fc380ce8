import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("SELECT statements on indexes")
struct IndexStatementTests {
    /// A table with a global index `whole` by `g`, `part` by `h` with `p`, `keys` by `h`, and a local one `near` by `l`.
    private func store() async throws -> TestStore {
        let store = try TestStore()
        func schema(_ hash: String, _ range: String? = nil) -> [KeySchemaElement] {
            [KeySchemaElement(attributeName: hash, keyType: .hash)]
                + (range.map { [KeySchemaElement(attributeName: $0, keyType: .range)] } ?? [])
        }
        func global(_ name: String, _ hashes: [String], _ projection: Projection) -> GlobalSecondaryIndex {
            GlobalSecondaryIndex(
                indexName: name, keySchema: hashes.map { KeySchemaElement(attributeName: $0, keyType: .hash) },
                projection: projection)
        }
        _ = try await store.engine.createTable(
            CreateTableInput(
                tableName: "tab",
                attributeDefinitions: ["pk", "sk", "g", "h", "l"].map {
                    AttributeDefinition(attributeName: $0, attributeType: .string)
                },
                keySchema: schema("pk", "sk"),
                globalSecondaryIndexes: [
                    global("whole", ["g"], Projection(projectionType: .all)),
                    global("part", ["h"], Projection(projectionType: .include, nonKeyAttributes: ["p"])),
                    global("keys", ["h"], Projection(projectionType: .keysOnly)),
                    global("pair", ["g", "h"], Projection(projectionType: .all)),
                ],
                localSecondaryIndexes: [
                    LocalSecondaryIndex(
                        indexName: "near", keySchema: schema("pk", "l"), projection: Projection(projectionType: .keysOnly))
                ], billingMode: .payPerRequest))
        for number in 1...3 {
            try await store.put(
                key("a", "\(number)").merging([
                    "g": .s("x"), "h": .s("y"), "l": .s("l\(number)"), "p": .s("p\(number)"), "q": .s("q\(number)"),
                ]) { $1 })
        }
        try await store.put(key("a", "9").merging(["q": .s("q9")]) { $1 })
        return store
    }

    @Test("an index answers what it has")
    func projection() async throws {
        let store = try await store()
        #expect(try await store.sortKeys(#"SELECT * FROM "tab"."whole" WHERE g = 'x'"#).sorted() == ["1", "2", "3"])
        #expect(try await store.sortKeys(#"SELECT * FROM tab.whole WHERE pk = 'a'"#).count == 3)
        for (index, names) in [("part", ["h", "p", "pk", "sk"]), ("keys", ["h", "pk", "sk"])] {
            let rows = try await store.rows("SELECT * FROM tab.\(index) WHERE h = 'y'")
            #expect(rows.map { $0.keys.sorted() } == Array(repeating: names, count: 3))
        }
        let rows = try await store.rows("SELECT * FROM tab.near WHERE pk = 'a'")
        #expect(rows.map { $0.keys.sorted() } == Array(repeating: ["l", "pk", "sk"], count: 3))
    }

    @Test("a local index goes on to the table for a column, a global one refuses it")
    func columns() async throws {
        let store = try await store()
        #expect(try await store.rows("SELECT q FROM tab.near WHERE pk = 'a' AND l = 'l2'") == [["q": .s("q2")]])
        let capacity = try await store.run("SELECT q FROM tab.near WHERE pk = 'a'", capacity: .indexes).consumedCapacity
        #expect(capacity?.table == 1.5)
        #expect(capacity?.localSecondaryIndexes == ["near": 0.5])
        for condition in ["", " WHERE h = 'y'"] {
            #expect(
                await store.refusal("SELECT q, l, pk FROM tab.part\(condition)")
                    == "One or more parameter values were invalid: Global secondary index part does not project [q, l]")
        }
    }

    @Test("a query of an index filters what the index has, a scan finds it missing")
    func filters() async throws {
        let store = try await store()
        func refused(_ index: String, _ names: String) -> String {
            "One or more parameter values were invalid: Secondary index \(index) does not project one or more filter attributes: "
                + "[\(names)]"
        }
        #expect(await store.refusal("SELECT pk FROM tab.part WHERE h = 'y' AND q = 'q1'") == refused("part", "q"))
        #expect(await store.refusal("SELECT pk FROM tab.near WHERE pk = 'a' AND q = 'q1'") == refused("near", "q"))
        #expect(await store.refusal("SELECT pk FROM tab.part WHERE h IN ['y', 'z'] AND NOT q = 'q1'") == refused("part", "q"))
        #expect(
            await store.refusal("SELECT pk FROM tab.part WHERE h = 'y' AND (zz = '1' OR aa = '2' OR mm = '3')")
                == refused("part", "zz, aa, mm"))
        #expect(await store.refusal("SELECT pk FROM tab.part WHERE h = 'y' AND b = '1' AND a = '2'") == refused("part", "a, b"))
        #expect(try await store.rows("SELECT pk FROM tab.part WHERE q = 'q1'").isEmpty)
        #expect(try await store.rows("SELECT pk FROM tab.keys WHERE NOT q = 'q1'").count == 3)
        #expect(try await store.rows("SELECT pk FROM tab.part WHERE (h = 'y' AND q = 'q1') OR h = 'z'").isEmpty)
        #expect(try await store.rows("SELECT pk FROM tab.part WHERE h = 'y' AND p = 'p1'").count == 1)
    }

    @Test("what an index cannot be asked")
    func refusals() async throws {
        let store = try await store()
        #expect(await store.refusal("SELECT * FROM tab.none WHERE pk = 'a'") == "The table does not have the specified index")
        let error = await failure { () throws(StoreError) in
            try await store.run("SELECT * FROM tab.whole WHERE g = 'x'", consistent: true)
        }
        #expect(error?.message == "Strongly consistent read is not supported on Global Secondary Indexes")
        #expect(try await store.run("SELECT * FROM tab.near WHERE pk = 'a'", consistent: true).items.count == 3)
        let token = try await store.run("SELECT pk FROM tab.part WHERE h = 'y'", limit: 1).nextToken
        let other = await failure { () throws(StoreError) in
            try await store.run("SELECT pk FROM tab.keys WHERE h = 'y'", after: token)
        }
        #expect(other?.message == "NextToken does not match request")
    }

    @Test("an index with a key of several attributes is not read, whatever else is wrong")
    func severalAttributes() async throws {
        let store = try await store()
        let text = "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys."
        for rest in ["", " WHERE g = 'x'", " WHERE g = 5", " WHERE pk = 'a' ORDER BY sk"] {
            #expect(await store.refusal("SELECT * FROM tab.pair\(rest)") == text)
        }
        #expect(await store.refusal("SELECT COUNT(*) FROM tab.pair") == text)
        let batch = try await store.batch([
            "SELECT * FROM tab.pair WHERE g = 'x' AND h = 'y'", "SELECT * FROM tab WHERE pk = 'a' AND sk = '1'",
        ])
        #expect(batch.responses[0].error?.message == text)
        #expect(batch.responses[1].item != nil)
    }

    @Test("pages of an index are whole")
    func pages() async throws {
        let store = try await store()
        for statement in ["SELECT sk FROM tab.whole WHERE g = 'x'", "SELECT sk FROM tab.keys", "SELECT q, sk FROM tab.near"] {
            var keys: [AttributeValue] = []
            var token: String?
            repeat {
                let page = try await store.run(statement, limit: 1, after: token)
                keys += try page.items.compactMap { try $0.attributes()["sk"] }
                token = page.nextToken
            } while token != nil
            #expect(Set(keys) == [.s("1"), .s("2"), .s("3")] && keys.count == 3)
        }
    }
}
