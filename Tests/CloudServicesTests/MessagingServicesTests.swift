import CloudServices
import Foundation
import Inbox
import Testing

@Suite("SNS, SES, WhatsApp and the inbox")
struct MessagingServicesTests {
    @Test("a text lands in the inbox, and SNS answers in XML")
    func sms() async throws {
        let bench = try await ServiceBench()
        let reply = await bench.form(
            "Action=Publish&Version=2010-03-31&PhoneNumber=%2B15550100&Message=Your+code%3A+123456"
                + "&MessageAttributes.entry.1.Name=AWS.SNS.SMS.SMSType&MessageAttributes.entry.1.Value.DataType=String"
                + "&MessageAttributes.entry.1.Value.StringValue=Transactional")
        #expect(reply.status == 200)
        let entry = try #require(try bench.inbox.list(channel: .sms).first)
        #expect(entry.message.to == ["+15550100"])
        #expect(entry.message.text == "Your code: 123456")
        #expect(entry.message.details == ["AWS.SNS.SMS.SMSType": "Transactional"])
        #expect(
            reply.text.hasPrefix(
                "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>\(entry.message.id)</MessageId>"
            ))
    }

    @Test(
        "SNS refuses what is no phone number, what is empty, and what is not built",
        arguments: [
            ("Action=Publish&Version=2010-03-31&PhoneNumber=0123&Message=a", "InvalidParameter"),
            ("Action=Publish&Version=2010-03-31&PhoneNumber=%2B15550100&Message=", "InvalidParameter"),
            ("Action=Publish&Version=2010-03-31&TopicArn=arn&Message=a", "InvalidParameter"),
            ("Action=CreateTopic&Version=2010-03-31&Name=a", "UnknownOperationException"),
        ])
    func smsRefused(form: String, code: String) async throws {
        let bench = try await ServiceBench()
        let reply = await bench.form(form)
        #expect(reply.status == 400)
        #expect(reply.text.contains("<Code>\(code)</Code>"))
        #expect(try bench.inbox.list().isEmpty)
    }

    @Test("a simple and a raw email land in the inbox")
    func email() async throws {
        let bench = try await ServiceBench()
        let simple = await bench.http(
            "POST", "/v2/email/outbound-emails",
            """
            {"FromEmailAddress":"Roost <no-reply@example.com>","Destination":{"ToAddresses":["a@example.com"]},
            "Content":{"Simple":{"Subject":{"Data":"Hi"},"Body":{"Text":{"Data":"t"},"Html":{"Data":"<p>h</p>"}},
            "Headers":[{"Name":"List-Unsubscribe","Value":"<https://x>"}]}}}
            """)
        let first = try #require(try bench.inbox.list().first?.message)
        #expect(simple.text == "{\"MessageId\":\"\(first.id)\"}")
        #expect(first.subject == "Hi" && first.text == "t" && first.html == "<p>h</p>")
        #expect(first.details == ["List-Unsubscribe": "<https://x>"])
        let mime = "From: no-reply@example.com\r\nTo: b@example.com,\r\n c@example.com\r\nSubject: Raw\r\n\r\nTo: body\r\n"
        let raw = await bench.http(
            "POST", "/v2/email/outbound-emails", "{\"Content\":{\"Raw\":{\"Data\":\"\(Data(mime.utf8).base64EncodedString())\"}}}"
        )
        #expect(raw.status == 200)
        let second = try #require(try bench.inbox.list(after: 1).first?.message)
        #expect(second.to == ["b@example.com", "c@example.com"])
        #expect(second.subject == "Raw")
        #expect(second.raw == Data(mime.utf8))
    }

    @Test("SES names its error in a header, and what is not built by its name")
    func emailRefused() async throws {
        let bench = try await ServiceBench()
        let path = "/v2/email/outbound-emails"
        let nobody = await bench.http(
            "POST", path,
            "{\"FromEmailAddress\":\"a@b.c\",\"Content\":{\"Simple\":{\"Subject\":{\"Data\":\"s\"},\"Body\":{\"Text\":{\"Data\":\"t\"}}}}}"
        )
        #expect(nobody.status == 400)
        #expect(nobody.header("x-amzn-ErrorType") == "BadRequestException")
        let template = await bench.http("POST", path, "{\"Content\":{\"Template\":{}}}")
        #expect(template.text == "{\"message\":\"Content.Template is not supported by the emulator.\"}")
        let unknown = await bench.http("POST", path, "{\"ConfigurationSetName\":\"c\",\"Content\":{}}")
        #expect(unknown.text == "{\"message\":\"The parameter ConfigurationSetName is not supported by the emulator.\"}")
    }

    @Test("WhatsApp's stand-in asks for the token that functions find in the secret, and answers as Meta does")
    func whatsApp() async throws {
        let bench = try await ServiceBench()
        try bench.secrets.ensure([
            SecretDefinition(name: "roost/whatsapp", arn: "arn:x-abcdef", value: .text("{\"access_token\":\"EAAG\"}"))
        ])
        let body = "{\"messaging_product\":\"whatsapp\",\"to\":\"+15550100\",\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}"
        let path = "/whatsapp/1000/messages"
        let refused = await bench.http("POST", path, headers: [("Authorization", "Bearer wrong")], body)
        #expect(refused.status == 401)
        #expect((try refused.json["error"] as? NSDictionary)?["code"] as? Int == 190)
        let reply = await bench.http("POST", path, headers: [("Authorization", "Bearer EAAG")], body)
        let message = try #require(try bench.inbox.list(channel: .whatsapp).first?.message)
        #expect(message.text == "Hi" && message.from == "1000")
        #expect(
            reply.text
                == "{\"contacts\":[{\"input\":\"+15550100\",\"wa_id\":\"15550100\"}],\"messages\":[{\"id\":\"\(message.id)\"}],"
                + "\"messaging_product\":\"whatsapp\"}")
        let video = await bench.http(
            "POST", path, headers: [("Authorization", "Bearer EAAG")],
            "{\"messaging_product\":\"whatsapp\",\"to\":\"+15550100\",\"type\":\"video\"}")
        #expect(video.status == 400)
        #expect(video.text.contains("messages of type video are not supported"))
    }

    @Test("the inbox is read by channel, recipient and number")
    func inbox() async throws {
        let bench = try await ServiceBench()
        try bench.inbox.add(InboxMessage(id: "1", channel: .sms, to: ["+15550100"], text: "a"))
        try bench.inbox.add(InboxMessage(id: "2", channel: .email, to: ["a@example.com"], subject: "s"))
        let reply = await bench.http("GET", "/_roost/inbox", query: "channel=sms&to=%2B15550100")
        #expect(
            reply.text
                == "{\"messages\":[{\"channel\":\"sms\",\"details\":{},\"id\":\"1\",\"number\":1,\"received\":\"2023-11-14T22:13:20.000Z\","
                + "\"text\":\"a\",\"to\":[\"+15550100\"]}]}")
        #expect(await bench.http("GET", "/_roost/inbox", query: "chanel=sms").status == 400)
        #expect(await bench.http("GET", "/_roost/inbox", query: "channel=fax").status == 400)
        #expect(await bench.http("DELETE", "/_roost/inbox").status == 405)
    }

    @Test("what is nobody's is refused by name")
    func unknownService() async throws {
        let bench = try await ServiceBench()
        let reply = await bench.call("Kinesis_20131202.PutRecord", "{}")
        #expect(reply.status == 404)
        #expect(reply.text.contains("Kinesis_20131202.PutRecord is not supported by the emulator."))
    }
}
