import Testing

@Suite("Legacy parameters over the wire")
struct LegacyParameterTests {
    private func fixture() async throws -> EndpointFixture {
        let fixture = try await EndpointFixture.withTable()
        let item = #"{"pk":{"S":"a"},"n":{"N":"1"},"s":{"S":"hello"}}"#
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":\#(item)}"#)
        return fixture
    }

    private static let key = #""TableName":"tab","Key":{"pk":{"S":"a"}}"#
    private static let failed =
        #"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed"}"#

    @Test("AttributesToGet projects")
    func attributesToGet() async throws {
        let fixture = try await fixture()
        #expect(
            await fixture.send("GetItem", "{\(Self.key),\"AttributesToGet\":[\"n\",\"x\"]}") == #"{"Item":{"n":{"N":"1"}}}"#)
        #expect(
            await fixture.send(
                "BatchGetItem", #"{"RequestItems":{"tab":{"Keys":[{"pk":{"S":"a"}}],"AttributesToGet":["x"]}}}"#)
                == #"{"Responses":{"tab":[{}]},"UnprocessedKeys":{}}"#)
        #expect(
            await fixture.send("GetItem", "{\(Self.key),\"AttributesToGet\":[\"n\",\"n\"]}")
                == EndpointFixture.validation(
                    "One or more parameter values were invalid: Duplicate value in attribute name: n"))
    }

    @Test("Expected holds a write back")
    func expected() async throws {
        let fixture = try await fixture()
        let put = #""TableName":"tab","Item":{"pk":{"S":"a"},"n":{"N":"2"}}"#
        #expect(await fixture.send("PutItem", "{\(put),\"Expected\":{\"pk\":{\"Exists\":false}}}") == Self.failed)
        let either =
            #""Expected":{"n":{"Value":{"N":"9"}},"s":{"ComparisonOperator":"BEGINS_WITH","AttributeValueList":[{"S":"he"}]}}"#
        #expect(await fixture.send("DeleteItem", "{\(Self.key),\(either)}") == Self.failed)
        #expect(await fixture.send("PutItem", "{\(put),\(either),\"ConditionalOperator\":\"OR\"}") == "{}")
        #expect(
            await fixture.send("DeleteItem", "{\(Self.key),\"Expected\":{\"n\":{\"Value\":{\"N\":\"2.0\"}}}}") == "{}")
    }

    @Test("AttributeUpdates change an item under Expected")
    func attributeUpdates() async throws {
        let fixture = try await fixture()
        let body =
            #"\#(Self.key),"AttributeUpdates":{"n":{"Action":"ADD","Value":{"N":"4"}},"s":{"Action":"DELETE"},"x":{"Value":{"BOOL":true}}},"ReturnValues":"UPDATED_NEW""#
        #expect(await fixture.send("UpdateItem", "{\(body),\"Expected\":{\"s\":{\"Value\":{\"S\":\"no\"}}}}") == Self.failed)
        #expect(await fixture.send("UpdateItem", "{\(body)}") == #"{"Attributes":{"n":{"N":"5"},"x":{"BOOL":true}}}"#)
        #expect(
            await fixture.send("UpdateItem", "{\(Self.key),\"AttributeUpdates\":{\"pk\":{\"Value\":{\"S\":\"b\"}}}}")
                == EndpointFixture.validation(
                    "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"))
    }

    static let refused: [(operation: String, members: String, message: String)] = [
        (
            "PutItem", #""Item":{},"Expected":{"a":{}},"ConditionalOperator":"AND","ConditionExpression":"a = b""#,
            "Can not use both expression and non-expression parameters in the same request: "
                + "Non-expression parameters: {Expected, ConditionalOperator} Expression parameters: {ConditionExpression}"
        ),
        (
            "UpdateItem",
            #""Key":{},"AttributeUpdates":{},"Expected":{},"UpdateExpression":"SET a = b","ConditionExpression":"a = b""#,
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                + "{AttributeUpdates, Expected} Expression parameters: {UpdateExpression, ConditionExpression}"
        ),
        (
            "DeleteItem", #""Key":{},"Expected":{},"ConditionalOperator":"OR""#,
            "ConditionalOperator cannot be used without Filter or Expected"
        ),
        (
            "DeleteItem", #""Key":{},"Expected":{"a":{"Exists":false}},"ConditionalOperator":"OR""#,
            "ConditionalOperator can only be used when Filter or Expected has two or more elements"
        ),
        (
            "PutItem", #""Item":{},"Expected":{"a":{"Exists":false},"b":{"Exists":false}},"ConditionalOperator":"XOR""#,
            "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"
        ),
        (
            "PutItem", #""Item":{},"Expected":{"a":{"ComparisonOperator":"eq"}}"#,
            "1 validation error detected: Value 'eq' at 'expected.a.member.comparisonOperator' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, "
                + "BEGINS_WITH, GE, CONTAINS]"
        ),
        (
            "PutItem", #""Item":{},"Expected":{"a":{"Exists":true}}"#,
            "1 validation error detected: One or more parameter values were invalid: Value must be provided when Exists is "
                + "true for Attribute: a"
        ),
        (
            "UpdateItem", #""Key":{},"AttributeUpdates":{"a":{"Action":"PUT"}}"#,
            "1 validation error detected: One or more parameter values were invalid: Only DELETE action is allowed when no "
                + "attribute value is specified"
        ),
    ]

    @Test("misuse comes with the service's text", arguments: refused.indices)
    func misuse(number: Int) async throws {
        let (operation, members, message) = Self.refused[number]
        #expect(
            await (try EndpointFixture()).send(operation, "{\"TableName\":\"tab\",\(members)}")
                == EndpointFixture.validation(message))
    }

    @Test("a batch does not mix AttributesToGet and ProjectionExpression, even across tables")
    func batchMixed() async throws {
        #expect(
            await (try EndpointFixture()).send(
                "BatchGetItem",
                #"{"RequestItems":{"one":{"Keys":[{}],"AttributesToGet":["a"]},"two":{"Keys":[{}],"ProjectionExpression":"a"}}}"#)
                == EndpointFixture.validation(
                    "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                        + "{AttributesToGet} Expression parameters: {ProjectionExpression}"))
    }
}
