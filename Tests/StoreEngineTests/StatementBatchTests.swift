import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Batches and transactions of statements")
struct StatementBatchTests {
    private func store() async throws -> TestStore {
        try await TestStore.withItems(["1", "2", "3"].map { key("a", $0).merging(["n": .number($0)]) { $1 } })
    }

    private func one(_ sk: String, _ pk: String = "a") -> String { "WHERE pk = '\(pk)' AND sk = '\(sk)'" }

    // MARK: Batches

    @Test("reads of a batch answer in their places, with what is wrong in its own")
    func batchReads() async throws {
        let mustNameKey = "Select statements within BatchExecuteStatement must specify the primary key in the where clause."
        let output = try await store().batch([
            "SELECT n FROM tab \(one("1"))", "SELECT * FROM tab \(one("9"))", "SELECT * FROM nowhere \(one("1"))",
            "SLECT * FROM tab \(one("1"))", "SELECT * FROM tab WHERE pk = 'a'", "SELECT * FROM tab \(one("1")) AND n = 1",
            "SELECT * FROM tab WHERE pk IN ['a'] AND sk = '2'", "SELECT * FROM tab \(one("1")) AND pk = 'b'",
        ])
        let responses = output.responses
        #expect(try responses[0].item?.attributes() == ["n": .n(1)])
        #expect(responses[0].tableName == "tab")
        #expect(responses[1].item == nil && responses[1].error == nil && responses[1].tableName == "tab")
        #expect(responses[2].error?.code == "ResourceNotFound")
        #expect(responses[2].error?.message == "Requested resource not found")
        #expect(responses[3].error?.code == "ValidationError")
        #expect(responses[3].error?.message == "Statement wasn't well formed, can't be processed: Expected data manipulation")
        for index in [4, 5, 7] {
            #expect(responses[index].error?.message == mustNameKey)
            #expect(responses[index].tableName == nil)
        }
        #expect(responses[6].item != nil)
    }

    @Test("writes of a batch are done one by one, and a failure names its table")
    func batchWrites() async throws {
        let store = try await store()
        let output = try await store.batch(
            [
                "INSERT INTO tab VALUE {'pk': 'b', 'sk': '1'}", "INSERT INTO tab VALUE {'pk': 'a', 'sk': '1'}",
                StatementRequest(
                    statement: "UPDATE tab SET m = 1 \(one("1")) AND n = 9", returnValuesOnConditionCheckFailure: .allOld),
                "UPDATE tab SET n = 20 \(one("2")) RETURNING MODIFIED NEW *", "DELETE FROM tab \(one("3")) RETURNING ALL OLD *",
                "DELETE FROM tab \(one("2")) RETURNING ALL NEW *",
            ], capacity: .total)
        let responses = output.responses
        #expect(responses[0].error == nil && responses[0].item == nil && responses[0].tableName == "tab")
        #expect(responses[1].error?.code == "DuplicateItem" && responses[1].tableName == "tab")
        #expect(responses[2].error?.code == "ConditionalCheckFailed" && responses[2].tableName == "tab")
        #expect(responses[2].item == nil && responses[2].error?.item != nil)
        #expect(try responses[3].item?.attributes() == ["n": .n(20)])
        #expect(try responses[4].item?.attributes()["n"] == .n(3))
        #expect(responses[5].error?.code == "ValidationError" && responses[5].tableName == nil)
        #expect(output.consumedCapacity?.count == 1)
        #expect(try store.get(key("a", "3")) == nil)
    }

    @Test("each read of a batch has its own consistency")
    func batchConsistency() async throws {
        let store = try await store()
        func units(_ flags: [Bool]) async throws -> Double? {
            try await store.batch(
                flags.map { StatementRequest(statement: "SELECT * FROM tab \(one("1"))", consistentRead: $0) }, capacity: .total
            ).consumedCapacity?.first?.capacityUnits
        }
        #expect(try await units([false]) == 0.5)
        #expect(try await units([true, false]) == 1.5)
    }

