import AWSClients
import Foundation
import FunctionTestSupport
import LambdaEvents
import Platform
import Testing

@testable import routing

@Suite("Channels")
struct ChannelTests {
    @Test("four recipients with four preferences are reached in four ways")
    func fourWays() async throws {
        let scene = try await RoutingScene()
        let cloud = scene.cloud
        try await cloud.addUser(1)
        try await cloud.addUser(2)
        try await cloud.addUser(3, email: "three@example.com")
        try await cloud.addUser(4)
        try await cloud.addUser(5)
        try await cloud.setPreferences(3, channel: .email)
        try await cloud.setPreferences(4, channel: .sms)
        try await cloud.setPreferences(5, channel: .whatsapp)
        let message = try await cloud.addMessage(
            1, from: 1, to: .forum(TestCloud.forum(1), name: "Reunion"), content: "Saturday, at <noon>!", announcement: true)
        #expect(try await scene.handle(scene.entry(message, to: [2, 3, 4, 5], pushedTo: [2])) == [])

        #expect(try await scene.delivery(message, 2, .app)?["status"] == .string("delivered"))
        for (person, channel) in [(3, Channel.email), (4, .sms), (5, .whatsapp)] {
            let item = try #require(try await scene.delivery(message, person, channel))
            #expect(item["status"] == .string("sent") && item["attempts"] == .number("1"))
            #expect(item["last_attempt_at"] == .string("2026-03-01T10:00:00.000Z"))
        }
        #expect(try await scene.delivery(message, 5, .whatsapp)?["external_id"] == .string("wamid.HBgL"))
        let text = try #require(try cloud.cloud.sentMessages(to: "+41791000004").first)
        #expect(try await scene.delivery(message, 4, .sms)?["external_id"] == .string(text.id))
        #expect(text.text == "Person 1 in Reunion: Saturday, at <noon>!")

        let mail = try #require(scene.calls(.ses).first?.json)
        #expect(scene.calls(.ses).count == 1)
        #expect(mail["Destination"]?["ToAddresses"] == ["three@example.com"])
        #expect(mail["FromEmailAddress"] == #""Lincoln High" <notifications@classmates.example>"#)
        let simple = mail["Content"]?["Simple"]
        #expect(simple?["Subject"]?["Data"] == "Person 1 in Reunion")
        #expect(simple?["Body"]?["Html"]?["Data"]?.stringValue?.contains("Saturday, at &lt;noon&gt;!") == true)
        #expect(simple?["Body"]?["Text"]?["Data"]?.stringValue?.contains("Saturday, at <noon>!") == true)
        // printf '%s' 'message-created:…e00000000001|…a00000000003|email' | sha256sum | cut -c1-32
        #expect(
            simple?["Headers"]?[0] == ["Name": "X-Roost-Delivery-Id", "Value": "c1115186ebcc193d93980cef4f8e8969"])

        let form = try #require(scene.calls(.sns).first?.body)
        #expect(form.contains("AWS.SNS.SMS.SMSType") && form.contains("Transactional"))

