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

    private static let byKey = #""KeyConditions":{"pk":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"a"}]}}"#

    @Test("KeyConditions, QueryFilter and AttributesToGet query")
    func query() async throws {
        let fixture = try await fixture()
        let found = #"{"Items":[{"n":{"N":"1"}}],"Count":1,"ScannedCount":1}"#
        let start = "{\"TableName\":\"tab\",\(Self.byKey),\"AttributesToGet\":[\"n\"]"
        #expect(await fixture.send("Query", "\(start)}") == found)
        let filter =
            #""QueryFilter":{"n":{"ComparisonOperator":"GT","AttributeValueList":[{"N":"5"}]},"x":{"ComparisonOperator":"NULL"}}"#
        #expect(await fixture.send("Query", "\(start),\(filter)}") == #"{"Items":[],"Count":0,"ScannedCount":1}"#)
        #expect(await fixture.send("Query", "\(start),\(filter),\"ConditionalOperator\":\"OR\"}") == found)
        #expect(await fixture.send("Query", "\(start),\"QueryFilter\":{}}") == found)
    }

    @Test("KeyConditions go with a filter expression")
    func keyConditionsAndFilter() async throws {
        let fixture = try await fixture()
        let filter = #""FilterExpression":"n > :n","ExpressionAttributeValues":{":n":{"N":"1"}}"#
        #expect(
            await fixture.send("Query", "{\"TableName\":\"tab\",\(Self.byKey),\(filter)}")
                == #"{"Items":[],"Count":0,"ScannedCount":1}"#)
    }

    @Test("ScanFilter and AttributesToGet scan")
    func scan() async throws {
        let fixture = try await fixture()
        let start = #"{"TableName":"tab","AttributesToGet":["s"],"ScanFilter""#
        #expect(
            await fixture.send(
                "Scan", "\(start):{\"pk\":{\"ComparisonOperator\":\"NE\",\"AttributeValueList\":[{\"S\":\"b\"}]}}}")
                == #"{"Items":[{"s":{"S":"hello"}}],"Count":1,"ScannedCount":1}"#)
        #expect(
            await fixture.send("Scan", "\(start):{\"x\":{\"ComparisonOperator\":\"NOT_NULL\"}}}")
                == #"{"Items":[],"Count":0,"ScannedCount":1}"#)
    }

    static let refusedReads: [(operation: String, members: String, message: String)] = [
        (
            "Query", #"\#(byKey),"AttributesToGet":["a"],"FilterExpression":"a = b""#,
            "Can not use both expression and non-expression parameters in the same request: "
                + "Non-expression parameters: {AttributesToGet} Expression parameters: {FilterExpression}"
        ),
        (
            "Query", #"\#(byKey),"KeyConditionExpression":"pk = :p""#,
            "Can not use both expression and non-expression parameters in the same request: "
                + "Non-expression parameters: {KeyConditions} Expression parameters: {KeyConditionExpression}"
        ),
        (
            "Scan", #""ScanFilter":{},"ConditionalOperator":"OR","ProjectionExpression":"a""#,
            "Can not use both expression and non-expression parameters in the same request: "
                + "Non-expression parameters: {ScanFilter, ConditionalOperator} Expression parameters: {ProjectionExpression}"
        ),
        (
            "Query", #""ConditionalOperator":"OR""#, "ConditionalOperator cannot be used without Filter or Expected"
        ),
        (
            "Query", #"\#(byKey),"ConditionalOperator":"XOR""#,
            "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"
        ),
        (
            "Query", "", "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."
        ),
        ("Query", #""KeyConditions":{}"#, "Conditions can be of length 1 or 2 only"),
        (
            "Query", #""KeyConditions":{"pk":{"ComparisonOperator":"EQ"}}"#,
            "One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator"
        ),
        (
            "Query", #""KeyConditions":{"x":{"ComparisonOperator":"NULL"}}"#, "Query condition missed key schema element: pk"
        ),
        (
            "Query", #""KeyConditions":{"pk":{"ComparisonOperator":"NOT_NULL"}}"#,
            "Attempted conditional constraint is not an indexable operation"
        ),
        (
            "Query", #""KeyConditions":{"pk":{"ComparisonOperator":"EQ","AttributeValueList":[{"N":"1"}]}}"#,
            "One or more parameter values were invalid: Condition parameter type does not match schema type"
        ),
        (
            "Query", #""KeyConditions":{"pk":{"ComparisonOperator":"GT","AttributeValueList":[{"S":"a"}]}}"#,
            "Query key condition not supported"
        ),
        (
            "Query", #"\#(byKey),"QueryFilter":{"pk":{"ComparisonOperator":"NOT_NULL"}}"#,
            "QueryFilter can only contain non-primary key attributes: Primary key attribute: pk"
        ),
        (
            "Query", #"\#(byKey),"Select":"COUNT","AttributesToGet":["a"]"#,
            "1 validation error detected: Cannot specify the AttributesToGet when choosing to get only the Count"
        ),
        (
            "Scan", #""ScanFilter":{"a":{"ComparisonOperator":"BETWEEN","AttributeValueList":[{"N":"2"},{"N":"1"}]}}"#,
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"
        ),
        (
            "Scan", #""ScanFilter":{"a":{"AttributeValueList":[]}}"#,
            "1 validation error detected: Value null at 'scanFilter.a.member.comparisonOperator' failed to satisfy constraint: "
                + "Member must not be null"
        ),
    ]

    @Test("a read's misuse comes with the service's text", arguments: refusedReads.indices)
    func readMisuse(number: Int) async throws {
        let (operation, members, message) = Self.refusedReads[number]
        let separator = members.isEmpty ? "" : ","
        #expect(
            await (try fixture()).send(operation, "{\"TableName\":\"tab\"\(separator)\(members)}")
                == EndpointFixture.validation(message))
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