    @Test("a batch has 1 to 25 statements, all of one kind")
    func batchLimits() async throws {
        let store = try await store()
        for count in [0, 26] {
            let statements = Array(repeating: StatementRequest(statement: "SELECT * FROM tab \(one("1"))"), count: count)
            let error = await failure { () throws(StoreError) in try await store.batch(statements) }
            #expect(error?.code == "ValidationException")
        }
        let error = await failure { () throws(StoreError) in
            try await store.batch(["SELECT * FROM tab \(one("1"))", "DELETE FROM tab \(one("1"))"])
        }
        #expect(
            error?.message == "BatchExecuteStatement API does not support both read and write operations in the same request.")
    }

    // MARK: Transactions

    @Test("a transaction reads items by their keys alone")
    func transactReads() async throws {
        let store = try await store()
        let output = try await store.transact(
            [
                "SELECT n FROM tab \(one("1"))", "SELECT * FROM tab \(one("9"))",
                "SELECT * FROM tab WHERE pk IN ['a'] AND sk = '2'",
            ],
            capacity: .total)
        #expect(try output.responses[0]?.attributes() == ["n": .n(1)])
        #expect(output.responses[1] == nil)
        #expect(output.responses.count == 3)
        #expect(output.consumedCapacity?.first?.readCapacityUnits == 6)
    }

    private func refusal(_ statements: [StatementRequest]) async throws -> String? {
        let store = try await store()
        return await failure { () throws(StoreError) in try await store.transact(statements) }?.text
    }

    @Test("a refused statement is told with its number")
    func transactRefusals() async throws {
        let failed = "Validation failed in TransactStatements[0]: "
        let mustNameKey = failed + "Select statements within ExecuteTransaction must specify the primary key in the where clause."
        #expect(try await refusal(["SELECT * FROM tab WHERE pk = 'a'"]) == mustNameKey)
        #expect(try await refusal(["SELECT * FROM tab \(one("1")) AND n = 1"]) == mustNameKey)
        #expect(
            try await refusal(["SELECT * FROM tab WHERE"])
                == failed + "Statement wasn't well formed, can't be processed: Unexpected term")
        #expect(
            try await refusal(["SELECT * FROM tab.ix \(one("1"))"])
                == failed + "Reads on indices are not supported within transactions.")
        #expect(
            try await refusal(["UPDATE tab SET n = 1 \(one("1")) RETURNING ALL NEW *"])
                == failed + "RETURNING clause is not supported in ExecuteTransaction.")
        let exists = failed + "EXISTS() must contain a single item read with additional condition"
        #expect(try await refusal(["EXISTS(SELECT * FROM tab \(one("1")))", "DELETE FROM tab \(one("2"))"]) == exists)
        #expect(
            try await refusal([StatementRequest(statement: "UPDATE tab SET n = ? \(one("1"))", parameters: [.number("abc")])])
                == "The parameter cannot be converted to a numeric value: abc")
        #expect(
            try await refusal(["SELECT * FROM tab \(one("1"))", "DELETE FROM tab \(one("1"))"])
                == "ExecuteTransaction API does not support both read and write operations in the same request.")
        let twice = "Transaction request cannot include multiple operations on one item"
        #expect(try await refusal(["SELECT * FROM tab \(one("1"))", "SELECT n FROM tab WHERE sk = '1' AND pk = 'a'"]) == twice)
        #expect(try await refusal(["UPDATE tab SET n = 1 \(one("1"))", "DELETE FROM tab \(one("1"))"]) == twice)
    }

    @Test("what depends on tables and keys cancels")
    func cancellations() async throws {
        let store = try await store()
        func reasons(_ statements: [StatementRequest]) async -> [StoreError.CancellationReason]? {
            await failure { () throws(StoreError) in try await store.transact(statements) }?.cancellationReasons
        }
        let mismatch = StoreError.CancellationReason(
            code: "ValidationError", message: "The provided key element does not match the schema")
        let notFound = StoreError.CancellationReason(code: "ResourceNotFound", message: "Requested resource not found")
        #expect(
            await reasons(["DELETE FROM nowhere \(one("1")) RETURNING ALL OLD *", "DELETE FROM tab \(one("1"))"]) == [
                notFound, .none,
            ])
        #expect(await reasons(["UPDATE tab SET n = 1 WHERE pk = 'a'", "DELETE FROM tab \(one("1"))"]) == [mismatch, .none])
        #expect(await reasons(["SELECT * FROM tab WHERE pk = 'a' AND sk = 1"]) == [mismatch])
        #expect(
            await reasons(["INSERT INTO tab VALUE {'pk': 'a', 'sk': '1'}", "DELETE FROM tab \(one("2"))"])?.map(\.code) == [
                "DuplicateItem", "None",
            ])
        #expect(
            await reasons(["EXISTS(SELECT * FROM tab \(one("1")) AND n IS MISSING)", "DELETE FROM tab \(one("2"))"])
                == [.init(code: "ConditionalCheckFailed", message: "The conditional request failed"), .none])
        #expect(try store.get(key("a", "2")) != nil)
    }

    @Test("all writes are done, and answer nothing")
    func transactWrites() async throws {
        let store = try await store()
        let output = try await store.transact([
            "EXISTS(SELECT * FROM tab \(one("1")) AND n = 1)", "INSERT INTO tab VALUE {'pk': 'b', 'sk': '1'}",
            "UPDATE tab SET n = n + 1 \(one("2"))", "DELETE FROM tab \(one("3"))",
        ])
        #expect(output.responses.isEmpty)
        #expect(try store.get(key("a", "2"))?["n"] == .n(3))
        #expect(try store.get(key("a", "3")) == nil)
        #expect(try store.get(key("b", "1")) != nil)
    }

    @Test("a token makes a repeat do nothing, and belongs to its statements")
    func idempotency() async throws {
        let store = try await store()
        let statements: [StatementRequest] = ["UPDATE tab SET n = n + 1 \(one("1"))"]
        let first = try await store.transact(statements, token: "t", capacity: .indexes)
        let second = try await store.transact(statements, token: "t", capacity: .indexes)
        #expect(try store.get(key("a", "1"))?["n"] == .n(2))
        #expect(first.consumedCapacity?.first?.writeCapacityUnits == 2)
        #expect(first.consumedCapacity?.first?.readCapacityUnits == nil)
        #expect(second.consumedCapacity?.first?.readCapacityUnits == 2)
        #expect(second.consumedCapacity?.first?.writeCapacityUnits == nil)
        let error = await failure { () throws(StoreError) in
            try await store.transact(["UPDATE tab SET n = n + 2 \(one("1"))"], token: "t")
        }
        #expect(error?.code == "IdempotentParameterMismatchException")
    }
}
