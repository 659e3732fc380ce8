import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("TransactWriteItems and TransactGetItems")
struct TransactionTests {
    static func put(_ item: AttributeMap, _ condition: String? = nil) -> TransactWriteAction {
        .put(.init(tableName: "tab", item: item, conditionExpression: condition, returnValuesOnConditionCheckFailure: .allOld))
    }

    static func write(
        _ store: TestStore, _ actions: [TransactWriteAction], token: String? = nil,
        capacity: ReturnConsumedCapacity = .none
    ) async throws(StoreError) -> TransactWriteItemsOutput {
        try await store.engine.transactWriteItems(
            TransactWriteItemsInput(transactItems: actions, clientRequestToken: token, returnConsumedCapacity: capacity))
    }

    @Test("does all four kinds of action at once")
    func allKinds() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await store.put(key("check", "1"))
        try await store.put(key("delete", "1"))
        let output = try await Self.write(
            store,
            [
                Self.put(key("put", "1"), "attribute_not_exists(pk)"),
                .update(
                    .init(
                        tableName: "tab", key: key("update", "1"), updateExpression: "SET v = :v",
                        expressionAttributeValues: [":v": .n(1)])),
                .delete(.init(tableName: "tab", key: key("delete", "1"))),
                .conditionCheck(
                    .init(tableName: "tab", key: key("check", "1"), conditionExpression: "attribute_exists(pk)")),
            ], capacity: .total)
        // Four actions of up to 1 KB at two units each.
        #expect(
            output.consumedCapacity == [ConsumedCapacity(tableName: "tab", capacityUnits: 8, writeCapacityUnits: 8)])
        #expect(try store.get(key("put", "1")) != nil)
        #expect(try store.get(key("update", "1"))?["v"] == .n(1))
        #expect(try store.get(key("delete", "1")) == nil)
        #expect(try StreamTests.records(store).map(\.eventName) == [.insert, .insert, .insert, .insert, .remove])
    }

    @Test("one failed condition cancels all, with the reasons in order and the item where asked")
    func cancelled() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await store.put(["pk": .s("b"), "sk": .s("1"), "v": .n(1)])
        let error = await failure { () throws(StoreError) in
            try await Self.write(
                store,
                [
                    Self.put(key("a", "1")), Self.put(key("b", "1"), "attribute_not_exists(pk)"),
                    .update(
                        .init(
                            tableName: "tab", key: key("c", "1"), updateExpression: "SET v = w + :v",
                            expressionAttributeValues: [":v": .n(1)])),
                ])
        }
        #expect(error?.code == "TransactionCanceledException")
        #expect(
            error?.message
                == "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + "[None, ConditionalCheckFailed, ValidationError]")
        let reasons = try #require(error?.cancellationReasons)
        #expect(reasons.map(\.code) == ["None", "ConditionalCheckFailed", "ValidationError"])
        #expect(reasons[1].message == "The conditional request failed")
        #expect(try reasons[1].item?.attributes()["v"] == .n(1))
        #expect(
            reasons[2].message == "The provided expression refers to an attribute that does not exist in the item")
        #expect(try store.get(key("a", "1")) == nil)
        #expect(try StreamTests.records(store).count == 1)
    }

    @Test("a token makes a repeat do nothing for ten minutes, and refuses another request")
    func token() async throws {
        let store = try await TestStore.withTable()
        func add(_ number: Int) async throws(StoreError) {
            _ = try await Self.write(
                store,
                [
                    .update(
                        .init(
                            tableName: "tab", key: key("a", "1"), updateExpression: "ADD v :v",
                            expressionAttributeValues: [":v": .n(number)]))
                ], token: "the-token")
        }
        try await add(1)
        try await add(1)
        #expect(try store.get(key("a", "1"))?["v"] == .n(1))
        let other = await failure { () throws(StoreError) in try await add(2) }
        #expect(other?.code == "IdempotentParameterMismatchException")
        store.clock.advance(bySeconds: 600)
        try await add(1)
        #expect(try store.get(key("a", "1"))?["v"] == .n(2))
    }

    @Test("a cancelled transaction does not use its token up")
    func tokenOfCancelled() async throws {
        let store = try await TestStore.withTable()
        try await store.put(key("a", "1"))
        let actions = [Self.put(key("a", "1"), "attribute_not_exists(pk)")]
        for _ in 0..<2 {
            let error = await failure { () throws(StoreError) in try await Self.write(store, actions, token: "x") }
            #expect(error?.code == "TransactionCanceledException")
        }
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("a", "1")))
        _ = try await Self.write(store, actions, token: "x")
        #expect(try store.get(key("a", "1")) != nil)
    }

    @Test("an item may be in a transaction once, and its table must be there")
    func refusals() async throws {
        let store = try await TestStore.withTable()
        let twice = await failure { () throws(StoreError) in
            try await Self.write(store, [Self.put(key("a", "1")), .delete(.init(tableName: "tab", key: key("a", "1")))])
        }
        #expect(twice == .validation("Transaction request cannot include multiple operations on one item"))
        let table = await failure { () throws(StoreError) in
            try await Self.write(store, [.delete(.init(tableName: "nothing", key: key("a", "1")))])
        }
        #expect(table?.code == "ResourceNotFoundException")
    }

    @Test("gets items in the request's order, nothing where there is none")
    func get() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
        let output = try store.engine.transactGetItems(
            TransactGetItemsInput(
                transactItems: [
                    TransactGet(tableName: "tab", key: key("none", "1")),
                    TransactGet(tableName: "tab", key: key("a", "1"), projectionExpression: "v"),
                ], returnConsumedCapacity: .total))
        #expect(output.responses.map { $0?.text } == [nil, #"{"v":{"N":"1"}}"#])
        #expect(output.consumedCapacity == [ConsumedCapacity(tableName: "tab", capacityUnits: 4, readCapacityUnits: 4)])
        let keys: [AttributeMap] = [key("a", "1"), ["pk": .s("a")], ["sk": .s("a")]]
        let wrong = await failure { () throws(StoreError) in
            try store.engine.transactGetItems(
                TransactGetItemsInput(transactItems: keys.map { TransactGet(tableName: "tab", key: $0) }))
        }
        // Of the keys that do not fit, the first is told.
        #expect(wrong?.cancellationReasons?.map(\.code) == ["None", "ValidationError", "None"])
    }

    @Test("concurrent transfers keep the sum")
    func transfers() async throws {
        let store = try await TestStore.withTable()
        for name in ["a", "b", "c"] { try await store.put(["pk": .s(name), "sk": .s("1"), "v": .n(100)]) }
        func move(_ from: String, _ to: String) async {
            func add(_ name: String, _ amount: Int, _ condition: String?) -> TransactWriteAction {
                .update(
                    .init(
                        tableName: "tab", key: key(name, "1"), updateExpression: "ADD v :v", conditionExpression: condition,
                        expressionAttributeValues: condition == nil ? [":v": .n(amount)] : [":v": .n(amount), ":low": .n(30)]))
            }
            // One that would go too low is cancelled, and changes nothing.
            _ = try? await Self.write(store, [add(from, -30, "v >= :low"), add(to, 30, nil)])
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                for (from, to) in [("a", "b"), ("b", "c"), ("c", "a"), ("b", "a")] { group.addTask { await move(from, to) } }
            }
        }
        let values = try ["a", "b", "c"].map { name in
            guard case .number(let text)? = try store.get(key(name, "1"))?["v"] else { return -1_000_000 }
            return Int(text) ?? -1_000_000
        }
        #expect(values.reduce(0, +) == 300)
        #expect(values.allSatisfy { $0 >= 0 })
    }
}
