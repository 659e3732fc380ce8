import AWSClients
import Foundation
import Testing

@Suite("SNS by its wire texts")
struct SNSClientTests {
    @Test("Publish to a phone is a form, its answer XML")
    func publish() async throws {
        let transport = ScriptedTransport(
            json: """
                <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                  <PublishResult><MessageId>94f20ce6&amp;&#x41;&#66;</MessageId></PublishResult>
                  <ResponseMetadata><RequestId>f187a3c1</RequestId></ResponseMetadata>
                </PublishResponse>
                """)
        let output = try await SNSClient(transport: transport).publish(
            .init(
                phoneNumber: "+4917612345678", message: "Code 1&2 ü",
                messageAttributes: [
                    "b": .init(dataType: "Binary", binaryValue: Data([0xFF])), "AWS.SNS.SMS.SMSType": .string("Transactional"),
                ]))
        #expect(output.messageID == "94f20ce6&AB")
        let request = transport.requests[0]
        #expect(request.headers.map(\.value) == ["application/x-www-form-urlencoded; charset=utf-8"])
        #expect(
            request.bodyText.split(separator: "&") == [
                "Action=Publish", "Version=2010-03-31", "PhoneNumber=%2B4917612345678", "Message=Code%201%262%20%C3%BC",
                "MessageAttributes.entry.1.Name=AWS.SNS.SMS.SMSType", "MessageAttributes.entry.1.Value.DataType=String",
                "MessageAttributes.entry.1.Value.StringValue=Transactional", "MessageAttributes.entry.2.Name=b",
                "MessageAttributes.entry.2.Value.DataType=Binary", "MessageAttributes.entry.2.Value.BinaryValue=%2Fw%3D%3D",
            ])
    }

    @Test("a refusal in XML")
    func refusal() async throws {
        let transport = ScriptedTransport(
            .json(
                "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>Invalid parameter: a &lt; b</Message></Error><RequestId>R</RequestId></ErrorResponse>",
                status: 400))
        let error = await #expect(throws: AWSServiceError.self) {
            try await SNSClient(transport: transport).publish(.init(topicARN: "t", message: "m"))
        }
        #expect(
            error
                == AWSServiceError(
                    service: .sns, operation: "Publish", code: "InvalidParameter", message: "Invalid parameter: a < b",
                    status: 400,
                    requestID: "R"))
    }

    @Test("a success without an id cannot be read")
    func unreadable() async throws {
        await #expect(throws: AWSUnreadableAnswer.self) {
            try await SNSClient(transport: ScriptedTransport(json: "<ok/>")).publish(.init(topicARN: "t", message: "m"))
        }
    }
}
