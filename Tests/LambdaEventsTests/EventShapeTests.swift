import Foundation
import LambdaEvents
import Testing

struct EventShapeTests {
    private func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    private func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test("typed properties hold what stands at their place in the document")
    func typedProperties() throws {
        let request = try decode(
            HTTPAPIRequest.self,
            #"""
            {"version":"2.0","routeKey":"POST /a/{id}","rawPath":"/a/1","rawQueryString":"x=1&x=2","cookies":["c=1"],
             "headers":{"content-type":"text/plain"},"queryStringParameters":{"x":"1,2"},"pathParameters":{"id":"1"},
             "requestContext":{"accountId":"1","apiId":"a","domainName":"d","domainPrefix":"p","requestId":"r",
              "http":{"method":"POST","path":"/a/1","protocol":"HTTP/1.1","sourceIp":"::1","userAgent":"u"},
              "authorizer":{"lambda":{"tenant":"t","level":3,"on":true,"none":null}},
              "routeKey":"POST /a/{id}","stage":"$default","time":"12/Mar/2020:19:03:58 +0000","timeEpoch":1583348638390,
              "fieldOfTomorrow":{"a":[1]}},
             "body":"/wA=","isBase64Encoded":true,"anotherOne":1}
            """#)
        #expect(request.requestContext.http.sourceIp == "::1")
        #expect(request.requestContext.timeEpoch == 1_583_348_638_390)
        #expect(request.requestContext.authorizer?.lambda == ["tenant": "t", "level": 3, "on": true, "none": nil])
        #expect(request.header("Content-Type") == "text/plain")
        #expect(request.bodyData == Data([0xFF, 0x00]))
        #expect(request.stageVariables == nil)
    }

    @Test("a body that says base64 and is none has no bytes")
    func wrongBase64() throws {
        var request = HTTPAPIRequest(
            rawPath: "/", requestContext: .init(http: .init(method: "GET", path: "/"), requestId: "r", time: "", timeEpoch: 0),
            body: "%%%", isBase64Encoded: true)
        #expect(request.bodyData == nil)
        request.isBase64Encoded = false
        #expect(request.bodyData == Data("%%%".utf8))
        request.body = nil
        #expect(request.bodyData == Data())
    }

    @Test("answers are written in the documented form, without keys for what is not set")
    func answerText() throws {
        #expect(try encode(HTTPAPIResponse(statusCode: 204)) == #"{"isBase64Encoded":false,"statusCode":204}"#)
        #expect(try encode(WebSocketResponse()) == #"{"statusCode":200}"#)
        #expect(try encode(BatchResponse()) == #"{"batchItemFailures":[]}"#)
        #expect(
            try encode(BatchResponse(failed: ["a", "b"]))
                == #"{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"b"}]}"#)
        #expect(
            try encode(HTTPAPIAuthorizerResponse(isAuthorized: true, context: ["user": "u", "level": 2]))
                == #"{"context":{"level":2,"user":"u"},"isAuthorized":true}"#)
        #expect(
            try encode(IAMPolicyResponse.invoke(.allow, on: "arn:x", principalId: "p"))
                == #"{"policyDocument":{"Statement":[{"Action":"execute-api:Invoke","Effect":"Allow","Resource":"arn:x"}],"#
                + #""Version":"2012-10-17"},"principalId":"p"}"#)
    }

    @Test("an answer made by another runtime may leave out what has a default")
    func answerDefaults() throws {
        let response = try decode(HTTPAPIResponse.self, #"{"statusCode":200,"body":"x"}"#)
        #expect(response == HTTPAPIResponse(statusCode: 200, body: "x"))
        let policy = try decode(
            IAMPolicyResponse.self,
            #"{"principalId":"p","policyDocument":{"Version":"2012-10-17","Statement":[{"Action":["a","b"],"Effect":"Deny","Resource":["r"]}]}}"#
        )
        #expect(policy.policyDocument.statement == [.init(effect: .deny, action: ["a", "b"], resource: ["r"])])
    }

    @Test("a missing required field is an error that names it")
    func missingField() throws {
        #expect {
            try decode(SQSEvent.self, #"{"Records":[{"messageId":"m"}]}"#)
        } throws: { error in
            guard case DecodingError.keyNotFound(let key, let context) = error else { return false }
            return key.stringValue == "receiptHandle" && context.codingPath.map(\.stringValue).first == "Records"
        }
    }

    @Test("a queue record's counters are read from its attributes")
    func queueAttributes() {
        let record = SQSEvent.Record(
            messageId: "m", receiptHandle: "r", body: "",
            attributes: ["ApproximateReceiveCount": "3", "SentTimestamp": "1545082649183"], md5OfBody: "", eventSourceARN: "a",
            awsRegion: "us-east-1")
        #expect(record.approximateReceiveCount == 3)
        #expect(record.sentAt == Date(timeIntervalSince1970: 1_545_082_649.183))
    }

    @Test("a schedule's time is the instant that its text names, and is written back as that text")
    func scheduleTime() throws {
        let text =
            #"{"account":"1","detail":{},"detail-type":"Scheduled Event","id":"i","region":"r","resources":["a"],"source":"aws.events","time":"2015-10-08T16:53:06Z","version":"0"}"#
        let event = try decode(ScheduledEvent.self, text)
        #expect(event.time == Date(timeIntervalSince1970: 1_444_323_186))
        #expect(try encode(event) == text)
        #expect(throws: DecodingError.self) {
            try decode(ScheduledEvent.self, text.replacingOccurrences(of: "2015-10-08T16:53:06Z", with: "yesterday"))
        }
    }
}
