import Testing

@Suite("Consumed capacity and item collections over the wire")
struct CapacityTests {
    private func fixture() async throws -> EndpointFixture {
        let fixture = try EndpointFixture()
        let made = await fixture.send(
            "CreateTable",
            """
            {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"},
              {"AttributeName": "l", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
             "LocalSecondaryIndexes": [{"IndexName": "lsi", "Projection": {"ProjectionType": "ALL"}, "KeySchema": [
              {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "l", "KeyType": "RANGE"}]}],
             "GlobalSecondaryIndexes": [{"IndexName": "gsi", "Projection": {"ProjectionType": "ALL"}, "KeySchema": [
              {"AttributeName": "l", "KeyType": "HASH"}]}]}
            """)
        #expect(made.contains("TableDescription"), "\(made)")
        return fixture
    }

    @Test("a write lists the table's and the indexes' parts, and the item collection")
    func write() async throws {
        let fixture = try await fixture()
        let item = #""Item":{"pk":{"S":"p"},"sk":{"S":"s"},"l":{"S":"l"}}"#
        #expect(
            await fixture.send(
                "PutItem",
                #"{"TableName":"tab",\#(item),"ReturnConsumedCapacity":"INDEXES","ReturnItemCollectionMetrics":"SIZE"}"#)
                == #"{"ConsumedCapacity":{"TableName":"tab","CapacityUnits":3.0,"Table":{"CapacityUnits":1.0},"#
                + #""LocalSecondaryIndexes":{"lsi":{"CapacityUnits":1.0}},"GlobalSecondaryIndexes":{"gsi":{"CapacityUnits":1.0}}},"#
                + #""ItemCollectionMetrics":{"ItemCollectionKey":{"pk":{"S":"p"}},"SizeEstimateRangeGB":[0.0,1.0]}}"#)
        #expect(
            await fixture.send("PutItem", #"{"TableName":"tab",\#(item),"ReturnConsumedCapacity":"TOTAL"}"#)
                == #"{"ConsumedCapacity":{"TableName":"tab","CapacityUnits":1.0}}"#)
        #expect(await fixture.send("PutItem", #"{"TableName":"tab",\#(item),"ReturnConsumedCapacity":"NONE"}"#) == "{}")
    }

    @Test("a read of an index lists it beside a table that cost nothing")
    func read() async throws {
        let fixture = try await fixture()
        let query = #""TableName":"tab","ExpressionAttributeValues":{":a":{"S":"a"}},"ReturnConsumedCapacity":"INDEXES""#
        #expect(
            await fixture.send("Query", #"{\#(query),"IndexName":"gsi","KeyConditionExpression":"l = :a"}"#)
                == #"{"Items":[],"Count":0,"ScannedCount":0,"ConsumedCapacity":{"TableName":"tab","CapacityUnits":0.5,"#
                + #""Table":{"CapacityUnits":0.0},"GlobalSecondaryIndexes":{"gsi":{"CapacityUnits":0.5}}}}"#)
        #expect(
            await fixture.send(
                "Query", #"{\#(query),"IndexName":"lsi","KeyConditionExpression":"pk = :a","ConsistentRead":true}"#)
                == #"{"Items":[],"Count":0,"ScannedCount":0,"ConsumedCapacity":{"TableName":"tab","CapacityUnits":1.0,"#
                + #""Table":{"CapacityUnits":0.0},"LocalSecondaryIndexes":{"lsi":{"CapacityUnits":1.0}}}}"#)
    }

    @Test("a transaction costs twice as much, and tells reads and writes apart in each part")
    func transactions() async throws {
        let fixture = try await fixture()
        let put = #"{"Put":{"TableName":"tab","Item":{"pk":{"S":"p"},"sk":{"S":"s"},"l":{"S":"l"}}}}"#
        #expect(
            await fixture.send(
                "TransactWriteItems", #"{"TransactItems":[\#(put)],"ReturnConsumedCapacity":"INDEXES"}"#)
                == #"{"ConsumedCapacity":[{"TableName":"tab","CapacityUnits":6.0,"WriteCapacityUnits":6.0,"#
                + #""Table":{"CapacityUnits":2.0,"WriteCapacityUnits":2.0},"#
                + #""LocalSecondaryIndexes":{"lsi":{"CapacityUnits":2.0,"WriteCapacityUnits":2.0}},"#
                + #""GlobalSecondaryIndexes":{"gsi":{"CapacityUnits":2.0,"WriteCapacityUnits":2.0}}}]}"#)
        let get = #"{"Get":{"TableName":"tab","Key":{"pk":{"S":"none"},"sk":{"S":"s"}}}}"#
        #expect(
            await fixture.send("TransactGetItems", #"{"TransactItems":[\#(get)],"ReturnConsumedCapacity":"INDEXES"}"#)
                == #"{"Responses":[{}],"ConsumedCapacity":[{"TableName":"tab","CapacityUnits":2.0,"ReadCapacityUnits":2.0,"#
                + #""Table":{"CapacityUnits":2.0,"ReadCapacityUnits":2.0}}]}"#)
    }
}
