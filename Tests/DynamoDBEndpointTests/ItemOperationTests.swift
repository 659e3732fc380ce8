import Testing

@Suite("Items over the wire")
struct ItemOperationTests {
    @Test("an item of every type comes back as it went in, numbers in normal form")
    func everyType() async throws {
        let fixture = try await EndpointFixture.withTable()
        let item =
            #"{"b":{"B":"AQI="},"bs":{"BS":["AQ=="]},"f":{"BOOL":false},"l":{"L":[{"S":""},{"NULL":true}]},"m":{"M":{"x":{"N":"1"}}},"n":{"N":"150"},"ns":{"NS":["1","2"]},"pk":{"S":"é"},"ss":{"SS":["a","b"]}}"#
        let sent = item.replacingOccurrences(of: #"{"N":"150"}"#, with: #"{"N":"1.50e2"}"#)
        #expect(await fixture.send("PutItem", "{\"TableName\":\"tab\",\"Item\":\(sent)}") == "{}")
        #expect(
            await fixture.send("GetItem", #"{"TableName":"tab","Key":{"pk":{"S":"é"}}}"#) == "{\"Item\":\(item)}")
    }

    @Test("NULL must be true")
    func null() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"},"z":{"NULL":false}}}"#)
                .contains("One or more parameter values were invalid: Null attribute value types must have the value of true"))
    }

    @Test("what a projection does not find leaves an empty item, and in a transaction none")
    func emptyProjection() async throws {
        let fixture = try await EndpointFixture.withTable()
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"}}}"#)
        let get = #""Key":{"pk":{"S":"a"}},"ProjectionExpression":"z""#
        #expect(await fixture.send("GetItem", "{\"TableName\":\"tab\",\(get)}") == #"{"Item":{}}"#)
        #expect(
            await fixture.send("TransactGetItems", "{\"TransactItems\":[{\"Get\":{\"TableName\":\"tab\",\(get)}}]}")
                == #"{"Responses":[{}]}"#)
    }

    @Test("an update that only takes away makes no item")
    func onlyTakesAway() async throws {
        let fixture = try await EndpointFixture.withTable()
        let key = #""TableName":"tab","Key":{"pk":{"S":"a"}}"#
        #expect(
            await fixture.send("UpdateItem", "{\(key),\"UpdateExpression\":\"REMOVE x\",\"ReturnValues\":\"ALL_NEW\"}") == "{}")
        #expect(await fixture.send("UpdateItem", "{\(key),\"AttributeUpdates\":{\"x\":{\"Action\":\"DELETE\"}}}") == "{}")
        #expect(await fixture.send("GetItem", "{\(key)}") == "{}")
        #expect(
            await fixture.send("UpdateItem", "{\(key),\"AttributeUpdates\":{},\"ReturnValues\":\"ALL_NEW\"}")
                == #"{"Attributes":{"pk":{"S":"a"}}}"#)
    }

    @Test("an update that carries more than an item may have is refused before its condition is looked at")
    func charge() async throws {
        let fixture = try await EndpointFixture.withTable()
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"},"c":{"S":"x"}}}"#)
        let huge = String(repeating: "h", count: 409_700)
        let body =
            #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"UpdateExpression":"SET c = if_not_exists(c, :huge)","ConditionExpression":"attribute_exists(nope)","ExpressionAttributeValues":{":huge":{"S":"\#(huge)"}}}"#
        #expect(
            await fixture.send("UpdateItem", body)
                == EndpointFixture.validation("Item size to update has exceeded the maximum allowed size"))
    }

    @Test("an item that is not there is no member of the answer")
    func noItem() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(await fixture.send("GetItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}}}"#) == "{}")
        #expect(
            await fixture.send("GetItem", #"{"TableName":"none","Key":{"pk":{"S":"a"}}}"#)
                == #"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}"#
        )
    }

    @Test("a failed condition is its own error, with the item where it was asked for")
    func condition() async throws {
        let fixture = try await EndpointFixture.withTable()
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"}}}"#)
        let put = #"{"TableName":"tab","Item":{"pk":{"S":"a"}},"ConditionExpression":"attribute_not_exists(pk)""#
        #expect(
            await fixture.send("PutItem", put + "}")
                == #"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed"}"#
        )
        #expect(
            await fixture.send("PutItem", put + #","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}"#)
                == #"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","Item":{"pk":{"S":"a"}},"message":"The conditional request failed"}"#
        )
    }

    @Test("an update answers what was asked for")
    func update() async throws {
        let fixture = try await EndpointFixture.withTable()
        let body =
            #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"UpdateExpression":"SET m = :m ADD n :one","ExpressionAttributeValues":{":m":{"M":{}},":one":{"N":"1"}},"ReturnValues":"UPDATED_NEW","ReturnConsumedCapacity":"TOTAL"}"#
        #expect(
            await fixture.send("UpdateItem", body)
                == #"{"Attributes":{"m":{"M":{}},"n":{"N":"1"}},"ConsumedCapacity":{"TableName":"tab","CapacityUnits":1.0}}"#)
        #expect(
            await fixture.send("DeleteItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"ReturnValues":"ALL_OLD"}"#)
                == #"{"Attributes":{"m":{"M":{}},"n":{"N":"1"},"pk":{"S":"a"}}}"#)
    }

    @Test("a broken expression comes with the service's text")
    func expression() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send(
                "UpdateItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"UpdateExpression":"INVALID SYNTAX HERE"}"#)
                == EndpointFixture.validation(
                    #"1 validation error detected: Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX""#
                ))
    }
}
