import Foundation
import Testing

@Suite("Streams over the wire")
struct StreamOperationTests {
    @Test("a write is read from the stream, as the service writes its records")
    func records() async throws {
        let fixture = try await EndpointFixture.withTable(stream: true)
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"},"n":{"N":"1"}}}"#)
        _ = await fixture.send("DeleteItem", #"{"TableName":"tab","Key":{"pk":{"S":"a"}}}"#)

        let streams = try document(await fixture.sendToStreams("ListStreams", #"{"TableName":"tab"}"#))
        let stream = try #require((streams["Streams"] as? [[String: String]])?.first)
        let arn = try #require(stream["StreamArn"])
        #expect(arn.hasPrefix("arn:aws:dynamodb:us-east-1:000000000000:table/tab/stream/"))

        let described = try document(await fixture.sendToStreams("DescribeStream", #"{"StreamArn":"\#(arn)"}"#))
        let description = try #require(described["StreamDescription"] as? [String: Any])
        #expect(description["StreamStatus"] as? String == "ENABLED")
        #expect(description["StreamViewType"] as? String == "NEW_AND_OLD_IMAGES")
        let shard = try #require((description["Shards"] as? [[String: Any]])?.first?["ShardId"] as? String)
        #expect(shard.utf8.count >= 28)

        let iterator = try document(
            await fixture.sendToStreams(
                "GetShardIterator", #"{"StreamArn":"\#(arn)","ShardId":"\#(shard)","ShardIteratorType":"TRIM_HORIZON"}"#))
        let token = try #require(iterator["ShardIterator"] as? String)
        let answer = try document(await fixture.sendToStreams("GetRecords", #"{"ShardIterator":"\#(token)"}"#))
        let records = try #require(answer["Records"] as? [[String: Any]])
        #expect(records.map { $0["eventName"] as? String } == ["INSERT", "REMOVE"])
        #expect(records[0]["eventSource"] as? String == "aws:dynamodb")
        #expect(records[0]["eventVersion"] as? String == "1.1")
        #expect(records[0]["awsRegion"] as? String == "us-east-1")
        let change = try #require(records[0]["dynamodb"] as? [String: Any])
        #expect(change["Keys"] as? [String: [String: String]] == ["pk": ["S": "a"]])
        #expect(change["NewImage"] as? [String: [String: String]] == ["n": ["N": "1"], "pk": ["S": "a"]])
        #expect(change["OldImage"] == nil)
        #expect(change["ApproximateCreationDateTime"] as? Int == 1_700_000_000)
        #expect(answer["NextShardIterator"] is String)
    }

    @Test("what is missing, unknown or not built is refused")
    func refused() async throws {
        let fixture = try await EndpointFixture.withTable(stream: true)
        #expect(
            await fixture.sendToStreams("GetRecords", "{}")
                == EndpointFixture.validation(
                    "1 validation error detected: Value null at 'shardIterator' failed to satisfy constraint: Member must not be null"
                ))
        #expect(
            await fixture.sendToStreams("GetShardIterator", #"{"StreamArn":"a","ShardId":"b","ShardIteratorType":"NOW"}"#)
                == EndpointFixture.validation(
                    "3 validation errors detected: Value 'a' at 'streamArn' failed to satisfy constraint: Member must have "
                        + "length greater than or equal to 37; Value 'b' at 'shardId' failed to satisfy constraint: Member must "
                        + "have length greater than or equal to 28; Value 'NOW' at 'shardIteratorType' failed to satisfy "
                        + "constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, "
                        + "TRIM_HORIZON]")
        )
        let long = String(repeating: "a", count: 40)
        #expect(
            await fixture.sendToStreams("DescribeStream", #"{"StreamArn":"\#(long)","ShardFilter":{"Type":"CHILD_SHARDS"}}"#)
                == EndpointFixture.validation(
                    "1 validation error detected: Value null at 'shardFilter.shardId' failed to satisfy constraint: Member "
                        + "must not be null"))
        #expect(
            await fixture.sendToStreams("DescribeStream", #"{"StreamArn":"\#(long)"}"#)
                == EndpointFixture.validation("Invalid StreamArn: \(long)"))
        #expect(
            await fixture.sendToStreams("ListStreams", #"{"ExclusiveStartStreamArn":"\#(long)"}"#)
                == EndpointFixture.validation("Invalid StreamArn: \(long)"))
        #expect(
            await fixture.sendToStreams("ListStreams", #"{"Limit":101}"#)
                == EndpointFixture.validation(
                    "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value "
                        + "less than or equal to 100"))
    }

    private func document(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }
}
