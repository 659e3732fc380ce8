import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("The number of a table's items")
struct ItemCountTests {
    private static let index = GlobalSecondaryIndex(
        indexName: "by-v", keySchema: [KeySchemaElement(attributeName: "v", keyType: .hash)],
        projection: Projection(projectionType: .keysOnly))
    private static let attributes = [AttributeDefinition(attributeName: "v", attributeType: .string)]

    /// Table and index, each as items and bytes.
    private static func counts(_ store: TestStore) throws -> [[Int?]] {
        let table = try store.engine.describeTable(DescribeTableInput(tableName: "tab")).table
        let index = table.globalSecondaryIndexes?.first
        return [[table.itemCount, table.tableSizeBytes], [index?.itemCount, index?.indexSizeBytes]]
    }

    @Test("follows puts, replacements, deletes and what never happened, in the table and its indexes")
    func follows() async throws {
        let store = try await TestStore.withTable(indexes: [Self.index], attributes: Self.attributes)
        #expect(try Self.counts(store) == [[0, 0], [0, 0]])
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .s("x"), "more": .s("1234")])
        try await store.put(["pk": .s("a"), "sk": .s("2")])
        // By the documented rule: the names' and the texts' bytes.
        #expect(try Self.counts(store) == [[2, 16 + 6], [1, 8]])
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .s("xyz")])
        #expect(try Self.counts(store) == [[2, 10 + 6], [1, 10]])
        _ = await failure { () async throws(StoreError) in
            _ = try await store.engine.putItem(
                PutItemInput(tableName: "tab", item: key("a", "3"), conditionExpression: "attribute_exists(pk)"))
        }
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("a", "1")))
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("a", "9")))
        #expect(try Self.counts(store) == [[1, 6], [0, 0]])
    }
}
