import Foundation
import Testing

@Suite("Tables over the wire")
struct TableOperationTests {
    @Test("a table is made, described, listed and deleted")
    func life() async throws {
        let fixture = try EndpointFixture()
        let made = await fixture.send(
            "CreateTable",
            #"{"TableName":"tab","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"g","AttributeType":"N"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"ProvisionedThroughput":{"ReadCapacityUnits":2,"WriteCapacityUnits":3},"GlobalSecondaryIndexes":[{"IndexName":"idx","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["x"]},"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}"#
        )
        let description = try object(made, "TableDescription")
        #expect(description["TableStatus"] as? String == "CREATING")
        let table = try object(await fixture.send("DescribeTable", #"{"TableName":"tab"}"#), "Table")
        #expect(table["TableStatus"] as? String == "ACTIVE")
        #expect(table["TableArn"] as? String == "arn:aws:dynamodb:us-east-1:000000000000:table/tab")
        #expect((table["KeySchema"] as? [[String: String]]) == [["AttributeName": "pk", "KeyType": "HASH"]])
        #expect((table["ProvisionedThroughput"] as? [String: Int])?["WriteCapacityUnits"] == 3)
        let index = try #require((table["GlobalSecondaryIndexes"] as? [[String: Any]])?.first)
        #expect(index["IndexName"] as? String == "idx")
        #expect(index["IndexStatus"] as? String == "ACTIVE")
        #expect((index["Projection"] as? [String: Any])?["NonKeyAttributes"] as? [String] == ["x"])
        #expect((table["StreamSpecification"] as? [String: Any])?["StreamViewType"] as? String == "KEYS_ONLY")
        #expect(await fixture.send("ListTables", "{}") == #"{"TableNames":["tab"]}"#)
        #expect(
            try object(await fixture.send("DeleteTable", #"{"TableName":"tab"}"#), "TableDescription")["TableStatus"] as? String
                == "DELETING")
        #expect(await fixture.send("ListTables", "{}") == #"{"TableNames":[]}"#)
    }

    @Test("a table's time to live is set and told")
    func timeToLive() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send(
                "UpdateTimeToLive", #"{"TableName":"tab","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"exp"}}"#)
                == #"{"TimeToLiveSpecification":{"Enabled":true,"AttributeName":"exp"}}"#)
        #expect(
            await fixture.send("DescribeTimeToLive", #"{"TableName":"tab"}"#)
                == #"{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"exp"}}"#)
    }

    @Test("a table is changed, tagged and told")
    func changes() async throws {
        let fixture = try await EndpointFixture.withTable()
        let changed = await fixture.send(
            "UpdateTable",
            #"{"TableName":"tab","AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],"GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"idx","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}}]}"#
        )
        let index = try #require(
            (try object(changed, "TableDescription")["GlobalSecondaryIndexes"] as? [[String: Any]])?.first)
        #expect(index["IndexStatus"] as? String == "CREATING")
        #expect(index["Backfilling"] as? Bool == false)
        let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/tab"
        #expect(await fixture.send("TagResource", #"{"ResourceArn":"\#(arn)","Tags":[{"Key":"k","Value":"v"}]}"#).isEmpty)
        #expect(
            await fixture.send("ListTagsOfResource", #"{"ResourceArn":"\#(arn)"}"#) == #"{"Tags":[{"Key":"k","Value":"v"}]}"#)
        #expect(await fixture.send("UntagResource", #"{"ResourceArn":"\#(arn)","TagKeys":["k"]}"#).isEmpty)
        #expect(await fixture.send("ListTagsOfResource", #"{"ResourceArn":"\#(arn)"}"#) == #"{"Tags":[]}"#)
    }

    @Test(
        "a table operation without a table's name looks at nothing else",
        arguments: ["CreateTable", "DescribeTable", "UpdateTable", "DeleteTable", "UpdateTimeToLive", "DescribeTimeToLive"])
    func nameless(operation: String) async throws {
        #expect(
            await (try EndpointFixture()).send(operation, "{}")
                == EndpointFixture.validation("The parameter 'TableName' is required but was not present in the request"))
    }

    @Test("an unknown table class, an index update of nothing, and index names of both kinds are refused in the service's words")
    func refusals() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send("UpdateTable", #"{"TableName":"tab","TableClass":"junk"}"#)
                == EndpointFixture.validation(
                    "Invalid table-class parameter provided. Please try again with a valid table-class value: "
                        + "[STANDARD, STANDARD_INFREQUENT_ACCESS]."))
        let text = await fixture.send(
            "CreateTable",
            #"{"TableName":"two","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"LocalSecondaryIndexes":[{"IndexName":"l1","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"Projection":{}}],"GlobalSecondaryIndexes":[{"IndexName":"g1","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{}}]}"#
        )
        let tooShort = "failed to satisfy constraint: Member must have length greater than or equal to 3"
        #expect(
            text
                == EndpointFixture.validation(
                    "2 validation errors detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName' \(tooShort); "
                        + "Value 'l1' at 'localSecondaryIndexes.1.member.indexName' \(tooShort)"))
    }

    @Test("the account's limits and the endpoint's address are told")
    func account() async throws {
        let fixture = try EndpointFixture()
        #expect(await fixture.send("DescribeLimits", "{}").contains(#""TableMaxReadCapacityUnits":40000"#))
        let endpoints = await withCheckedContinuation { continuation in
            fixture.endpoint.handle(
                target: "DynamoDB_20120810.DescribeEndpoints", body: Array("{}".utf8), host: "localhost:8000"
            ) { continuation.resume(returning: String(decoding: $0.body, as: UTF8.self)) }
        }
        #expect(endpoints == #"{"Endpoints":[{"Address":"localhost:8000","CachePeriodInMinutes":1440}]}"#)
    }

    private func object(_ text: String, _ name: String) throws -> [String: Any] {
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require(document?[name] as? [String: Any], "\(text)")
    }
}
