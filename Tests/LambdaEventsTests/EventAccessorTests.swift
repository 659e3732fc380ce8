import Foundation
import LambdaEvents
import Testing

struct EventAccessorTests {
    private func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    private func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test("a REST API's headers and parameters are found in either form, headers without regard to case")
    func multiValues() throws {
        var request = RESTAPIRequest(
            resource: "/", path: "/", httpMethod: "GET", headers: ["X-Name": "b"], multiValueHeaders: ["X-Name": ["a", "b"]],
            queryStringParameters: ["q": "2"], multiValueQueryStringParameters: ["q": ["1", "2"]],
            requestContext: .init(httpMethod: "GET", path: "/s/", requestId: "r", resourcePath: "/", stage: "s"))
        #expect(request.header("x-name") == "b")
        #expect(request.headerValues("x-NAME") == ["a", "b"])
        #expect(request.queryValues("q") == ["1", "2"])
        request.multiValueHeaders = nil
        request.multiValueQueryStringParameters = nil
        #expect(request.headerValues("x-name") == ["b"])
        #expect(request.queryValues("q") == ["2"])
        #expect(request.queryValues("p") == [] && request.headerValues("p") == [] && request.header("p") == nil)
    }

    @Test("a load balancer that sends lists only still answers for one header; its health check is known")
    func loadBalancer() {
        let request = LoadBalancerRequest(
            requestContext: .init(elb: .init(targetGroupArn: "arn")), httpMethod: "GET", path: "/",
            multiValueHeaders: ["user-agent": ["ELB-HealthChecker/2.0"], "a": ["1", "2"]])
        #expect(request.header("A") == "2")
        #expect(request.isHealthCheck)
    }

