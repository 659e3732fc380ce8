import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("DeleteItem")
struct DeleteItemTests {
    @Test("answers the item that it deleted with ALL_OLD, and none for a key that is not there")
    func deletes() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
        let input = DeleteItemInput(tableName: "tab", key: key("a", "1"), returnValues: .allOld)
        #expect(try await store.engine.deleteItem(input).attributes?.attributes()["v"] == .n(1))
        #expect(try store.get(key("a", "1")) == nil)
        #expect(try await store.engine.deleteItem(input).attributes == nil)
    }

    @Test("a failed condition keeps the item and brings it where asked")
    func condition() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
        let error = await failure { () throws(StoreError) in
            try await store.engine.deleteItem(
                DeleteItemInput(
                    tableName: "tab", key: key("a", "1"), conditionExpression: "v > :v", expressionAttributeValues: [":v": .n(1)],
                    returnValuesOnConditionCheckFailure: .allOld))
        }
        #expect(error?.code == "ConditionalCheckFailedException")
        #expect(try error?.item?.attributes()["v"] == .n(1))
        #expect(try store.get(key("a", "1")) != nil)
    }

    @Test("takes the item out of its indexes")
    func indexes() async throws {
        let store = try await QueryTests.store()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "g": .s("x"), "n": .n(1)])
        #expect(try store.engine.scan(ScanInput(tableName: "tab", indexName: "all")).count == 1)
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("a", "1")))
        #expect(try store.engine.scan(ScanInput(tableName: "tab", indexName: "all")).count == 0)
    }

    @Test("only ALL_OLD and NONE are ReturnValues of a delete; an unused value is refused")
    func refusals() async throws {
        let store = try await TestStore.withTable()
        let mode = await failure { () throws(StoreError) in
            try await store.engine.deleteItem(
                DeleteItemInput(tableName: "tab", key: key("a", "1"), returnValues: .updatedOld))
        }
        #expect(mode == .validation("1 validation error detected: ReturnValues can only be ALL_OLD or NONE"))
        let value = await failure { () throws(StoreError) in
            try await store.engine.deleteItem(
                DeleteItemInput(
                    tableName: "tab", key: key("a", "1"), conditionExpression: "attribute_exists(pk)",
                    expressionAttributeValues: [":v": .n(1)]))
        }
        #expect(
            value
                == .validation(
                    "1 validation error detected: Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}"
                ))
    }
}
