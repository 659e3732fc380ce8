import DynamoDBEndpoint
import Foundation
import Testing

@Suite("The JSON 1.0 protocol")
struct ProtocolTests {
    @Test("an answer has a request id, a content type and the checksum of its body")
    func headers() async throws {
        let fixture = try await EndpointFixture.withTable()
        let reply = await fixture.reply("DynamoDB_20120810.PutItem", Data(#"{"TableName":"tab","Item":{"pk":{"S":"a"}}}"#.utf8))
        #expect(reply.status == 200)
        #expect(reply.body == Array("{}".utf8))
        #expect(reply.header("Content-Type") == "application/x-amz-json-1.0")
        // The CRC-32 of `{}`, as the service answers it to every write without output.
        #expect(reply.header("x-amz-crc32") == "2745614147")
        let identifier = try #require(reply.header("x-amzn-RequestId"))
        #expect(identifier.wholeMatch(of: /[0-9A-Z]{52}/) != nil)
    }

    @Test(
        "a body that is no JSON object is refused as the service refuses it",
        arguments: [
            "", "hi", "7", "[]", "}{", #"{"a"}"#, #"{"a":1,}"#, #"{"a":01}"#, #"{"a":"\q"}"#, #"{"a":NaN}"#, "{\"a\":\"\n\"}",
            #"{} {}"#,
        ])
    func notJSON(body: String) async throws {
        let reply = await (try EndpointFixture()).reply("DynamoDB_20120810.ListTables", Data(body.utf8))
        #expect(reply.status == 400)
        #expect(String(decoding: reply.body, as: UTF8.self) == #"{"__type":"com.amazon.coral.service#SerializationException"}"#)
        // The service's own checksum of this body.
        #expect(reply.header("x-amz-crc32") == "3948637019")
    }

    @Test("text that is no UTF-8, and text that nests without end, are refused")
    func hostile() async throws {
        let fixture = try EndpointFixture()
        let bodies = [
            Data([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]), Data(String(repeating: "[", count: 200_000).utf8),
            Data((String(repeating: #"{"":"#, count: 10_000) + "{}" + String(repeating: "}", count: 10_000)).utf8),
        ]
        for body in bodies {
            let reply = await fixture.reply("DynamoDB_20120810.ListTables", body)
            #expect(
                String(decoding: reply.body, as: UTF8.self) == #"{"__type":"com.amazon.coral.service#SerializationException"}"#)
        }
    }

    @Test(
        "a target that is no operation is an unknown one",
        arguments: [
            "", "whatever", "Other.PutItem", "DynamoDB_20120810", "DynamoDB_20120810.ListTable",
            "DynamoDBStreams_20120810.PutItem",
        ])
    func unknownTarget(target: String) async throws {
        let reply = await (try EndpointFixture()).reply(target, Data("{}".utf8))
        #expect(reply.status == 400)
        #expect(
            String(decoding: reply.body, as: UTF8.self) == #"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#)
        #expect(reply.header("x-amz-crc32") == "1368724161")
    }

    @Test(
        "a member of a wrong JSON type is refused with the service's text",
        arguments: [
            (#"{"TableName":23}"#, "NUMBER_VALUE cannot be converted to String"),
            (#"{"TableName":34.56}"#, "DECIMAL_VALUE cannot be converted to String"),
            (#"{"TableName":true}"#, "TRUE_VALUE cannot be converted to String"),
            (#"{"TableName":[]}"#, "Unrecognized collection type class java.lang.String"),
            (#"{"TableName":{}}"#, "Start of structure or map found where not expected"),
            (#"{"Key":"23"}"#, "Unexpected field type"),
            (
                #"{"Key":[]}"#,
                "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>"
            ),
            (#"{"Key":{"a":"x"}}"#, "Unexpected value type in payload"),
            (#"{"Key":{"a":[]}}"#, "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue"),
            (#"{"Key":{"a":{"N":123}}}"#, "NUMBER_VALUE cannot be converted to String"),
            (#"{"Key":{"a":{"B":true}}}"#, "only base-64-encoded strings are convertible to bytes"),
            (#"{"Key":{"a":{"B":"23456"}}}"#, "Base64 encoded length is expected a multiple of 4 bytes but found: 5"),
            (#"{"Key":{"a":{"B":"=+/="}}}"#, "Invalid last non-pad Base64 character dectected"),
            (#"{"Key":{"a":{"SS":{}}}}"#, "Start of structure or map found where not expected"),
            (#"{"Key":{"a":{"L":["x"]}}}"#, "Unexpected value type in payload"),
            (#"{"Key":{"a":{"BOOL":"true"}}}"#, "Unexpected token received from parser"),
            (#"{"ConsistentRead":1}"#, "NUMBER_VALUE cannot be converted to Boolean"),
            (##"{"ExpressionAttributeNames":{"#a":1}}"##, "NUMBER_VALUE cannot be converted to String"),
        ])
    func types(body: String, message: String) async throws {
        #expect(
            await (try EndpointFixture()).send("GetItem", body)
                == #"{"__type":"com.amazon.coral.service#SerializationException","Message":"\#(message)"}"#)
    }

    @Test("escapes of JSON come through, surrogate pairs too")
    func escapes() async throws {
        let fixture = try await EndpointFixture.withTable()
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"\u0061\n\ud83d\ude00\"\/"}}}"#)
        #expect(
            await fixture.send("GetItem", #"{"TableName":"tab","Key":{"pk":{"S":"a\n😀\"/"}}}"#)
                == #"{"Item":{"pk":{"S":"a\n😀\"/"}}}"#)
    }
}
