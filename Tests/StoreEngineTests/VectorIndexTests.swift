import EmulatorClock
import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("Vector indexes")
struct VectorIndexTests {
    static func index(
        _ name: String = "vix", _ function: VectorDistanceFunction = .cosine, dimensions: Int = 2,
        schema: [SearchSchemaElement]? = nil, _ projection: Projection = Projection(projectionType: .all)
    ) -> VectorIndex {
        VectorIndex(
            indexName: name, vectorAttribute: "v", searchSchema: schema, projection: projection, dimensions: dimensions,
            distanceFunction: function)
    }

    static let schema = [
        SearchSchemaElement(attributeName: "t", elementType: .hash),
        SearchSchemaElement(attributeName: "f", elementType: .inlineFilter),
    ]
    static let definitions = [
        AttributeDefinition(attributeName: "t", attributeType: .string),
        AttributeDefinition(attributeName: "f", attributeType: .number),
    ]

    static func store(
        _ indexes: [VectorIndex] = [index()], _ attributes: [AttributeDefinition] = [],
        in location: StoreEngine.Location = .inMemory
    ) async throws -> TestStore {
        let store = try TestStore(location)
        try await make(indexes, attributes, in: store)
        return store
    }

    static func make(
        _ indexes: [VectorIndex]?, _ attributes: [AttributeDefinition] = [], in store: TestStore
    ) async throws {
        _ = try await store.engine.createTable(
            CreateTableInput(
                tableName: "tab",
                attributeDefinitions: [AttributeDefinition(attributeName: "pk", attributeType: .string)] + attributes,
                keySchema: [KeySchemaElement(attributeName: "pk", keyType: .hash)], billingMode: .payPerRequest,
                vectorIndexes: indexes))
    }

    static func vector(_ numbers: Double...) -> AttributeValue { .list(numbers.map { .number("\($0)") }) }

    static func search(
        _ store: TestStore, _ numbers: [Double] = [1, 0], _ name: String = "vix", table: String = "tab", top: Int = 100,
        condition: String? = nil, values: AttributeMap? = nil
    ) throws(StoreError) -> [SearchVectorsOutput.Result] {
        try store.engine.searchVectors(
            SearchVectorsInput(
                tableName: table, indexName: name, searchVector: numbers.map { .number("\($0)") }, topK: top,
                searchConditionExpression: condition, expressionAttributeValues: values)
        ).results
    }

    static func found(
        _ store: TestStore, _ name: String = "vix", table: String = "tab", condition: String? = nil,
        values: AttributeMap? = nil
    ) throws -> [String] {
        try search(store, [1, 0], name, table: table, condition: condition, values: values).map { result in
            guard case .string(let text)? = try result.item.attributes()["pk"] else { return "" }
            return text
        }
    }

    static func described(_ store: TestStore) throws -> TableDescription {
        try store.engine.describeTable(DescribeTableInput(tableName: "tab")).table
    }

