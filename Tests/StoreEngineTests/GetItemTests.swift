import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("GetItem")
struct GetItemTests {
    @Test("answers no item for a key that is not there")
    func missing() async throws {
        let store = try await TestStore.withTable()
        #expect(try store.engine.getItem(GetItemInput(tableName: "tab", key: key("a", "1"))).item == nil)
    }

    @Test("answers the parts that a projection names, and an empty item when it finds none")
    func projection() async throws {
        let store = try await TestStore.withTable()
        try await store.put([
            "pk": .s("a"), "sk": .s("1"), "m": .map(["x": .n(1), "y": .n(2)]), "l": .list([.n(7), .n(8), .n(9)]),
        ])
        var input = GetItemInput(
            tableName: "tab", key: key("a", "1"), projectionExpression: "#m.x, l[2]", expressionAttributeNames: ["#m": "m"])
        #expect(try store.engine.getItem(input).item?.text == #"{"l":{"L":[{"N":"9"}]},"m":{"M":{"x":{"N":"1"}}}}"#)
        input.projectionExpression = "nothing"
        input.expressionAttributeNames = nil
        #expect(try store.engine.getItem(input).item?.text == "{}")
    }

    @Test("a key must be the whole key and nothing else")
    func keys() async throws {
        let store = try await TestStore.withTable()
        for wrong in [["pk": .s("a")], ["pk": .s("a"), "sk": .n(1)], ["pk": .s("a"), "sk": .s("1"), "x": .s("x")]]
            as [AttributeMap]
        {
            let error = await failure { () throws(StoreError) in
                try store.engine.getItem(GetItemInput(tableName: "tab", key: wrong))
            }
            #expect(error == .validation("The provided key element does not match the schema"))
        }
    }

    @Test("names without an expression, and names that no expression uses, are refused")
    func names() async throws {
        let store = try await TestStore.withTable()
        var input = GetItemInput(tableName: "tab", key: key("a", "1"), expressionAttributeNames: ["#a": "a"])
        var error = await failure { () throws(StoreError) in try store.engine.getItem(input) }
        #expect(error == .validation("ExpressionAttributeNames can only be specified when using expressions"))
        input.projectionExpression = "b"
        error = await failure { () throws(StoreError) in try store.engine.getItem(input) }
        #expect(error == .validation("Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}"))
    }

    @Test("costs half a unit for each 4 KB, a whole one when consistent, and that for a missing item too")
    func capacity() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .s(String(repeating: "x", count: 4096))])
        func cost(_ sk: String, _ consistent: Bool) throws -> ConsumedCapacity? {
            try store.engine.getItem(
                GetItemInput(tableName: "tab", key: key("a", sk), consistentRead: consistent, returnConsumedCapacity: .indexes)
            ).consumedCapacity
        }
        #expect(try cost("1", false)?.capacityUnits == 1)
        #expect(try cost("1", true)?.capacityUnits == 2)
        #expect(try cost("2", false)?.capacityUnits == 0.5)
        #expect(try cost("2", true) == ConsumedCapacity(tableName: "tab", capacityUnits: 1, table: 1))
    }
}
