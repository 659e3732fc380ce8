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
        let tooDeep = Self.nested(40)
        #expect(
            await send(
                #"{"ConditionCheck":{"TableName":"none","Key":{"pk":{"S":"a"}},"ConditionExpression":"x = :v","#
                    + #""ExpressionAttributeValues":{":v":\#(tooDeep)}}},{"Put":{"TableName":"none","Item":{"":{"S":"x"}}}}"#)
                == EndpointFixture.validation(Self.nesting))
        #expect(
            await fixture.send("UpdateItem", "{\(shared),\"UpdateExpression\":\"SET x = :v\"}")
                == EndpointFixture.validation(
                    "1 validation error detected: Nesting Levels have exceeded supported limits: Attributes in the item have "
                        + "nested levels beyond supported limit"))
    }

    private static let nesting =
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"

    private static func nested(_ levels: Int) -> String {
        String(repeating: #"{"M":{"n":"#, count: levels) + #"{"S":"leaf"}"# + String(repeating: "}}", count: levels)
    }

    private static let key = #""TableName":"none","Key":{"pk":{"S":"a"}}"#
    private static let olderReturnValues =
        "1 validation error detected: Value 'BOGUS' at 'returnValues' failed to satisfy constraint: "
        + "Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"
    private static let olderOperator =
        "1 validation error detected: Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: "
        + "Member must satisfy enum value set: [OR, AND]"
    static let farTooDeep: [(operation: String, body: String, message: String)] = [
        (
            "PutItem",
            #"{"TableName":"none","Item":{"pk":{"S":"a"}},"Expected":{"a":{"Value":\#(nested(100))},"b":{"Exists":false}},"ConditionalOperator":"XOR"}"#,
            olderOperator
        ),
        (
            "UpdateItem",
            #"{\#(key),"Expected":{"a":{"Value":\#(nested(100))},"b":{"Exists":false}},"ConditionalOperator":"XOR"}"#,
            olderOperator
        ),
        (
            "UpdateItem",
            #"{\#(key),"Expected":{"a":{"Value":\#(nested(40))},"b":{"Exists":false}},"ConditionalOperator":"XOR"}"#,
            "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"
        ),
        ("DeleteItem", #"{\#(key),"Expected":{"d":{"Value":\#(nested(63))}},"ReturnValues":"BOGUS"}"#, olderReturnValues),
        ("DeleteItem", #"{"TableName":"none","Key":{"pk":\#(nested(100))},"ReturnValues":"BOGUS"}"#, olderReturnValues),
        (
            "DeleteItem",
            #"{\#(key),"ConditionExpression":"d = :d","ExpressionAttributeValues":{":d":\#(nested(63))},"ReturnValues":"BOGUS"}"#,
            olderReturnValues
        ),
        (
            "DeleteItem",
            #"{\#(key),"ConditionExpression":"d = :d","ExpressionAttributeValues":{":d":\#(nested(100))},"ReturnValues":"UPDATED_NEW"}"#,
            "ReturnValues can only be ALL_OLD or NONE"
        ),
        (
            "DeleteItem",
            #"{\#(key),"ConditionExpression":"d = :d","ExpressionAttributeValues":{":d":\#(nested(40))},"ReturnValues":"BOGUS"}"#,
            "1 validation error detected: Failed to satisfy constraint: "
                + "Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"
        ),
        ("DeleteItem", #"{"TableName":"none","Key":{"pk":\#(nested(100))}}"#, "1 validation error detected: \(nesting)"),
    ]

    @Test("far too deep a request has its enumerations refused first, in older words", arguments: farTooDeep.indices)
    func farTooDeepWords(number: Int) async throws {
        let (operation, body, message) = Self.farTooDeep[number]
        let fixture = try await EndpointFixture.withTable()
        #expect(await fixture.send(operation, body) == EndpointFixture.validation(message))
    }

    static let startKeys: [(value: String, query: String, scan: String)] = [
        (twice, current, "The provided starting key is invalid: \(older)"),
        (
            #"{"N":"x"}"#, "The parameter cannot be converted to a numeric value: x",
            "The provided starting key is invalid: The parameter cannot be converted to a numeric value: x"
        ),
        (
            #"{"BS":[]}"#,
            "The provided starting key is invalid: One or more parameter values were invalid: Binary sets should not be empty",
            "The provided starting key is invalid: One or more parameter values were invalid: Binary sets should not be empty"
        ),
    ]

    @Test("Query tells most of what is wrong with a starting key's value as it is", arguments: startKeys.indices)
    func startKeyWords(number: Int) async throws {
        let (value, query, scan) = Self.startKeys[number]
        let fixture = try await EndpointFixture.withTable()
        let condition = #""KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"a"}}"#
        #expect(
            await fixture.send("Query", #"{"TableName":"tab",\#(condition),"ExclusiveStartKey":{"pk":\#(value)}}"#)
                == EndpointFixture.validation(query))
        #expect(
            await fixture.send("Scan", #"{"TableName":"tab","ExclusiveStartKey":{"pk":\#(value)}}"#)
                == EndpointFixture.validation(scan))
    }
}
