import AWSClients
import Foundation
import LambdaEvents
import Testing

@Suite("DynamoDB's item operations, by their wire texts")
struct ItemOperationTests {
    @Test("PutItem: the target, the content type and the body as the service documents them")
    func putItem() async throws {
        let transport = ScriptedTransport(json: #"{"Attributes":{"pk":{"S":"old"}}}"#)
        let output = try await DynamoDBClient(transport: transport).putItem(
            .init(
                tableName: "t", item: ["pk": .string("a"), "n": .number("1.50")],
                conditionExpression: "attribute_not_exists(#p)", expressionAttributeNames: ["#p": "pk"],
                expressionAttributeValues: [":v": .null], returnValues: .allOld, returnValuesOnConditionCheckFailure: .allOld))
        #expect(output.attributes == ["pk": .string("old")])
        let request = try #require(transport.requests.first)
        #expect(request.service == .dynamoDB && request.method == "POST" && request.path == "/")
        #expect(
            request.headers.map { "\($0.name): \($0.value)" }
                == ["Content-Type: application/x-amz-json-1.0", "X-Amz-Target: DynamoDB_20120810.PutItem"])
        #expect(
            try request.sortedJSON
                == ##"{"ConditionExpression":"attribute_not_exists(#p)","ExpressionAttributeNames":{"#p":"pk"},"##
                + ##""ExpressionAttributeValues":{":v":{"NULL":true}},"Item":{"n":{"N":"1.50"},"pk":{"S":"a"}},"##
                + ##""ReturnValues":"ALL_OLD","ReturnValuesOnConditionCheckFailure":"ALL_OLD","TableName":"t"}"##)
    }

