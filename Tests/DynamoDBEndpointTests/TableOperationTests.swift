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

    private func object(_ text: String, _ name: String) throws -> [String: Any] {
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require(document?[name] as? [String: Any], "\(text)")
    }
}