        let request = try #require(scene.whatsApp.requests.first)
        #expect(request.url == "https://graph.example/v21.0/1000/messages" && request.method == "POST")
        #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "Bearer secret" })
        let body = try JSONDecoder().decode(JSONValue.self, from: request.body)
        #expect(body["to"] == "+41791000005" && body["type"] == "text")
        #expect(body["text"]?["body"] == "*Person 1* in *Reunion*\nSaturday, at <noon>!")
        #expect(body["biz_opaque_callback_data"]?.stringValue?.count == 32)
    }

    @Test("an ordinary forum post goes to the app of one who prefers SMS; so does what has no address")
    func fallbacks() async throws {
        let scene = try await RoutingScene()
        try await scene.cloud.addUser(2)
        try await scene.cloud.addUser(3)
        try await scene.cloud.addUser(4, phoneVerified: false)
        try await scene.cloud.setPreferences(2, channel: .sms)
        try await scene.cloud.setPreferences(3, channel: .email)
        try await scene.cloud.setPreferences(4, channel: .whatsapp)
        let message = try await scene.cloud.addMessage(1, from: 1, to: .forum(TestCloud.forum(1), name: "Reunion"))
        #expect(try await scene.handle(scene.entry(message, to: [2, 3, 4])) == [])
        for person in 2...4 {
            let item = try #require(try await scene.delivery(message, person, .app))
            #expect(item["status"] == .string("pending") && item["attempts"] == .number("0"))
        }
        #expect(scene.cloud.wire.made.isEmpty && scene.whatsApp.requests.isEmpty)
    }

    @Test("a push that arrives after the record was made marks it delivered; the reverse changes nothing")
    func latePush() async throws {
        let scene = try await RoutingScene()
        try await scene.cloud.addUser(2)
        let message = try await scene.cloud.addMessage(1, from: 1, to: .user(TestCloud.person(2)))
        for (pushed, status) in [([], "pending"), ([2], "delivered"), ([], "delivered")] {
            #expect(try await scene.handle(scene.entry(message, to: [2], pushedTo: pushed)) == [])
            #expect(try await scene.delivery(message, 2, .app)?["status"] == .string(status))
        }
    }

    @Test("those who are gone, wait for the approval or are suspended get nothing; nor does anybody of a deleted message")
    func nobody() async throws {
        let scene = try await RoutingScene()
        try await scene.cloud.addUser(2, status: .suspended)
        try await scene.cloud.addUser(3, status: .pending)
        var message = try await scene.cloud.addMessage(1, from: 1, to: .forum(TestCloud.forum(1), name: "F"))
        #expect(try await scene.handle(scene.entry(message, to: [2, 3, 4])) == [])
        try await scene.cloud.addUser(5)
        message.deletedAt = scene.cloud.cloud.now
        try await scene.cloud.store.write(WriteOperation(.put(message.item)))
        #expect(try await scene.handle(scene.entry(message, to: [5])) == [])
        #expect(try await scene.cloud.dump().filter { $0.contains(#""delivery""#) } == [])
    }

    @Test("words fit their channel: one line for a subject, no longer than the provider takes")
    func words() {
        let organization = Organization(id: "o", name: "O", blueprint: "classmates", createdAt: Date(timeIntervalSince1970: 0))
        let message = Message(
            id: "m", organizationID: "o", senderID: "s", senderName: "Eve\r\nBcc: all@example.com",
            destination: .user("r"), content: String(repeating: "👍🏽", count: 2000), createdAt: Date(timeIntervalSince1970: 0))
        let words = MessageWords(message, organization: organization, templates: .forTest)
        #expect(words.email.subject == "Eve  Bcc: all@example.com wrote")
        #expect(words.sms.utf16.count <= 1600 && words.sms.hasSuffix("👍🏽…"))
        #expect(words.whatsApp.utf16.count <= 4096)
        let plain = MessageWords.cut("abc", to: 3)
        #expect(plain == "abc" && MessageWords.cut("abcd", to: 3) == "ab…")
    }

    @Test("the sender's name is quoted, and left out if it is not ASCII")
    func senderName() async throws {
        let sender = EmailSender(client: SESClient(transport: try await TestCloud().wire), from: "n@x.example")
        #expect(sender.sender(named: #"The "Old" School"#) == #""The \"Old\" School" <n@x.example>"#)
        #expect(sender.sender(named: "Zürich") == "n@x.example")
    }
}

extension MessageTemplates {
    fileprivate static let forTest = MessageTemplates(
        verificationSMS: "", directEmail: .init(subject: "{sender} wrote", text: "{content}", html: "{content}"),
        forumEmail: .init(subject: "", text: "", html: ""), directSMS: "{sender}: {content}", forumSMS: "",
        directWhatsApp: "{content}", forumWhatsApp: "")
}
