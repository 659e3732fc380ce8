import Foundation
import FunctionToolkit
import LambdaEvents
import Testing

@testable import Platform

@Suite struct MessagingTests {
    private let id = "0199a000-0000-7000-8000-000000000001"

    @Test("a draft has one destination and a content")
    func drafts() throws {
        #expect(try MessageDraft.schema.value(of: ["recipient_id": .string(id), "content": "Hi"]).destination == .user(id))
        let post = try MessageDraft.schema.value(of: [
            "forum_id": .string(id), "content": "Hi", "announcement": true, "content_type": "text",
        ])
        #expect(post.destination == .forum(id) && post.announcement)
        let cases: [([String: JSONValue], String)] = [
            (["content": "Hi"], "recipient_id"),
            (["recipient_id": .string(id), "forum_id": .string(id), "content": "Hi"], "recipient_id"),
            (["recipient_id": .string(id)], "content"), (["recipient_id": .string(id), "content": " \n"], "content"),
            (["recipient_id": "me", "content": "Hi"], "recipient_id"), (["recipient_id": nil, "content": "Hi"], "recipient_id"),
            (["recipient_id": .string(id), "content": "Hi", "content_type": "image"], "content_type"),
            (["recipient_id": .string(id), "content": .string(String(repeating: "a", count: 4001))], "content"),
            (["recipient_id": .string(id), "content": "Hi", "metadata": [:]], "metadata"),
        ]
        for (members, field) in cases {
            let error = try #require(throws: FieldErrors.self) { try MessageDraft.schema.value(of: .object(members)) }
            #expect(error.fields[field] != nil, "\(members)")
        }
    }

    @Test("the queue's bodies are those of the data model")
    func routingMessages() throws {
        let new = """
            {"version": 1, "kind": "message", "organization_id": "o", "event_id": "message-created:m", "message_id": "m",
             "recipient_ids": ["a", "b"], "pushed_to": ["a"]}
            """
        let again = """
            {"version": 1, "kind": "delivery", "organization_id": "o", "event_id": "message-created:m", "message_id": "m",
             "recipient_id": "a", "channel": "sms"}
            """
        for text in [new, again] {
            let message = try JSONDecoder().decode(RoutingMessage.self, from: Data(text.utf8))
            let written = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(message)) as? NSDictionary
            #expect(written == (try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary))
        }
        for text in [new.replacing("1,", with: "2,"), new.replacing("\"message\"", with: "\"other\"")] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(RoutingMessage.self, from: Data(text.utf8)) }
        }
    }

    @Test("what is filled into a template is not filled again, and is escaped for HTML")
    func templates() {
        #expect(MessageTemplates.fill("{a} and {b}, {c}", ["a": "{b}", "b": "2"]) == "{b} and 2, {c}")
        #expect(
            MessageTemplates.fill("<p>{a}</p>", ["a": "<script>'\"&"], escape: MessageTemplates.escapeHTML)
                == "<p>&lt;script&gt;&#39;&quot;&amp;</p>")
        #expect(MessageTemplates.fill("{", [:]) == "{")
    }

    @Test("a permission covers itself, a star covers all")
    func permissions() {
        let blueprint = Blueprint(
            name: "b", roles: [Role("a", permissions: ["x:read", "y:*"]), Role("root", permissions: ["*:*"])], resources: [],
            templates: .empty, limits: .one)
        #expect(blueprint.allows(role: "a", "x:read") && blueprint.allows(role: "a", "y:delete"))
        #expect(!blueprint.allows(role: "a", "x:write") && !blueprint.allows(role: "nobody", "x:read"))
        #expect(blueprint.allows(role: "root", "z:anything"))
    }
}

extension MessageTemplates {
    static let empty = MessageTemplates(
        verificationSMS: "", directEmail: .init(subject: "", text: "", html: ""),
        forumEmail: .init(subject: "", text: "", html: ""),
        directSMS: "", forumSMS: "", directWhatsApp: "", forumWhatsApp: "")
}

extension Limits {
    static let one = Limits(
        registrations: RateLimit("r", 1, perSeconds: 60), smsCodes: RateLimit("s", 1, perSeconds: 60),
        logins: RateLimit("l", 1, perSeconds: 60), apiCalls: RateLimit("a", 1, perSeconds: 60),
        messages: RateLimit("m", 1, perSeconds: 60), forumPosts: RateLimit("f", 1, perSeconds: 60))
}
