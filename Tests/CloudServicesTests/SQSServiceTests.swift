import CloudServices
import Foundation
import Testing

@Suite("SQS in AWS JSON")
struct SQSServiceTests {
    private let url = "\"QueueUrl\":\"http://127.0.0.1:4566/000000000000/work\""

    @Test("a message goes in, comes out with what was asked for, and is deleted")
    func roundTrip() async throws {
        let bench = try await ServiceBench()
        let sent = await bench.sqs(
            "SendMessage",
            "{\(url),\"MessageBody\":\"Hello from SQS!\",\"MessageAttributes\":{\"a.b\":{\"DataType\":\"String\",\"StringValue\":\"x\"}}}"
        )
        #expect(sent.status == 200)
        #expect(try sent.json["MD5OfMessageBody"] as? String == "7b270e59b47ff90a553787216d55d91d")
        let received = await bench.sqs(
            "ReceiveMessage", "{\(url),\"AttributeNames\":[\"ApproximateReceiveCount\"],\"MessageAttributeNames\":[\"a.*\"]}")
        let message = try #require((try received.json["Messages"] as? [NSDictionary])?.first)
        #expect(message["Body"] as? String == "Hello from SQS!")
        #expect(message["Attributes"] as? [String: String] == ["ApproximateReceiveCount": "1"])
        #expect((message["MessageAttributes"] as? NSDictionary)?["a.b"] != nil)
        let handle = try #require(message["ReceiptHandle"] as? String)
        let deleted = await bench.sqs("DeleteMessage", "{\(url),\"ReceiptHandle\":\"\(handle)\"}")
        #expect(deleted.text == "{}")
        let counts = await bench.sqs("GetQueueAttributes", "{\(url),\"AttributeNames\":[\"All\"]}")
        let attributes = try #require(try counts.json["Attributes"] as? [String: String])
        #expect(attributes["ApproximateNumberOfMessagesNotVisible"] == "0")
        #expect(attributes["QueueArn"] == "arn:aws:sqs:us-east-1:000000000000:work")
        #expect(
            attributes["RedrivePolicy"]
                == "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":3}")
    }

    @Test("an empty receive has no list of messages, as with SQS")
    func empty() async throws {
        let bench = try await ServiceBench()
        #expect(await bench.sqs("ReceiveMessage", "{\(url)}").text == "{}")
    }

    @Test("a send is journaled under the invocation that made it")
    func cause() async throws {
        let bench = try await ServiceBench()
        _ = await bench.sqs("SendMessage", "{\(url),\"MessageBody\":\"a\"}")
        let entry = try #require(bench.journal.entries().last)
        #expect(entry.message == "message sent to work")
        #expect(entry.cause?.number == 1)
    }

    @Test(
        "refusals carry SQS's type, its older code and its words",
        arguments: [
            (
                "SendMessage", ",\"MessageBody\":\"a\",\"DelaySeconds\":901", "com.amazonaws.sqs#InvalidParameterValueException",
                "InvalidParameterValue;Sender",
                "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."
            ),
            (
                "SendMessage", "", "com.amazonaws.sqs#MissingRequiredParameterException", "MissingParameter;Sender",
                "The request must contain the parameter MessageBody."
            ),
            (
                "SendMessage", ",\"MessageBody\":\"a\",\"MessageGroupId\":\"g\"",
                "com.amazonaws.sqs#InvalidParameterValueException", "InvalidParameterValue;Sender",
                "The parameter MessageGroupId is not supported by the emulator."
            ),
            (
                "DeleteMessage", ",\"ReceiptHandle\":\"x\"", "com.amazonaws.sqs#ReceiptHandleIsInvalid",
                "ReceiptHandleIsInvalid;Sender", "The input receipt handle \"x\" is not a valid receipt handle."
            ),
            (
                "SendMessageBatch", ",\"Entries\":[]", "com.amazonaws.sqs#EmptyBatchRequest",
                "AWS.SimpleQueueService.EmptyBatchRequest;Sender", "There should be at least one entry in the request."
            ),
            (
                "AddPermission", "", "com.amazonaws.sqs#UnsupportedOperation",
                "AWS.SimpleQueueService.UnsupportedOperation;Sender",
                "The operation AddPermission of SQS is not supported by the emulator."
            ),
        ])
    func refused(operation: String, members: String, type: String, code: String, message: String) async throws {
        let bench = try await ServiceBench()
        let reply = await bench.sqs(operation, "{\(url)\(members)}")
        #expect(reply.status == 400)
        #expect(reply.header("x-amzn-query-error") == code)
        #expect(try reply.json == ["__type": type, "message": message] as NSDictionary)
    }

    @Test("an unknown queue, another account's queue and a body that is not JSON are refused")
    func unknownQueue() async throws {
        let bench = try await ServiceBench()
        for url in ["http://127.0.0.1:4566/000000000000/none", "http://127.0.0.1:4566/111111111111/work"] {
            let reply = await bench.sqs("PurgeQueue", "{\"QueueUrl\":\"\(url)\"}")
            #expect(try reply.json["__type"] as? String == "com.amazonaws.sqs#QueueDoesNotExist")
            #expect(reply.header("x-amzn-query-error") == "AWS.SimpleQueueService.NonExistentQueue;Sender")
        }
        let broken = await bench.sqs("SendMessage", "{")
        #expect(try broken.json["__type"] as? String == "com.amazonaws.sqs#SerializationException")
    }

    @Test("each entry of a batch succeeds or fails by itself")
    func batch() async throws {
        let bench = try await ServiceBench()
        let reply = await bench.sqs(
            "SendMessageBatch",
            """
            {\(url),"Entries":[{"Id":"1","MessageBody":"a"},{"Id":"2","MessageBody":"b","DelaySeconds":1000}]}
            """)
        let json = try reply.json
        #expect((json["Successful"] as? [NSDictionary])?.map { $0["Id"] as? String } == ["1"])
        let failed = try #require((json["Failed"] as? [NSDictionary])?.first)
        #expect(failed["Id"] as? String == "2")
        #expect(failed["Code"] as? String == "InvalidParameterValue")
        #expect(failed["SenderFault"] as? Bool == true)
    }

    @Test("queues are found by name and prefix, by the address that the client used")
    func names() async throws {
        let bench = try await ServiceBench()
        let found = await bench.sqs("GetQueueUrl", "{\"QueueName\":\"work\"}")
        #expect(found.text == "{\"QueueUrl\":\"http://127.0.0.1:4566/000000000000/work\"}")
        let listed = await bench.sqs("ListQueues", "{\"QueueNamePrefix\":\"d\"}")
        #expect(listed.text == "{\"QueueUrls\":[\"http://127.0.0.1:4566/000000000000/dead\"]}")
        let made = await bench.sqs("CreateQueue", "{\"QueueName\":\"new\",\"Attributes\":{\"VisibilityTimeout\":\"5\"}}")
        #expect(made.status == 200)
        let again = await bench.sqs("CreateQueue", "{\"QueueName\":\"new\",\"Attributes\":{\"VisibilityTimeout\":\"6\"}}")
        #expect(again.header("x-amzn-query-error") == "QueueAlreadyExists;Sender")
    }
}