    @Test("GetItem: what is not set is not sent, and no item is no error")
    func getItem() async throws {
        let transport = ScriptedTransport(.json("{}"), .json(#"{"Item":{"pk":{"S":"a"},"l":{"L":[{"BOOL":true}]}}}"#))
        let client = DynamoDBClient(transport: transport)
        let input = DynamoDB.GetItemInput(tableName: "t", key: ["pk": .string("a")])
        #expect(try await client.getItem(input).item == nil)
        #expect(try await client.getItem(input).item == ["pk": .string("a"), "l": .list([.bool(true)])])
        #expect(try transport.requests[0].sortedJSON == #"{"Key":{"pk":{"S":"a"}},"TableName":"t"}"#)
    }

    @Test("UpdateItem and DeleteItem")
    func updateAndDelete() async throws {
        let transport = ScriptedTransport(.json(#"{"Attributes":{"n":{"N":"2"}}}"#), .json("{}"))
        let client = DynamoDBClient(transport: transport)
        let updated = try await client.updateItem(
            .init(
                tableName: "t", key: ["pk": .string("a")], updateExpression: "ADD n :one",
                expressionAttributeValues: [":one": .integer(1)], returnValues: .updatedNew))
        #expect(updated.attributes == ["n": .number("2")])
        try await client.deleteItem(.init(tableName: "t", key: ["pk": .binary(Data([1]))]))
        #expect(
            try transport.requests.map { try $0.sortedJSON } == [
                #"{"ExpressionAttributeValues":{":one":{"N":"1"}},"Key":{"pk":{"S":"a"}},"ReturnValues":"UPDATED_NEW","TableName":"t","UpdateExpression":"ADD n :one"}"#,
                #"{"Key":{"pk":{"B":"AQ=="}},"TableName":"t"}"#,
            ])
    }

    @Test("Query: one page, and all pages by their last keys")
    func query() async throws {
        let transport = ScriptedTransport(
            .json(#"{"Count":0,"ScannedCount":3,"Items":[],"LastEvaluatedKey":{"pk":{"S":"a"},"sk":{"N":"3"}}}"#),
            .json(#"{"Count":1,"ScannedCount":1,"Items":[{"sk":{"N":"4"}}]}"#))
        let input = DynamoDB.QueryInput(
            tableName: "t", indexName: "i", keyConditionExpression: "pk = :p", filterExpression: "x > :x",
            expressionAttributeValues: [":p": .string("a"), ":x": .integer(2)], scanIndexForward: false, limit: 3)
        var counts: [[Int]] = []
        for try await page in DynamoDBClient(transport: transport).queryPages(input) {
            counts.append([page.count, page.scannedCount, page.items.count])
        }
        #expect(counts == [[0, 3, 0], [1, 1, 1]])
        let first =
            #""ExpressionAttributeValues":{":p":{"S":"a"},":x":{"N":"2"}},"FilterExpression":"x > :x","IndexName":"i","#
            + #""KeyConditionExpression":"pk = :p","Limit":3,"ScanIndexForward":false,"TableName":"t"}"#
        #expect(
            try transport.requests.map { try $0.sortedJSON } == [
                "{" + first, #"{"ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"N":"3"}},"# + first,
            ])
    }

    @Test("a count-only page has no items")
    func countOnly() async throws {
        let transport = ScriptedTransport(json: #"{"Count":7,"ScannedCount":9}"#)
        let page = try await DynamoDBClient(transport: transport).scan(
            .init(tableName: "t", select: .count, segment: 0, totalSegments: 4))
        #expect(page.count == 7 && page.scannedCount == 9 && page.items.isEmpty && page.lastEvaluatedKey == nil)
        #expect(
            try transport.requests[0].sortedJSON == #"{"Segment":0,"Select":"COUNT","TableName":"t","TotalSegments":4}"#)
    }

    @Test("BatchGetItem and BatchWriteItem, with what was left unprocessed")
    func batches() async throws {
        let transport = ScriptedTransport(
            .json(
                #"{"Responses":{"t":[{"pk":{"S":"a"}}]},"UnprocessedKeys":{"u":{"Keys":[{"pk":{"S":"b"}}],"ConsistentRead":true}}}"#
            ),
            .json(
                #"{"UnprocessedItems":{"t":[{"DeleteRequest":{"Key":{"pk":{"S":"b"}}}},{"PutRequest":{"Item":{"pk":{"S":"c"}}}}]}}"#
            ))
        let client = DynamoDBClient(transport: transport)
        let read = try await client.batchGetItem(
            .init(requestItems: ["t": .init(keys: [["pk": .string("a")]], projectionExpression: "pk")]))
        #expect(read.responses == ["t": [["pk": .string("a")]]])
        #expect(read.unprocessedKeys == ["u": .init(keys: [["pk": .string("b")]], consistentRead: true)])
        let written = try await client.batchWriteItem(
            .init(requestItems: ["t": [.put(["pk": .string("a")]), .delete(key: ["pk": .string("b")])]]))
        #expect(written.unprocessedItems == ["t": [.delete(key: ["pk": .string("b")]), .put(["pk": .string("c")])]])
        #expect(
            try transport.requests.map { try $0.sortedJSON } == [
                #"{"RequestItems":{"t":{"Keys":[{"pk":{"S":"a"}}],"ProjectionExpression":"pk"}}}"#,
                #"{"RequestItems":{"t":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}},{"DeleteRequest":{"Key":{"pk":{"S":"b"}}}}]}}"#,
            ])
    }

    @Test("TransactWriteItems: each kind in its member, and a token that stays through a retry")
    func transactWrite() async throws {
        let busy = ScriptedTransport.Step.json(#"{"__type":"com.amazon.coral.service#ThrottlingException"}"#, status: 400)
        let transport = ScriptedTransport(busy, .json("{}"))
        let client = DynamoDBClient(transport: transport, retry: .immediate)
        try await client.transactWriteItems(
            .init(transactItems: [
                .put(.init(tableName: "t", item: ["pk": .string("a")], conditionExpression: "attribute_not_exists(pk)")),
                .update(.init(tableName: "t", key: ["pk": .string("b")], updateExpression: "REMOVE x")),
                .delete(.init(tableName: "t", key: ["pk": .string("c")])),
                .conditionCheck(.init(tableName: "t", key: ["pk": .string("d")], conditionExpression: "x = y")),
            ]))
        let bodies = try transport.requests.map { try #require(JSONSerialization.jsonObject(with: $0.body) as? [String: Any]) }
        let tokens = bodies.compactMap { $0["ClientRequestToken"] as? String }
        #expect(tokens.count == 2 && tokens[0] == tokens[1] && tokens[0].count == 36)
        let items = String(
            decoding: try JSONSerialization.data(withJSONObject: #require(bodies[0]["TransactItems"])), as: UTF8.self)
        #expect(
            try sortedJSON(items)
                == #"[{"Put":{"ConditionExpression":"attribute_not_exists(pk)","Item":{"pk":{"S":"a"}},"TableName":"t"}},"#
                + #"{"Update":{"Key":{"pk":{"S":"b"}},"TableName":"t","UpdateExpression":"REMOVE x"}},"#
                + #"{"Delete":{"Key":{"pk":{"S":"c"}},"TableName":"t"}},"#
                + #"{"ConditionCheck":{"ConditionExpression":"x = y","Key":{"pk":{"S":"d"}},"TableName":"t"}}]"#)
    }

    @Test("TransactGetItems: answers in the order asked, nil for what is not there")
    func transactGet() async throws {
        let transport = ScriptedTransport(json: #"{"Responses":[{"Item":{"pk":{"S":"a"}}},{}]}"#)
        let output = try await DynamoDBClient(transport: transport).transactGetItems(
            .init(transactItems: [
                .init(get: .init(tableName: "t", key: ["pk": .string("a")])),
                .init(get: .init(tableName: "t", key: ["pk": .string("b")])),
            ]))
        #expect(output.responses.map(\.item) == [["pk": .string("a")], nil])
        #expect(
            try transport.requests[0].sortedJSON
                == #"{"TransactItems":[{"Get":{"Key":{"pk":{"S":"a"}},"TableName":"t"}},{"Get":{"Key":{"pk":{"S":"b"}},"TableName":"t"}}]}"#
        )
    }
}

extension RetryPolicy {
    /// Three attempts that do not wait.
    static let immediate = RetryPolicy(sleep: { _ in }, random: { 1 })
}
