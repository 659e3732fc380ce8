import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("PutItem")
struct PutItemTests {
    @Test("stores an item that GetItem then answers as DynamoDB JSON")
    func stores() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "n": .number("01.50"), "l": .list([.bool(true), .null])])
        let document = try store.engine.getItem(GetItemInput(tableName: "tab", key: key("a", "1"))).item
        #expect(
            document?.text
                == #"{"l":{"L":[{"BOOL":true},{"NULL":true}]},"n":{"N":"1.5"},"pk":{"S":"a"},"sk":{"S":"1"}}"#)
    }

    @Test("replaces the whole item and answers the old one with ALL_OLD")
    func replaces() async throws {
        let store = try await TestStore.withTable()
        let first = try await store.engine.putItem(
            PutItemInput(tableName: "tab", item: ["pk": .s("a"), "sk": .s("1"), "x": .n(1)], returnValues: .allOld))
        #expect(first.attributes == nil)
        let second = try await store.engine.putItem(
            PutItemInput(tableName: "tab", item: ["pk": .s("a"), "sk": .s("1"), "y": .n(2)], returnValues: .allOld))
        #expect(try second.attributes?.attributes() == ["pk": .s("a"), "sk": .s("1"), "x": .n(1)])
        #expect(try store.get(key("a", "1")) == ["pk": .s("a"), "sk": .s("1"), "y": .n(2)])
    }

    @Test("takes 1, 1.0 and 1e0 for one key")
    func numberKeys() async throws {
        let store = try await TestStore.withTable(sort: .number)
        try await store.put(["pk": .s("a"), "sk": .number("1.0"), "v": .n(1)])
        try await store.put(["pk": .s("a"), "sk": .number("1e0"), "v": .n(2)])
        #expect(try store.get(["pk": .s("a"), "sk": .number("1")])?["v"] == .n(2))
    }

    @Test("a failed condition changes nothing, and brings the item where asked")
    func condition() async throws {
        let store = try await TestStore.withTable()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
        var input = PutItemInput(
            tableName: "tab", item: ["pk": .s("a"), "sk": .s("1"), "v": .n(2)],
            conditionExpression: "attribute_not_exists(pk)")
        let plain = await failure { () throws(StoreError) in try await store.engine.putItem(input) }
        #expect(plain?.code == "ConditionalCheckFailedException")
        #expect(plain?.message == "The conditional request failed")
        #expect(plain?.item == nil)
        input.returnValuesOnConditionCheckFailure = .allOld
        let withItem = await failure { () throws(StoreError) in try await store.engine.putItem(input) }
        #expect(withItem?.item?.text == #"{"pk":{"S":"a"},"sk":{"S":"1"},"v":{"N":"1"}}"#)
        #expect(try store.get(key("a", "1"))?["v"] == .n(1))
    }

    /// Texts: the service's, as recorded by the tests of dynalite and moto, which were made against it.
    static let refusals: [(item: AttributeMap, message: String)] = [
        (["pk": .s("a")], "One or more parameter values were invalid: Missing the key sk in the item"),
        (
            ["pk": .n(1), "sk": .s("1")],
            "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N"
        ),
        (
            ["pk": .s(""), "sk": .s("1")],
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                + "string value. Key: pk"
        ),
        (
            ["pk": .s(String(repeating: "x", count: 2049)), "sk": .s("1")],
            "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes"
        ),
        (
            ["pk": .s("a"), "sk": .s(String(repeating: "x", count: 1025))],
            "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 "
                + "bytes"
        ),
        (
            ["pk": .s("a"), "sk": .s("1"), "x": .s(String(repeating: "x", count: 400 * 1024))],
            "Item size has exceeded the maximum allowed size"
        ),
    ]

    @Test("refuses an item that the table's key does not take", arguments: refusals.indices)
    func refuses(number: Int) async throws {
        let store = try await TestStore.withTable()
        let refusal = Self.refusals[number]
        let error = await failure { () throws(StoreError) in
            try await store.engine.putItem(PutItemInput(tableName: "tab", item: refusal.item))
        }
        #expect(error == .validation(refusal.message))
    }

    @Test("takes keys and items of just the largest size")
    func largest() async throws {
        let store = try await TestStore.withTable()
        let (pk, sk) = (String(repeating: "x", count: 2048), String(repeating: "y", count: 1024))
        // 400 KB less the names pk, sk and v and the keys.
        let rest = String(repeating: "z", count: 400 * 1024 - 2048 - 1024 - 5)
        try await store.put(["pk": .s(pk), "sk": .s(sk), "v": .s(rest)])
        #expect(try store.get(key(pk, sk))?["v"] == .s(rest))
    }

    @Test("only ALL_OLD and NONE are ReturnValues of a put")
    func returnValues() async throws {
        let store = try await TestStore.withTable()
        let error = await failure { () throws(StoreError) in
            try await store.engine.putItem(PutItemInput(tableName: "tab", item: key("a", "1"), returnValues: .allNew))
        }
        #expect(error == .validation("1 validation error detected: ReturnValues can only be ALL_OLD or NONE"))
    }

    @Test("a table that is not there is not found, by name and by ARN")
    func noTable() async throws {
        let store = try await TestStore.withTable()
        for name in ["other", "arn:aws:dynamodb:us-east-1:000000000000:table/other"] {
            let error = await failure { () throws(StoreError) in
                try await store.engine.putItem(PutItemInput(tableName: name, item: key("a", "1")))
            }
            #expect(error == StoreError(code: "ResourceNotFoundException", message: "Requested resource not found"))
        }
        _ = try await store.engine.putItem(
            PutItemInput(tableName: "arn:aws:dynamodb:us-east-1:000000000000:table/tab", item: key("a", "1")))
        #expect(try store.get(key("a", "1")) != nil)
    }

    @Test("costs one unit for each KB of the larger of the old and the new item")
    func capacity() async throws {
        let store = try await TestStore.withTable()
        func cost(_ length: Int) async throws -> Double? {
            try await store.engine.putItem(
                PutItemInput(
                    tableName: "tab", item: ["pk": .s("a"), "sk": .s("1"), "v": .s(String(repeating: "x", count: length))],
                    returnConsumedCapacity: .total)
            ).consumedCapacity?.capacityUnits
        }
        #expect(try await cost(10) == 1)
        #expect(try await cost(3000) == 3)
        #expect(try await cost(10) == 3)
        #expect(try await cost(10) == 1)
    }

    @Test("many writers at once: each write is answered once, and all are there")
    func concurrency() async throws {
        let store = try await TestStore.withTable(sort: nil)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<300 {
                group.addTask {
                    // Ten rivals for each of thirty keys: one of them wins.
                    (try? await store.engine.putItem(
                        PutItemInput(
                            tableName: "tab", item: ["pk": .s("k\(number % 30)")],
                            conditionExpression: "attribute_not_exists(pk)"))) != nil
                }
            }
            var winners = 0
            for await won in group where won { winners += 1 }
            #expect(winners == 30)
        }
        #expect(try store.engine.scan(ScanInput(tableName: "tab")).count == 30)
    }
}
