import Testing

/// The service has two sets of words for one mistake; which of them an operation speaks is part of its answer.
@Suite("The words of a refusal, by operation")
struct RequestLayerTests {
    private static let current = "One or more parameter values were invalid: Input collection contains duplicates."
    private static let older = "Input collection contains duplicates"
    private static let twice = #"{"NS":["1","1.0"]}"#

    static let refusals: [(operation: String, body: String, message: String)] = [
        ("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"},"x":\#(twice)}}"#, "1 validation error detected: \(current)"),
        (
            "PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"}},"Expected":{"x":{"Value":\#(twice)}}}"#,
            "1 validation error detected: \(current)"
        ),
        (
            "UpdateItem",
            #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"UpdateExpression":"SET x = :v","ExpressionAttributeValues":{":v":\#(twice)}}"#,
            "1 validation error detected: \(current)"
        ),
        (
            "UpdateItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"AttributeUpdates":{"x":{"Value":\#(twice)}}}"#,
            "1 validation error detected: \(current)"
        ),
        ("DeleteItem", #"{"TableName":"tab","Key":{"pk":\#(twice)}}"#, "1 validation error detected: \(current)"),
        ("GetItem", #"{"TableName":"tab","Key":{"pk":\#(twice)}}"#, current),
        ("BatchGetItem", #"{"RequestItems":{"tab":{"Keys":[{"pk":\#(twice)}]}}}"#, current),
        ("BatchWriteItem", #"{"RequestItems":{"tab":[{"PutRequest":{"Item":{"x":\#(twice)}}}]}}"#, older),
        ("TransactGetItems", #"{"TransactItems":[{"Get":{"TableName":"tab","Key":{"pk":\#(twice)}}}]}"#, current),
        ("TransactWriteItems", #"{"TransactItems":[{"Put":{"TableName":"tab","Item":{"x":\#(twice)}}}]}"#, current),
        (
            "TransactWriteItems",
            #"{"TransactItems":[{"Update":{"TableName":"tab","Key":{"pk":{"S":"a"}},"UpdateExpression":"SET x = :v","ExpressionAttributeValues":{":v":\#(twice)}}}]}"#,
            current
        ),
        (
            "PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"}},"ExpressionAttributeValues":{":v":{"S":"x"}}}"#,
            "1 validation error detected: ExpressionAttributeValues can only be specified when using expressions"
        ),
        (
            "DeleteItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"ConditionExpression":""}"#,
            "1 validation error detected: Invalid ConditionExpression: The expression can not be empty;"
        ),
        (
            "DeleteItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"ReturnValues":"UPDATED_NEW"}"#,
            "1 validation error detected: ReturnValues can only be ALL_OLD or NONE"
        ),
        (
            "GetItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"ProjectionExpression":"a, a"}"#,
            "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these "
                + "paths; path one: [a], path two: [a]"
        ),
    ]

    @Test("one mistake, the operation's own words", arguments: refusals.indices)
    func words(number: Int) async throws {
        let (operation, body, message) = Self.refusals[number]
        let fixture = try await EndpointFixture.withTable()
        #expect(await fixture.send(operation, body) == EndpointFixture.validation(message))
    }

    @Test("a transaction checks its actions in order, expressions before tables")
    func transactionOrder() async throws {
        let fixture = try await EndpointFixture.withTable()
        let missing = #"{"Put":{"TableName":"nowhere","Item":{"pk":{"S":"a"}}}}"#
        let broken =
            #"{"ConditionCheck":{"TableName":"tab","Key":{"pk":{"S":"a"}},"ConditionExpression":"attribute_not_exists("}}"#
        let unnamed = #"{"Put":{"TableName":"tab","Item":{"":{"S":"a"}}}}"#
        let syntax = EndpointFixture.validation(
            #"Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "(""#)
        #expect(await fixture.send("TransactWriteItems", "{\"TransactItems\":[\(missing),\(broken)]}") == syntax)
        #expect(await fixture.send("TransactWriteItems", "{\"TransactItems\":[\(broken),\(unnamed)]}") == syntax)
        #expect(
            await fixture.send("TransactWriteItems", "{\"TransactItems\":[\(unnamed),\(broken)]}")
                == EndpointFixture.validation("Empty attribute name"))
    }

    @Test("a key without content refuses a whole transaction, a key of another type cancels it")
    func transactionKeys() async throws {
        let fixture = try await EndpointFixture.withTable()
        func send(_ action: String) async -> String {
            await fixture.send("TransactWriteItems", "{\"TransactItems\":[\(action)]}")
        }
        let empty = EndpointFixture.validation(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string "
                + "value. Key: pk")
        #expect(await send(#"{"Put":{"TableName":"tab","Item":{"pk":{"S":""}}}}"#) == empty)
        #expect(await send(#"{"Delete":{"TableName":"tab","Key":{"pk":{"S":""}}}}"#) == empty)
        #expect(
            await send(#"{"Put":{"TableName":"tab","Item":{"pk":{"N":"5"}}}}"#)
                .contains(
                    #""Code":"ValidationError","Message":"One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N""#
                )
        )
        #expect(
            await send(#"{"Delete":{"TableName":"tab","Key":{"pk":{"N":"5"}}}}"#)
                .contains(#""Code":"ValidationError","Message":"The provided key element does not match the schema""#))
    }

    @Test("a transaction compares values that nest too deep, and cancels where an update would store one")
    func transactionNesting() async throws {
        let fixture = try await EndpointFixture.withTable()
        let deep =
            #"{":v":"# + String(repeating: #"{"L":["#, count: 32) + #"{"S":"x"}"# + String(repeating: "]}", count: 32) + "}"
        let shared = #""TableName":"tab","Key":{"pk":{"S":"a"}},"ExpressionAttributeValues":\#(deep)"#
        func send(_ action: String) async -> String {
            await fixture.send("TransactWriteItems", "{\"TransactItems\":[\(action)]}")
        }
        #expect(
            await send("{\"Update\":{\(shared),\"UpdateExpression\":\"SET x = :v\"}}")
                .contains(#""Code":"ValidationError","Message":"Nesting Levels have exceeded supported limits: "#))
        #expect(
            await send("{\"ConditionCheck\":{\(shared),\"ConditionExpression\":\"x = :v\"}}")
                .contains(#""Code":"ConditionalCheckFailed""#))
        #expect(
            await fixture.send("UpdateItem", "{\(shared),\"UpdateExpression\":\"SET x = :v\"}")
                == EndpointFixture.validation(
                    "1 validation error detected: Nesting Levels have exceeded supported limits: Attributes in the item have "
                        + "nested levels beyond supported limit"))
    }
}
