import Testing

@Suite("Constraints of the model")
struct ConstraintTests {
    private static let notNull = "failed to satisfy constraint: Member must not be null"

    private static let capacity =
        "Value 'hi' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: "
        + "[INDEXES, TOTAL, NONE]"
    private static let returnValues = "failed to satisfy constraint: Member must satisfy enum value set: "
    private static let length = "failed to satisfy constraint: Member must have length"

    /// Texts and order: the service's answers as of October 2026.
    static let told: [(operation: String, body: String, message: String)] = [
        (
            "PutItem", #"{"ReturnConsumedCapacity":"hi","ReturnValues":"hi"}"#,
            "4 validation errors detected: \(capacity); Value 'hi' at 'returnValues' \(returnValues)"
                + "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value null at 'tableName' \(notNull); "
                + "Value null at 'item' \(notNull)"
        ),
        (
            "DeleteItem", #"{"TableName":"tab","Key":{},"ReturnConsumedCapacity":"hi","ReturnValues":"hi"}"#,
            "2 validation errors detected: \(capacity); Failed to satisfy constraint: Member must satisfy enum value set: "
                + "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"
        ),
        (
            "UpdateItem", #"{"TableName":"tab","Key":{},"ReturnConsumedCapacity":"hi","ReturnValues":"hi"}"#,
            "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum value set: "
                + "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"
        ),
        (
            "PutItem", #"{"TableName":"","Item":{},"ReturnConsumedCapacity":"hi"}"#,
            "1 validation error detected: Value at 'TableName' \(length) greater than or equal to 1"
        ),
        (
            "UpdateItem", #"{"TableName":"","ReturnConsumedCapacity":"hi","ReturnValues":"hi"}"#,
            "4 validation errors detected: \(capacity); Value '' at 'tableName' \(length) greater than or equal to 1; "
                + "Value 'hi' at 'returnValues' \(returnValues)[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; "
                + "Value null at 'key' \(notNull)"
        ),
        (
            "UpdateItem", #"{"TableName":"tab","ConditionalOperator":"XOR"}"#,
            "2 validation errors detected: Value 'XOR' at 'conditionalOperator' \(returnValues)[OR, AND]; "
                + "Value null at 'key' \(notNull)"
        ),
        (
            "GetItem", #"{"TableName":"bad table","Key":{}}"#,
            "1 validation error detected: Value 'bad table' at 'tableName' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: [a-zA-Z0-9_.-]+"
        ),
        (
            "GetItem", #"{"TableName":"aa","Key":{},"AttributesToGet":[]}"#,
            "2 validation errors detected: Value 'aa' at 'tableName' \(length) greater than or equal to 3; "
                + "Value '[]' at 'attributesToGet' \(length) greater than or equal to 1"
        ),
        (
            "BatchGetItem", #"{"RequestItems":{}}"#,
            "1 validation error detected: Value at 'RequestItems' \(length) greater than or equal to 1"
        ),
        (
            "BatchGetItem", #"{"RequestItems":{"tab":{"Keys":[]}}}"#,
            "1 validation error detected: Value at 'RequestItems.tab.member.Keys' \(length) greater than or equal to 1"
        ),
        (
            "BatchGetItem", #"{"RequestItems":{"a!":{"Keys":[{"pk":{"S":"a"}}]}},"ReturnConsumedCapacity":"hi"}"#,
            #"2 validation errors detected: Value '{"a!":{"Keys":[{"pk":{"S":"a"}}]}}' at 'requestItems' failed to satisfy "#
                + "constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member "
                + "must have length greater than or equal to 3, Member must satisfy regular expression pattern: "
                + "[a-zA-Z0-9_.-]+]; \(capacity)"
        ),
        ("BatchWriteItem", #"{"RequestItems":{}}"#, "The requestItems parameter is required for BatchWriteItem"),
        (
            "BatchWriteItem", #"{"RequestItems":{"tab":[]}}"#,
            "1 validation error detected: Value '{tab=[]}' at 'requestItems' failed to satisfy constraint: Map value must "
                + "satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater "
                + "than or equal to 1]"
        ),
        (
            "BatchWriteItem", #"{"RequestItems":{"a!":[{"DeleteRequest":{"Key":{}}}]},"ReturnConsumedCapacity":"hi"}"#,
            "1 validation error detected: \(capacity)"
        ),
        (
            "TransactGetItems", #"{"TransactItems":[]}"#,
            "1 validation error detected: Value '[]' at 'transactItems' \(length) greater than or equal to 1"
        ),
        (
            "TransactWriteItems",
            #"{"TransactItems":[{"Put":{"TableName":"tab","Item":{}}}],"ClientRequestToken":"0123456789012345678901234567890123456","ReturnConsumedCapacity":"hi"}"#,
            "2 validation errors detected: Value '0123456789012345678901234567890123456' at 'clientRequestToken' \(length) less "
                + "than or equal to 36; \(capacity)"
        ),
    ]

    @Test("violations are told at once, except those that end the search", arguments: told.indices)
    func together(number: Int) async throws {
        let (operation, body, message) = Self.told[number]
        #expect(await (try EndpointFixture()).send(operation, body) == EndpointFixture.validation(message))
    }

    @Test("too long lists are shown", arguments: ["TransactWriteItems", "TransactGetItems", "BatchWriteItem"])
    func tooMany(operation: String) async throws {
        let body =
            switch operation {
            case "TransactWriteItems":
                "{\"TransactItems\":["
                    + Array(repeating: #"{"Put":{"TableName":"tab","Item":{"a":{"S":"b"}}}}"#, count: 101)
                    .joined(separator: ",") + "]}"
            case "TransactGetItems":
                "{\"TransactItems\":["
                    + Array(repeating: #"{"Get":{"TableName":"tab","Key":{"a":{"S":"b"}}}}"#, count: 101)
                    .joined(separator: ",") + "]}"
            default:
                #"{"RequestItems":{"tab":["#
                    + Array(repeating: #"{"PutRequest":{"Item":{"a":{"S":"b"}}}}"#, count: 26)
                    .joined(separator: ",") + "]}}"
            }
        let answer = await (try EndpointFixture()).send(operation, body)
        #expect(
            answer.contains(
                operation == "BatchWriteItem" ? "Value '{tab=[WriteRequest(putRequest=PutRequest(item={a=" : "Value '[{"))
        #expect(answer.contains("Member must have length less than or equal to \(operation == "BatchWriteItem" ? 25 : 100)"))
    }

    @Test(
        "a violation names its place",
        arguments: [
            ("PutItem", #"{"Item":{}}"#, "tableName"),
            ("TransactWriteItems", "{}", "transactItems"),
            ("TransactWriteItems", #"{"TransactItems":[{"Put":{"TableName":"tab"}}]}"#, "transactItems.1.member.put.item"),
            (
                "TransactWriteItems", #"{"TransactItems":[{"Update":{"TableName":"tab","UpdateExpression":"x"}}]}"#,
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
                #""Item":{"a":{"NULL":false}}"#,
                "One or more parameter values were invalid: Null attribute value types must have the value of true"
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

    @Test("parameters that are not built are refused by name")
    func notBuilt() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send(
                "CreateTable", #"{"TableName":"u","AttributeDefinitions":[],"KeySchema":[],"GlobalTableSourceArn":"arn"}"#)
                == EndpointFixture.validation("The parameter GlobalTableSourceArn is not supported by this endpoint"))
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
