import AWSClients
import Foundation
import Testing

@Suite("SQS by its wire texts")
struct SQSClientTests {
    @Test("SendMessage, with attributes")
    func sendMessage() async throws {
        let transport = ScriptedTransport(json: #"{"MessageId":"m","MD5OfMessageBody":"d","SequenceNumber":"1"}"#)
        let output = try await SQSClient(transport: transport).sendMessage(
            .init(
                queueURL: "http://q", messageBody: "b", delaySeconds: 900,
                messageAttributes: ["k": .init(dataType: "Binary", binaryValue: Data([1]))], messageGroupID: "g"))
        #expect(output.messageID == "m" && output.md5OfMessageBody == "d")
        let request = transport.requests[0]
        #expect(request.service == .sqs)
        #expect(
            request.headers.map(\.value) == ["application/x-amz-json-1.0", "AmazonSQS.SendMessage"])
        #expect(
            try request.sortedJSON
                == #"{"DelaySeconds":900,"MessageAttributes":{"k":{"BinaryValue":"AQ==","DataType":"Binary"}},"#
                + #""MessageBody":"b","MessageGroupId":"g","QueueUrl":"http://q"}"#)
    }

    @Test("SendMessageBatch tells the failed from the sent")
    func batch() async throws {
        let transport = ScriptedTransport(
            json:
                #"{"Successful":[{"Id":"1","MessageId":"m"}],"Failed":[{"Id":"2","SenderFault":true,"Code":"InvalidParameterValue","Message":"why"}]}"#
        )
        let output = try await SQSClient(transport: transport).sendMessageBatch(
            .init(queueURL: "q", entries: [.init(id: "1", messageBody: "a"), .init(id: "2", messageBody: "b", delaySeconds: 1)]))
        #expect(output.successful.map(\.messageID) == ["m"])
        #expect(output.failed == [.init(id: "2", senderFault: true, code: "InvalidParameterValue", message: "why")])
        #expect(
            try transport.requests[0].sortedJSON
                == #"{"Entries":[{"Id":"1","MessageBody":"a"},{"DelaySeconds":1,"Id":"2","MessageBody":"b"}],"QueueUrl":"q"}"#)
    }

    @Test("ReceiveMessage: messages, or none; deleting and hiding them")
    func receive() async throws {
        let transport = ScriptedTransport(
            .json(
                #"{"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"b","MD5OfBody":"d","Attributes":{"ApproximateReceiveCount":"2"},"MessageAttributes":{"k":{"DataType":"String","StringValue":"v"}}}]}"#
            ),
            .json("{}"), .json(""), .json(""))
        let client = SQSClient(transport: transport)
        let message = try #require(
            try await client.receiveMessage(
                .init(queueURL: "q", maxNumberOfMessages: 10, waitTimeSeconds: 20, messageSystemAttributeNames: ["All"])
            ).messages.first)
        #expect(message.body == "b" && message.attributes["ApproximateReceiveCount"] == "2")
        #expect(message.messageAttributes["k"]?.stringValue == "v")
        #expect(try await client.receiveMessage(.init(queueURL: "q")).messages.isEmpty)
        try await client.deleteMessage(.init(queueURL: "q", receiptHandle: message.receiptHandle))
        try await client.changeMessageVisibility(.init(queueURL: "q", receiptHandle: "r", visibilityTimeout: 0))
        #expect(
            try transport.requests.map { try $0.sortedJSON } == [
                #"{"MaxNumberOfMessages":10,"MessageSystemAttributeNames":["All"],"QueueUrl":"q","WaitTimeSeconds":20}"#,
                #"{"QueueUrl":"q"}"#, #"{"QueueUrl":"q","ReceiptHandle":"r"}"#,
                #"{"QueueUrl":"q","ReceiptHandle":"r","VisibilityTimeout":0}"#,
            ])
    }

    @Test("GetQueueUrl and GetQueueAttributes")
    func queue() async throws {
        let transport = ScriptedTransport(
            .json(#"{"QueueUrl":"http://h/1/q"}"#), .json(#"{"Attributes":{"ApproximateNumberOfMessages":"3"}}"#))
        let client = SQSClient(transport: transport)
        #expect(try await client.getQueueUrl(.init(queueName: "q")).queueURL == "http://h/1/q")
        #expect(
            try await client.getQueueAttributes(.init(queueURL: "u", attributeNames: ["All"])).attributes == [
                "ApproximateNumberOfMessages": "3"
            ])
        #expect(
            try transport.requests.map { try $0.sortedJSON } == [
                #"{"QueueName":"q"}"#, #"{"AttributeNames":["All"],"QueueUrl":"u"}"#,
            ])
    }
}
