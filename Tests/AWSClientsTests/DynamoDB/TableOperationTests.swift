import AWSClients
import Foundation
import Testing

@Suite("DynamoDB's table operations, by their wire texts")
struct TableOperationTests {
    @Test("CreateTable with an index and a stream, and the description that comes back")
    func createTable() async throws {
        let transport = ScriptedTransport(
            json: #"""
                {"TableDescription":{"TableName":"t","TableStatus":"ACTIVE","CreationDateTime":1.7e9,"ItemCount":0,
                 "TableArn":"arn:t","TableId":"id","BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},
                 "GlobalSecondaryIndexes":[{"IndexName":"i","IndexStatus":"ACTIVE","IndexArn":"arn:i"}],
                 "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"},
                 "LatestStreamArn":"arn:s","LatestStreamLabel":"l","SomethingNew":1}}
                """#)
        let description = try await DynamoDBClient(transport: transport).createTable(
            .init(
                tableName: "t",
                attributeDefinitions: [
                    .init(attributeName: "pk", attributeType: .string), .init(attributeName: "n", attributeType: .number),
                ],
                keySchema: [.init(attributeName: "pk", keyType: .hash)],
                globalSecondaryIndexes: [
                    .init(
                        indexName: "i",
                        keySchema: [.init(attributeName: "n", keyType: .hash), .init(attributeName: "pk", keyType: .range)],
                        projection: .init(projectionType: .include, nonKeyAttributes: ["x"]))
                ],
                streamSpecification: .init(streamEnabled: true, streamViewType: .newAndOldImages))
        ).tableDescription
        #expect(description.tableStatus == "ACTIVE" && description.tableARN == "arn:t" && description.latestStreamARN == "arn:s")
        #expect(description.globalSecondaryIndexes?.first?.indexARN == "arn:i")
        #expect(description.billingModeSummary?.billingMode == .payPerRequest)
        #expect(description.creationDateTime == 1_700_000_000)
        #expect(
            try transport.requests[0].sortedJSON
                == #"{"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"}],"#
                + #""BillingMode":"PAY_PER_REQUEST","GlobalSecondaryIndexes":[{"IndexName":"i","KeySchema":["#
                + #"{"AttributeName":"n","KeyType":"HASH"},{"AttributeName":"pk","KeyType":"RANGE"}],"#
                + #""Projection":{"NonKeyAttributes":["x"],"ProjectionType":"INCLUDE"}}],"#
                + #""KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"#
                + #""StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"},"TableName":"t"}"#)
    }

    @Test("DescribeTable, DeleteTable, ListTables and UpdateTimeToLive")
    func others() async throws {
        let transport = ScriptedTransport(
            .json(#"{"Table":{"TableName":"t","TableSizeBytes":5}}"#), .json(#"{"TableDescription":{"TableStatus":"DELETING"}}"#),
            .json(#"{"TableNames":["a","b"],"LastEvaluatedTableName":"b"}"#),
            .json(#"{"TimeToLiveSpecification":{"AttributeName":"e","Enabled":true}}"#))
        let client = DynamoDBClient(transport: transport)
        #expect(try await client.describeTable(.init(tableName: "t")).table.tableSizeBytes == 5)
        #expect(try await client.deleteTable(.init(tableName: "t")).tableDescription.tableStatus == "DELETING")
        let names = try await client.listTables(.init(exclusiveStartTableName: "_", limit: 2))
        #expect(names.tableNames == ["a", "b"] && names.lastEvaluatedTableName == "b")
        try await client.updateTimeToLive(
            .init(tableName: "t", timeToLiveSpecification: .init(attributeName: "e", enabled: true)))
        #expect(
            try transport.requests.map { try $0.sortedJSON } == [
                #"{"TableName":"t"}"#, #"{"TableName":"t"}"#, #"{"ExclusiveStartTableName":"_","Limit":2}"#,
                #"{"TableName":"t","TimeToLiveSpecification":{"AttributeName":"e","Enabled":true}}"#,
            ])
        #expect(
            transport.requests.map { $0.headers[1].value.split(separator: ".").last } == [
                "DescribeTable", "DeleteTable", "ListTables", "UpdateTimeToLive",
            ])
    }
}