    @Test("score by their distance function, whatever the number of dimensions", arguments: [1, 2, 7, 8, 9, 16, 31, 100])
    func scores(dimensions: Int) async throws {
        var randomness = SystemRandomNumberGenerator()
        let indexes = VectorDistanceFunction.allCases.map { Self.index($0.rawValue, $0, dimensions: dimensions) }
        let store = try await Self.store(indexes)
        func drawn() -> [Float] { (0..<dimensions).map { _ in Float.random(in: -1...1, using: &randomness) } }
        let vectors = (0..<20).map { _ in drawn() }
        let query = drawn()
        for (number, vector) in vectors.enumerated() {
            try await store.put(["pk": .s("p\(number)"), "v": .list(vector.map { .number("\($0)") })])
        }
        for function in VectorDistanceFunction.allCases {
            let results = try Self.search(store, query.map(Double.init), function.rawValue)
            let expected = vectors.map { Self.score(function, query, $0) }.sorted()
            let order = function == .dotProduct ? expected.reversed() : expected
            #expect(results.count == 20)
            for (result, score) in zip(results, order) { #expect(abs(result.score - score) < 1e-5, "\(query) \(function)") }
        }
    }

    /// The definition, in the plainest words.
    private static func score(_ function: VectorDistanceFunction, _ left: [Float], _ right: [Float]) -> Double {
        let pairs = zip(left, right).map { (Double($0), Double($1)) }
        let dot = pairs.reduce(0) { $0 + $1.0 * $1.1 }
        switch function {
        case .dotProduct: return dot
        case .euclidean: return pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        case .cosine:
            let lengths = pairs.reduce((0, 0)) { ($0.0 + $1.0 * $1.0, $0.1 + $1.1 * $1.1) }
            return 1 - dot / (lengths.0.squareRoot() * lengths.1.squareRoot())
        }
    }

    @Test("score an item with the search's own vector 0, to the bit")
    func same() async throws {
        let store = try await Self.store([Self.index("cos"), Self.index("far", .euclidean)])
        for (number, vector) in [(0.1, 0.7), (0.3, 1e-20), (1e20, 3), (1e-23, 0)].enumerated() {
            try await store.put(["pk": .s("p\(number)"), "v": Self.vector(vector.0, vector.1)])
            for name in ["cos", "far"] {
                #expect(try Self.search(store, [vector.0, vector.1], name).contains { $0.score == 0 })
            }
        }
    }

    @Test(
        "are kept in the transaction of the item, and told by the checker when they are not",
        arguments: [
            ("", ""),
            ("DELETE FROM v_1_0 WHERE rowid = 1", "the index vix has no entry for it"),
            ("UPDATE v_1_0 SET vector = zeroblob(8) WHERE rowid = 2", "its entry in the index vix has other contents"),
            ("UPDATE v_1_1 SET f0 = NULL WHERE rowid = 3", "its entry in the index parts has other contents"),
            ("UPDATE v_1_1 SET p = x'00' WHERE rowid = 5", "has an entry for it under a key that it has not"),
            ("UPDATE item_counts SET items = 1 WHERE sql_table = 'v_1_1'", "are counted"),
            ("CREATE TABLE v_9_9 (id)", "belongs to no table"),
            ("DROP TABLE v_1_1", "its SQL table v_1_1 is missing"),
        ])
    func checked(sql: String, problem: String) async throws {
        let keys = Self.index("parts", schema: Self.schema, Projection(projectionType: .keysOnly))
        let store = try await Self.store([Self.index(), keys], Self.definitions)
        for number in 0..<12 {
            try await store.put([
                "pk": .s("p\(number)"), "v": Self.vector(Double(number), 1), "t": .s("t\(number % 3)"), "f": .n(number % 2),
            ])
        }
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: ["pk": .s("p3")]))
        if !sql.isEmpty { try await store.runSQL(sql) }
        let report = try store.engine.check()
        let problems = report.problems.map(\.description)
        if sql.isEmpty {
            #expect(problems == [])
            #expect(report.indexEntries == 22)
        } else {
            #expect(problems.contains { $0.contains(problem) }, "\(problems)")
        }
    }

    @Test("that are added take what is there, by batches, and refuse searches until they are full")
    func backfill() async throws {
        let store = try TestStore()
        try await Self.make(nil, in: store)
        for start in stride(from: 0, to: 1200, by: 25) {
            let writes = (start..<start + 25).map { number in
                WriteRequest.put(item: [
                    "pk": .s("p\(number)"), "v": number % 3 == 0 ? .s("none") : Self.vector(1, Double(number)),
                ])
            }
            _ = try await store.engine.batchWriteItem(BatchWriteItemInput(requestItems: ["tab": writes]))
        }
        let update = UpdateTableInput(tableName: "tab", vectorIndexUpdates: [.init(create: Self.index())])
        let answer = try await store.engine.updateTable(update).tableDescription
        #expect(answer.vectorIndexes?.first?.indexStatus == .creating)
        #expect(answer.vectorIndexes?.first?.backfilling == false)
        while try Self.described(store).vectorIndexes?.first?.indexStatus == .creating {
            let refused = await failure { () throws(StoreError) in try Self.search(store) }
            #expect(refused == nil || refused?.code == "ValidationException")
            await Task.yield()
        }
        #expect(try Self.described(store).vectorIndexes?.first?.backfilling == nil)
        #expect(try Self.described(store).vectorIndexes?.first?.itemCount == 800)
        #expect(try Self.search(store).count == 100)
        #expect(try store.engine.check().problems == [])
        _ = try await store.engine.updateTable(
            UpdateTableInput(tableName: "tab", vectorIndexUpdates: [.init(delete: "vix")]))
        #expect(try Self.described(store).vectorIndexes == nil)
        #expect(try store.engine.check().problems == [])
    }

    @Test("agree with a plain search after any number of random changes")
    func randomChanges() async throws {
        let seed = UInt64.random(in: .min ... .max)
        var randomness = RandomOperationsTests.Generator(state: seed)
        let store = try await Self.store([Self.index("plain"), Self.index("parts", schema: Self.schema)], Self.definitions)
        var items: [String: AttributeMap] = [:]
        for _ in 0..<300 {
            let pk = "p\(Int.random(in: 0..<12, using: &randomness))"
            var item: AttributeMap = ["pk": .s(pk)]
            if Bool.random(using: &randomness) { item["t"] = .s("t\(Int.random(in: 0..<3, using: &randomness))") }
            if Bool.random(using: &randomness) { item["f"] = .n(Int.random(in: 0..<2, using: &randomness)) }
            if Int.random(in: 0..<4, using: &randomness) > 0 {
                item["v"] = Self.vector(Double(Int.random(in: -3...3, using: &randomness)), 1)
            }
            if Int.random(in: 0..<5, using: &randomness) == 0 {
                _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: ["pk": .s(pk)]))
                items[pk] = nil
            } else {
                try await store.put(item)
                items[pk] = item
            }
            let with = items.filter { $0.value["v"] != nil }
            let found = try Self.found(store, "plain")
            #expect(Set(found) == Set(with.keys), "seed \(seed)")
            let part = try Self.found(
                store, "parts", condition: "t = :t AND f = :f", values: [":t": .s("t1"), ":f": .number("1.0")])
            #expect(Set(part) == Set(with.filter { $0.value["t"] == .s("t1") && $0.value["f"] == .n(1) }.keys), "seed \(seed)")
        }
        #expect(try store.engine.check().problems == [], "seed \(seed)")
    }

    @Test("come back with a snapshot of the moment and with a backup")
    func copies() async throws {
        let directory = try TemporaryDirectory()
        do {
            let store = try await Self.store(in: .directory(directory.url))
            try await store.put(["pk": .s("a"), "v": Self.vector(1, 0)])
            let backup = try await store.engine.createBackup(CreateBackupInput(tableName: "tab", backupName: "one"))
            try await store.put(["pk": .s("b"), "v": Self.vector(1, 0)])
            _ = try await BackupTests.restore(store, backup.backupArn)
            #expect(try Self.found(store, table: "again") == ["a"])
            #expect(try store.engine.describeBackup(backup.backupArn).vectorIndexes == [Self.index()])
            _ = try await BackupTests.restore(store, backup.backupArn, "without", RestoreOverrides(vectorIndexes: []))
            #expect(try BackupTests.describe(store, "without").vectorIndexes == nil)
            store.engine.close()
        }
        let again = try TestStore(.directory(directory.url))
        #expect(try Self.found(again).sorted() == ["a", "b"])
        #expect(try again.engine.check().problems == [])
    }
}
