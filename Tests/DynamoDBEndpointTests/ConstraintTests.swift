import Testing

@Suite("Constraints of the model")
struct ConstraintTests {
    private static let notNull = "failed to satisfy constraint: Member must not be null"

    @Test("all violations are told at once")
    func together() async throws {
        let fixture = try EndpointFixture()
        #expect(
            await fixture.send("PutItem", #"{"ReturnConsumedCapacity":"hi","ReturnValues":"hi"}"#)
                == EndpointFixture.validation(
                    "4 validation errors detected: Value null at 'tableName' \(Self.notNull); Value null at 'item' \(Self.notNull); "
                        + "Value 'hi' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: "
                        + "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; "
                        + "Value 'hi' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: "
                        + "[INDEXES, TOTAL, NONE]"))
    }

    @Test(
        "a violation names its place",
        arguments: [
            ("PutItem", #"{"Item":{}}"#, "tableName"),
            ("TransactWriteItems", "{}", "transactItems"),
            ("TransactWriteItems", #"{"TransactItems":[{"Put":{"TableName":"t"}}]}"#, "transactItems.1.member.put.item"),
            (
                "TransactWriteItems", #"{"TransactItems":[{"Update":{"TableName":"t","UpdateExpression":"x"}}]}"#,
                "transactItems.1.member.update.key"
            ),
            ("BatchWriteItem", "{}", "requestItems"),
            (
                "BatchWriteItem", #"{"RequestItems":{"aa;":[{"PutRequest":{}}]}}"#,
                "requestItems.aa;.member.1.member.putRequest.item"
            ),
            ("BatchGetItem", #"{"RequestItems":{"abc":{}}}"#, "requestItems.abc.member.keys"),
            ("UpdateTimeToLive", #"{"TableName":"abc"}"#, "timeToLiveSpecification"),
        ])
    func places(operation: String, body: String, place: String) async throws {
        #expect(
            await (try EndpointFixture()).send(operation, body)
                == EndpointFixture.validation("1 validation error detected: Value null at '\(place)' \(Self.notNull)"))
    }

    @Test(
        "a value without a type, or with two, is refused after the constraints",
        arguments: [
            (
                #""Item":{"a":{}}"#, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
            ),
            (
                #""Item":{"a":{"X":""}}"#, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
            ),
            (
                #""Item":{"a":{"L":[{}]}}"#,
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
            ),
            (
                #""Item":{"a":{"S":"a","N":"1"}}"#,
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
            ),
            (
                #""Item":{"a":{"S":"a"}},"ConditionExpression":"a = :b","ExpressionAttributeValues":{":b":{}}"#,
                "ExpressionAttributeValues contains invalid value: "
                    + "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes for key :b"
            ),
        ])
    func brokenValues(members: String, message: String) async throws {
        let body = "{\"TableName\":\"tab\",\(members)}"
        #expect(await (try EndpointFixture()).send("PutItem", body) == EndpointFixture.validation(message))
    }

    @Test("parameters that are not built are refused by name, and with the service's text beside expressions")
    func notBuilt() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send("GetItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"AttributesToGet":["a"]}"#)
                == EndpointFixture.validation(
                    "The legacy parameter AttributesToGet is not supported by this endpoint: use the expression parameters in its place"
                ))
        #expect(
            await fixture.send(
                "PutItem",
                #"{"TableName":"tab","Item":{"pk":{"S":"a"}},"Expected":{"a":{}},"ConditionExpression":"attribute_exists(a)"}"#)
                == EndpointFixture.validation(
                    "Can not use both expression and non-expression parameters in the same request: "
                        + "Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}"))
        #expect(
            await fixture.send("CreateTable", #"{"TableName":"u","AttributeDefinitions":[],"KeySchema":[],"Tags":[]}"#)
                == EndpointFixture.validation("The parameter Tags is not supported by this endpoint"))
    }

    @Test("a transaction's item has exactly one action")
    func oneAction() async throws {
        let fixture = try EndpointFixture()
        let message = EndpointFixture.validation("TransactItems can only contain one of Check, Put, Update or Delete")
        #expect(await fixture.send("TransactWriteItems", #"{"TransactItems":[{}]}"#) == message)
        #expect(
            await fixture.send(
                "TransactWriteItems",
                #"{"TransactItems":[{"Put":{"TableName":"tab","Item":{}},"Delete":{"TableName":"tab","Key":{}}}]}"#) == message)
    }
}