    @Test("a REST API's authorizer context, of a Lambda authorizer and of a user pool")
    func authorizerContext() throws {
        let lambda = try decode(AuthorizerContext.self, #"{"principalId":"p","integrationLatency":12,"tenant":"t"}"#)
        #expect(lambda.principalId == "p")
        #expect(lambda["tenant"] == "t" && lambda["integrationLatency"] == 12)
        let pool = try decode(AuthorizerContext.self, #"{"claims":{"sub":"s"},"scopes":["a","b"]}"#)
        #expect(pool.claims?["sub"] == "s")
        #expect(pool.scopes == ["a", "b"])
    }

    @Test("a function URL's request is an HTTP API's for code that serves both")
    func functionURL() throws {
        let request = FunctionURLRequest(
            rawPath: "/a%20b", rawQueryString: "q=1", headers: ["host": "h"],
            requestContext: .init(http: .init(method: "PUT", path: "/a%20b"), requestId: "r", time: "t", timeEpoch: 1500),
            body: "x")
        let same = request.httpAPIRequest
        #expect(same.routeKey == "$default" && same.requestContext.stage == "$default")
        #expect(same.rawPath == "/a%20b" && same.bodyData == Data("x".utf8) && same.header("Host") == "h")
        #expect(same.requestContext.date == Date(timeIntervalSince1970: 1.5))
    }

    @Test("every system attribute of the queue samples has a typed property", .enabled(if: SampleEvents.arePresent))
    func queueAttributes() throws {
        let typed: [String: (SQSEvent.Record) -> Any?] = [
            "ApproximateReceiveCount": \.approximateReceiveCount, "SentTimestamp": \.sentAt, "SenderId": \.senderId,
            "ApproximateFirstReceiveTimestamp": \.firstReceivedAt, "MessageGroupId": \.messageGroupId,
            "MessageDeduplicationId": \.messageDeduplicationId, "SequenceNumber": \.sequenceNumber,
            "DeadLetterQueueSourceArn": \.deadLetterQueueSourceArn,
        ]
        var seen: Set<String> = []
        for sample in try #require(sampleKinds.first { $0.kind == .sqs }).samples {
            for record in try decode(SQSEvent.self, String(decoding: SampleEvents.data(sample), as: UTF8.self)).records {
                for name in record.attributes.keys {
                    #expect(typed[name]?(record) != nil, "\(sample): \(name)")
                    seen.insert(name)
                }
            }
        }
        #expect(seen == Set(typed.keys))
    }

    @Test("a queue's message is read as the event or the document that its body holds", .enabled(if: SampleEvents.arePresent))
    func queueBodies() throws {
        func record(_ sample: String) throws -> SQSEvent.Record {
            try JSONDecoder().decode(SQSEvent.self, from: SampleEvents.data(sample)).records[0]
        }
        struct Greeting: Decodable, Equatable { var message, username: String }
        let topic = try record("powertools--snsSqsEvent").snsMessage()
        #expect(try topic.decodeMessage(as: Greeting.self) == Greeting(message: "hello world", username: "lessa"))
        #expect(topic.signingCertURL?.hasPrefix("https://sns.eu-west-1.amazonaws.com/") == true)
        let fifo = try record("powertools--snsSqsFifoEvent")
        #expect(fifo.messageGroupId == "powertools-test")
        #expect(try fifo.snsMessage().sequenceNumber == "10000000000000004000")
        #expect(try record("powertools--s3SqsEvent").decodeBody(as: S3Event.self).records[0].s3.object.key == "test.pdf")
        #expect(throws: DecodingError.self) { try record("powertools--sqsEvent").decodeBody(as: Greeting.self) }
    }

    @Test("both spellings of a topic's addresses are read")
    func topicAddresses() throws {
        for (certificate, unsubscribe) in [("SigningCertUrl", "UnsubscribeUrl"), ("SigningCertURL", "UnsubscribeURL")] {
            let text = #"""
                {"Type":"Notification","MessageId":"m","TopicArn":"t","Message":"x","Timestamp":"2020-01-08T14:18:51.203Z",
                 "\#(certificate)":"https://c","\#(unsubscribe)":"https://u"}
                """#
            let message = try decode(SNSMessage.self, text)
            #expect(message.signingCertURL == "https://c" && message.unsubscribeURL == "https://u")
        }
    }

    @Test(
        "an object's key is decoded as S3 encodes it",
        arguments: [
            ("red+flower.jpg", "red flower.jpg"), ("Happy%20Face.jpg", "Happy Face.jpg"), ("a%2Bb", "a+b"),
            ("%e2%82%AC.txt", "€.txt"), ("100%", "100%"), ("%zz%4", "%zz%4"), ("", ""),
        ])
    func decodedKey(encoded: String, key: String) {
        #expect(S3Event.Object(key: encoded).decodedKey == key)
        #expect(S3BatchEvent.Task(taskId: "t", s3Key: encoded).decodedKey == key)
    }

    @Test("a batch task's bucket, by name in either schema")
    func batchBucket() {
        #expect(S3BatchEvent.Task(taskId: "t", s3Key: "k", s3BucketArn: "arn:aws:s3:::pictures").bucketName == "pictures")
        #expect(S3BatchEvent.Task(taskId: "t", s3Key: "k", s3Bucket: "pictures").bucketName == "pictures")
    }

    @Test("a tumbling window's state goes from one invocation to the next in a type of the handler's")
    func windowState() throws {
        struct Sum: Codable, Equatable { var total: Int }
        let text = #"{"Records":[],"window":{"start":"2020-07-30T17:00:00Z","end":"2020-07-30T17:05:00Z"},"state":STATE}"#
        let first = try decode(DynamoDBStreamEvent.self, text.replacingOccurrences(of: "STATE", with: "{}"))
        #expect(try first.decodeState(as: Sum.self) == nil)
        #expect(first.window?.end.timeIntervalSince(first.window!.start) == 300)
        let later = try decode(KinesisStreamEvent.self, text.replacingOccurrences(of: "STATE", with: #"{"total":7}"#))
        #expect(try later.decodeState() == Sum(total: 7))
        #expect(try encode(TimeWindowResponse(state: Sum(total: 8))) == #"{"batchItemFailures":[],"state":{"total":8}}"#)
    }

    @Test("a table's change in a Kinesis stream tells its time in either precision")
    func tableChange() throws {
        func date(_ precision: String) throws -> Date? {
            let change = #"{"ApproximateCreationDateTime":1700000000123,\#(precision)"Keys":{},"SizeBytes":1}"#
            return try decode(DynamoDBKinesisRecord.Change.self, change).creationDate
        }
        #expect(try date("") == Date(timeIntervalSince1970: 1_700_000_000.123))
        #expect(
            try date(#""ApproximateCreationDateTimePrecision":"MICROSECOND","#) == Date(timeIntervalSince1970: 1_700_000.000123))
    }

    @Test("time to live's deletion is told from a person's")
    func expiry() throws {
        func isExpiry(_ name: String, _ identity: String) throws -> Bool {
            try decode(
                DynamoDBStreamEvent.Record.self,
                #"""
                {"eventID":"1","eventName":"\#(name)","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"r",
                 "eventSourceARN":"a","userIdentity":\#(identity),
                 "dynamodb":{"Keys":{},"SequenceNumber":"1","SizeBytes":1,"StreamViewType":"KEYS_ONLY"}}
                """#
            ).isExpiry
        }
        let service = #"{"type":"Service","principalId":"dynamodb.amazonaws.com"}"#
        #expect(try isExpiry("REMOVE", service))
        #expect(try !isExpiry("REMOVE", "null"))
        #expect(try !isExpiry("MODIFY", service))
    }

    @Test("an EventBridge event's detail comes in the handler's type")
    func detail() throws {
        struct State: Codable, Sendable, Equatable {
            var instance: String
            private enum CodingKeys: String, CodingKey { case instance = "instance-id" }
        }
        let event = try decode(
            EventBridgeEvent<State>.self,
            #"""
            {"id":"i","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"1",
             "time":"2021-11-11T21:29:54Z","region":"r","resources":[],"detail":{"instance-id":"i-1","state":"pending"}}
            """#)
        #expect(event.detail == State(instance: "i-1"))
    }

    @Test(
        "a time keeps its milliseconds on the way out, whatever their binary fraction",
        arguments: ["2032-01-02T03:04:05.219Z", "2066-07-27T08:33:38.601Z", "2002-01-26T00:07:19.731Z", "2020-01-13T09:25:40Z"])
    func times(text: String) throws {
        let date = try #require(ISO8601Time.date(text))
        #expect(ISO8601Time.text(date) == text)
    }

    @Test("a time is read in the forms that services write, and nothing else is one")
    func timeForms() {
        #expect(ISO8601Time.date("1970-01-01T00:00:01.5Z") == Date(timeIntervalSince1970: 1.5))
        #expect(ISO8601Time.date("1970-01-01T01:00:01+01:00") == Date(timeIntervalSince1970: 1))
        #expect(ISO8601Time.date("yesterday") == nil)
        #expect(ISO8601Time.date("") == nil)
    }
}
