import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("A file of the first version")
struct PartitionHashMigrationTests {
    /// As the first version wrote it.
    private static let definition = """
        {"name":"tab","tableID":"6f8a1c5e-0d0e-4d4b-8f0a-5b6f3c9f1a11","createdSeconds":1700000000,
        "attributeDefinitions":[{"attributeName":"pk","attributeType":"S"},{"attributeName":"sk","attributeType":"S"},
        {"attributeName":"g","attributeType":"S"}],
        "keySchema":[{"attributeName":"pk","keyType":"HASH"},{"attributeName":"sk","keyType":"RANGE"}],
        "globalSecondaryIndexes":[{"indexName":"gsi","keySchema":[{"attributeName":"g","keyType":"HASH"}],
        "projection":{"projectionType":"KEYS_ONLY"}}],
        "billingMode":"PAY_PER_REQUEST","deletionProtectionEnabled":false,"timeToLiveAttribute":"until"}
        """

    /// A file with 50 items in seven partitions, keyed by their plain bytes.
    private static func make(in directory: TemporaryDirectory) throws {
        let database = try SQLiteDatabase(.file(directory.url.appendingPathComponent("store.sqlite3").path))
        try Schema.prepare(database, migrations: [Schema.migrations[0]])
        try database.run(
            "INSERT INTO tables (name, definition) VALUES ('tab', ?)", .blob(Array(definition.utf8)))
        for text in [
            "CREATE TABLE t_1 (h BLOB NOT NULL, r BLOB NOT NULL, size INTEGER NOT NULL, item BLOB NOT NULL, PRIMARY KEY (h, r)) "
                + "WITHOUT ROWID",
            "CREATE TABLE i_1_0 (h BLOB NOT NULL, r BLOB NOT NULL, bh BLOB NOT NULL, br BLOB NOT NULL, size INTEGER NOT NULL, "
                + "item BLOB NOT NULL, PRIMARY KEY (h, r, bh, br)) WITHOUT ROWID",
            "CREATE TABLE x_1 (expiry INTEGER NOT NULL, h BLOB NOT NULL, r BLOB NOT NULL, PRIMARY KEY (expiry, h, r)) "
                + "WITHOUT ROWID",
        ] {
            try database.execute(text)
        }
        for number in 0..<50 {
            let (pk, sk) = ("p\(number % 7)", "\(number)")
            let until = number < 10 ? #","until":{"N":"100"}"# : ""
            let item =
                #"{"g":{"S":"g\#(number % 3)"},"pk":{"S":"\#(pk)"},"sk":{"S":"\#(sk)"}\#(until),"v":{"N":"\#(number)"}}"#
            let values: [SQLiteValue] = [
                .blob(Array(pk.utf8)), .blob(Array(sk.utf8)), .integer(20), .blob(Array(item.utf8)),
            ]
            try database.run("INSERT INTO t_1 VALUES (?, ?, ?, ?)", values)
            guard !until.isEmpty else { continue }
            try database.run("INSERT INTO x_1 VALUES (100, ?, ?)", values[0], values[1])
        }
    }

    @Test("is brought into the second's order: items, indexes, expiry, and what is written after")
    func converts() async throws {
        let directory = try TemporaryDirectory()
        try Self.make(in: directory)
        let store = try TestStore(.directory(directory.url))
        #expect(try store.get(key("p3", "10"))?["v"] == .n(10))
        let description = try store.engine.describeTable(DescribeTableInput(tableName: "tab")).table
        #expect(description.itemCount == 50 && description.tableSizeBytes == 50 * 20)
        #expect(description.globalSecondaryIndexes?.first?.itemCount == 50)
        #expect(try ScanTests.all(store, ScanInput(tableName: "tab", limit: 7)).count == 50)
        let indexed = try store.engine.query(
            QueryInput(
                tableName: "tab", indexName: "gsi", keyConditionExpression: "g = :g",
                expressionAttributeValues: [":g": .s("g1")]))
        #expect(indexed.count == 17)
        try await store.put(["pk": .s("p3"), "sk": .s("10"), "g": .s("other")])
        #expect(try store.engine.scan(ScanInput(tableName: "tab", indexName: "gsi")).count == 50)
        let partition = try store.engine.query(
            QueryInput(tableName: "tab", keyConditionExpression: "pk = :p", expressionAttributeValues: [":p": .s("p3")]))
        #expect(partition.count == 7)
        let file = directory.url.appendingPathComponent("store.sqlite3").path
        let database = try SQLiteDatabase(.file(file), access: .readOnly)
        let expiring = "SELECT count(*) FROM x_1 JOIN t_1 USING (h, r)"
        #expect(try database.first(expiring) { $0.integer(0) } == 10)
    }
}
