import Testing

@Suite("Queries, batches and transactions over the wire")
struct BatchAndTransactionTests {
    private func fixture() async throws -> EndpointFixture {
        let fixture = try EndpointFixture()
        _ = await fixture.send(
            "CreateTable",
            #"{"TableName":"tab","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]}"#
        )
        let puts = (1...3).map { #"{"PutRequest":{"Item":{"pk":{"S":"a"},"sk":{"N":"\#($0)"}}}}"# }.joined(separator: ",")
        #expect(await fixture.send("BatchWriteItem", #"{"RequestItems":{"tab":[\#(puts)]}}"#) == #"{"UnprocessedItems":{}}"#)
        return fixture
    }

    @Test("a query's pages are in order, and a page ends with the key to go on from")
    func query() async throws {
        let fixture = try await fixture()
        let query = #""TableName":"tab","KeyConditionExpression":"pk = :a","ExpressionAttributeValues":{":a":{"S":"a"}}"#
        #expect(
            await fixture.send("Query", "{\(query),\"Limit\":2}")
                == #"{"Items":[{"pk":{"S":"a"},"sk":{"N":"1"}},{"pk":{"S":"a"},"sk":{"N":"2"}}],"Count":2,"ScannedCount":2,"LastEvaluatedKey":{"pk":{"S":"a"},"sk":{"N":"2"}}}"#
        )
        #expect(
            await fixture.send("Query", "{\(query),\"ExclusiveStartKey\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"2\"}}}")
                == #"{"Items":[{"pk":{"S":"a"},"sk":{"N":"3"}}],"Count":1,"ScannedCount":1}"#)
        #expect(
            await fixture.send("Query", "{\(query),\"ScanIndexForward\":false,\"Select\":\"COUNT\"}")
                == #"{"Count":3,"ScannedCount":3}"#)
    }

    @Test("a scan filters what it reads")
    func scan() async throws {
        #expect(
            await (try fixture()).send(
                "Scan",
                #"{"TableName":"tab","FilterExpression":"sk > :two","ExpressionAttributeValues":{":two":{"N":"2"}},"ProjectionExpression":"sk"}"#
            ) == #"{"Items":[{"sk":{"N":"3"}}],"Count":1,"ScannedCount":3}"#)
    }

    @Test("a batch of gets answers by table")
    func batchGet() async throws {
        #expect(
            await (try fixture()).send(
                "BatchGetItem",
                #"{"RequestItems":{"tab":{"Keys":[{"pk":{"S":"a"},"sk":{"N":"1"}},{"pk":{"S":"no"},"sk":{"N":"1"}}]}}}"#)
                == #"{"Responses":{"tab":[{"pk":{"S":"a"},"sk":{"N":"1"}}]},"UnprocessedKeys":{}}"#)
    }

    @Test("a transaction of gets answers in order, with an empty object where there is no item")
    func transactGet() async throws {
        #expect(
            await (try fixture()).send(
                "TransactGetItems",
                #"{"TransactItems":[{"Get":{"TableName":"tab","Key":{"pk":{"S":"no"},"sk":{"N":"1"}}}},{"Get":{"TableName":"tab","Key":{"pk":{"S":"a"},"sk":{"N":"1"}}}}]}"#
            ) == #"{"Responses":[{},{"Item":{"pk":{"S":"a"},"sk":{"N":"1"}}}]}"#)
    }

    @Test("a cancelled transaction names a reason for each of its actions")
    func cancelled() async throws {
        let fixture = try await fixture()
        let body = #"""
            {"TransactItems":[
              {"Put":{"TableName":"tab","Item":{"pk":{"S":"new"},"sk":{"N":"1"}}}},
              {"ConditionCheck":{"TableName":"tab","Key":{"pk":{"S":"a"},"sk":{"N":"1"}},"ConditionExpression":"attribute_not_exists(pk)","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}}]}
            """#
        #expect(
            await fixture.send("TransactWriteItems", body)
                == #"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Item":{"pk":{"S":"a"},"sk":{"N":"1"}},"Message":"The conditional request failed"}],"Message":"Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]"}"#
        )
        #expect(await fixture.send("GetItem", #"{"TableName":"tab","Key":{"pk":{"S":"new"},"sk":{"N":"1"}}}"#) == "{}")
    }

    @Test("a transaction that goes through answers an empty object")
    func committed() async throws {
        let fixture = try await fixture()
        let body = #"""
            {"TransactItems":[
              {"Update":{"TableName":"tab","Key":{"pk":{"S":"a"},"sk":{"N":"1"}},"UpdateExpression":"SET x = :v","ExpressionAttributeValues":{":v":{"BOOL":true}}}},
              {"Delete":{"TableName":"tab","Key":{"pk":{"S":"a"},"sk":{"N":"2"}}}}]}
            """#
        #expect(await fixture.send("TransactWriteItems", body) == "{}")
        #expect(
            await fixture.send("Scan", #"{"TableName":"tab"}"#)
                == #"{"Items":[{"pk":{"S":"a"},"sk":{"N":"1"},"x":{"BOOL":true}},{"pk":{"S":"a"},"sk":{"N":"3"}}],"Count":2,"ScannedCount":2}"#
        )
    }
}
