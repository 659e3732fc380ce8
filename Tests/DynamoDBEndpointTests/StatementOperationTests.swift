import Testing

@testable import DynamoDBEndpoint

@Suite("The PartiQL operations on the wire")
struct StatementOperationTests {
    private func fixture() async throws -> EndpointFixture {
        let fixture = try await EndpointFixture.withTable()
        _ = await fixture.send("PutItem", #"{"TableName": "tab", "Item": {"pk": {"S": "a"}, "n": {"N": "1"}}}"#)
        return fixture
    }

    @Test("a SELECT answers its items")
    func select() async throws {
        let fixture = try await fixture()
        #expect(
            await fixture.send(
                "ExecuteStatement",
                #"{"Statement": "SELECT * FROM \"tab\" WHERE pk = ?", "Parameters": [{"S": "a"}], "ReturnConsumedCapacity": "TOTAL"}"#
            )
                == #"{"Items":[{"n":{"N":"1"},"pk":{"S":"a"}}],"ConsumedCapacity":{"TableName":"tab","CapacityUnits":0.5}}"#)
    }

    @Test("a write answers an empty list, a duplicate its own error")
    func write() async throws {
        let fixture = try await fixture()
        let insert = #"{"Statement": "INSERT INTO tab VALUE {'pk': 'b'}"}"#
        #expect(await fixture.send("ExecuteStatement", insert) == #"{"Items":[]}"#)
        #expect(
            await fixture.send("ExecuteStatement", insert)
                == #"{"__type":"com.amazonaws.dynamodb.v20120810#DuplicateItemException","message":"Duplicate primary key exists in table"}"#
        )
    }

    @Test("a batch answers each statement in its place")
    func batch() async throws {
        let answer = try await fixture().send(
            "BatchExecuteStatement",
            #"""
            {"Statements": [{"Statement": "SELECT * FROM tab WHERE pk = 'a'", "ConsistentRead": true},
             {"Statement": "SELECT * FROM tab WHERE pk = 'z'"}, {"Statement": "SELECT * FROM other WHERE pk = 'a'"}],
             "ReturnConsumedCapacity": "TOTAL"}
            """#)
        #expect(
            answer
                == #"{"Responses":[{"Item":{"n":{"N":"1"},"pk":{"S":"a"}},"TableName":"tab"},{"TableName":"tab"},"#
                + #"{"Error":{"Code":"ResourceNotFound","Message":"Requested resource not found"}}],"#
                + #""ConsumedCapacity":[{"TableName":"tab","CapacityUnits":1.5}]}"#)
    }

    @Test("a transaction answers one entry for each read, none for writes")
    func transaction() async throws {
        let fixture = try await fixture()
        #expect(
            await fixture.send(
                "ExecuteTransaction",
                #"{"TransactStatements": [{"Statement": "SELECT n FROM tab WHERE pk = 'a'"}, {"Statement": "SELECT * FROM tab WHERE pk = 'z'"}]}"#
            )
                == #"{"Responses":[{"Item":{"n":{"N":"1"}}},{}]}"#)
        #expect(
            await fixture.send(
                "ExecuteTransaction", #"{"TransactStatements": [{"Statement": "UPDATE tab SET n = n + 1 WHERE pk = 'a'"}]}"#)
                == #"{"Responses":[]}"#)
    }

    @Test("of a parameter's mistakes the first in the text is told")
    func parameterOrder() async throws {
        let fixture = try await fixture()
        let deep = String(repeating: #"{"M": {"n": "#, count: 100) + #"{"S": "x"}"# + String(repeating: "}}", count: 100)
        func answer(_ members: String) async -> String {
            await fixture.send(
                "ExecuteStatement",
                #"{"Statement": "SELECT * FROM tab WHERE pk = 'a' AND x = ?", "Parameters": [{"M": {\#(members)}}]}"#)
        }
        let tooDeep = EndpointFixture.validation(
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit")
        let notNumeric = EndpointFixture.validation("The parameter cannot be converted to a numeric value: abc")
        #expect(await answer(#""d": \#(deep), "bad": {"N": "abc"}"#) == tooDeep)
        #expect(await answer(#""bad": {"N": "abc"}, "d": \#(deep)"#) == notNumeric)
    }

    @Test("what breaks the model's constraints is told together")
    func constraints() async throws {
        let fixture = try await fixture()
        let none = await fixture.send("ExecuteStatement", "{}")
        #expect(none.contains("Value null at 'statement' failed to satisfy constraint: Member must not be null"))
        let both = await fixture.send("ExecuteStatement", #"{"Statement": "", "Limit": 0}"#)
        #expect(both.contains("2 validation errors detected"))
        #expect(both.contains("Member must have length greater than or equal to 1"))
        let long = String(repeating: "x", count: 8193)
        #expect(
            await fixture.send("ExecuteStatement", #"{"Statement": "\#(long)"}"#)
                .contains("Member must have length less than or equal to 8192"))
        for operation in ["BatchExecuteStatement", "ExecuteTransaction"] {
            let name = operation == "ExecuteTransaction" ? "TransactStatements" : "Statements"
            #expect(
                await fixture.send(operation, #"{"\#(name)": []}"#).contains("Member must have length greater than or equal to 1")
            )
        }
    }
}
