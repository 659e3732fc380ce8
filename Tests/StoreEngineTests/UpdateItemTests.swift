import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("UpdateItem")
struct UpdateItemTests {
    static func update(
        _ store: TestStore, _ expression: String?, values: AttributeMap? = nil, condition: String? = nil,
        names: [String: String]? = nil, returns: ReturnValues = .none, key: AttributeMap = key("a", "1")
    ) async throws(StoreError) -> AttributeMap? {
        try await store.engine.updateItem(
            UpdateItemInput(
                tableName: "tab", key: key, updateExpression: expression, conditionExpression: condition,
                expressionAttributeNames: names, expressionAttributeValues: values, returnValues: returns)
        ).attributes?.attributes()
    }

    @Test("makes the item where there is none, with or without an expression")
    func upsert() async throws {
        let store = try await TestStore.withTable()
        _ = try await Self.update(store, "SET v = :v", values: [":v": .n(1)])
        #expect(try store.get(key("a", "1")) == ["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
        _ = try await Self.update(store, nil, key: key("b", "1"))
        #expect(try store.get(key("b", "1")) == key("b", "1"))
    }

    @Test("makes no item where it only takes away", arguments: ["REMOVE v", "REMOVE m.x, l[0]", "DELETE s :s"])
    func removesFromNothing(expression: String) async throws {
        let store = try await TestStore.withTable()
        let values: AttributeMap? = expression.contains(":s") ? [":s": .stringSet(["a"])] : nil
        #expect(try await Self.update(store, expression, values: values, returns: .allNew) == nil)
        #expect(try store.get(key("a", "1")) == nil)
    }

    @Test("what the request says is held to the item size limit before the condition, whatever it leaves behind")
    func statementSize() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "c": .s("x")])
        // 3 for the update, 19 and the name for SET, 39 for the function, 16 for its path.
        let room = 400 * 1024 - 3 - 20 - 39 - 16
        func update(_ bytes: Int, _ condition: String? = nil) async -> StoreError? {
            await failure { () throws(StoreError) in
                try await Self.update(
                    store, "SET c = if_not_exists(c, :v)", values: [":v": .s(String(repeating: "h", count: bytes))],
                    condition: condition)
            }
        }
        #expect(await update(room) == nil)
        let tooLarge = StoreError.validation("Item size to update has exceeded the maximum allowed size")
        #expect(await update(room + 1) == tooLarge)
        #expect(await update(room + 1, "attribute_exists(nope)") == tooLarge)
    }

    @Test("answers the item or the changed parts, before or after", arguments: ReturnValues.allCases)
    func returnValues(mode: ReturnValues) async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1), "w": .n(5)])
        let answer = try await Self.update(store, "SET v = v + :one, x = :one", values: [":one": .n(1)], returns: mode)
        let expected: AttributeMap? =
            switch mode {
            case .none: nil
            case .allOld: ["pk": .s("a"), "sk": .s("1"), "v": .n(1), "w": .n(5)]
            case .allNew: ["pk": .s("a"), "sk": .s("1"), "v": .n(2), "w": .n(5), "x": .n(1)]
            case .updatedOld: ["v": .n(1)]
            case .updatedNew: ["v": .n(2), "x": .n(1)]
            }
        #expect(answer == expected)
    }

    @Test("adds exactly with 38 digits")
    func arithmetic() async throws {
        let store = try await TestStore.withTable()
        let big = "12345678901234567890123456789012345678"
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .number(big)])
        let answer = try await Self.update(store, "ADD v :one", values: [":one": .n(1)], returns: .updatedNew)
        #expect(answer == ["v": .number("12345678901234567890123456789012345679")])
    }

    @Test("a failed condition changes nothing")
    func condition() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
        let error = await failure { () throws(StoreError) in
            try await Self.update(store, "SET v = :new", values: [":new": .n(2), ":old": .n(7)], condition: "v = :old")
        }
        #expect(error?.code == "ConditionalCheckFailedException")
        #expect(try store.get(key("a", "1"))?["v"] == .n(1))
    }

    @Test("may not touch the key")
    func keyAttributes() async throws {
        let store = try await TestStore.withTable()
        let error = await failure { () throws(StoreError) in
            try await Self.update(store, "SET sk = :v", values: [":v": .s("2")])
        }
        #expect(
            error
                == .validation(
                    "One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key"))
    }

    @Test("an update that fails on the item leaves it as it was")
    func failsOnItem() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .s("text")])
        let type = await failure { () throws(StoreError) in
            try await Self.update(store, "SET w = :n, v = v + :n", values: [":n": .n(1)])
        }
        #expect(type == .validation("An operand in the update expression has an incorrect data type"))
        let big = await failure { () throws(StoreError) in
            try await Self.update(store, "SET w = :b", values: [":b": .s(String(repeating: "x", count: 400 * 1024 - 5))])
        }
        #expect(big == .validation("Item size to update has exceeded the maximum allowed size"))
        #expect(try store.get(key("a", "1")) == ["pk": .s("a"), "sk": .s("1"), "v": .s("text")])
    }

    @Test("an index key keeps its type")
    func indexKey() async throws {
        let store = try await QueryTests.store()
        try await store.put(["pk": .s("a"), "sk": .s("1")])
        let type = await failure { () throws(StoreError) in try await Self.update(store, "SET g = :n", values: [":n": .n(1)]) }
        #expect(type == .validation("The update expression attempted to update the secondary index key to unsupported type"))
        let empty = await failure { () throws(StoreError) in try await Self.update(store, "SET g = :n", values: [":n": .s("")]) }
        #expect(empty?.message.hasPrefix("One or more parameter values are not valid. The update expression attempted") == true)
    }

    @Test("concurrent increments all count")
    func increments() async throws {
        let store = try await TestStore.withTable()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                // A lost answer shows in the sum.
                group.addTask { _ = try? await Self.update(store, "ADD v :one", values: [":one": .n(1)]) }
            }
        }
        #expect(try store.get(key("a", "1"))?["v"] == .n(200))
    }
}
