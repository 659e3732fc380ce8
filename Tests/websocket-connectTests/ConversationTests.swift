import AWSClients
import Foundation
import FunctionTestSupport
import LambdaEvents
import Platform
import Testing

@testable import websocket_connect

@Suite("Frames of a client")
struct ConversationTests {
    private func cloud() async throws -> TestCloud {
        let cloud = try await TestCloud()
        for number in 1...4 {
            try await cloud.addUser(number)
            try await cloud.openSession(of: number)
        }
        try await cloud.connect("own", of: 1)
        return cloud
    }

    @Test("ping is answered by pong, without a look at the store")
    func ping() async throws {
        let cloud = try await cloud()
        cloud.wire.restart()
        let (answer, frames) = try await cloud.say(#"{"event":"ping"}"#, as: 1)
        #expect(answer.statusCode == 200)
        #expect(frames.map(\.path) == ["/@connections/own"])
        #expect(frames.first?.body == #"{"data":{},"event":"pong","timestamp":1772359200}"#)
        #expect(cloud.wire.callCount == 1)
    }

    @Test("send_message writes the message and shows it to its sender's socket")
    func sendMessage() async throws {
        let cloud = try await cloud()
        let text = #"{"event":"send_message","data":{"recipient_id":"\#(TestCloud.person(2))","content":"Hi"},"timestamp":1}"#
        let (answer, frames) = try await cloud.say(text, as: 1)
        #expect(answer.statusCode == 200)
        let frame = try #require(frames.first?.json)
        #expect(frames.count == 1 && frame["event"] == "message_sent")
        #expect(frame["data"]?["content"] == "Hi" && frame["data"]?["sender_id"] == .string(TestCloud.person(1)))
        let id = try #require(frame["data"]?["id"]?.stringValue)
        let item = try #require(try await cloud.item(Keys.message(TestCloud.organization, id)))
        #expect(item["recipient_id"] == .string(TestCloud.person(2)))
        #expect(item["sender_name"] == .string("Person 1"))
    }

    @Test(
        "what is wrong with a frame is told by an error frame with the code that REST has, and the event that failed",
        arguments: [
            ("no json", 400, "INVALID_JSON", nil), ("[]", 400, "INVALID_JSON", nil),
            (#"{"data":{}}"#, 400, "INVALID_INPUT", nil), (#"{"event":"sing"}"#, 400, "INVALID_INPUT", "sing"),
            (#"{"event":"authenticate","data":{"token":"x"}}"#, 501, "NOT_IMPLEMENTED", "authenticate"),
            (#"{"event":"send_message","data":{"content":"Hi"}}"#, 400, "INVALID_INPUT", "send_message"),
            (
                #"{"event":"send_message","data":{"recipient_id":"01990000-0000-7000-8000-a00000000009","content":"Hi"}}"#, 404,
                "NOT_FOUND", "send_message"
            ),
            (
                #"{"event":"send_message","data":{"forum_id":"01990000-0000-7000-8000-f00000000009","content":"Hi"}}"#, 404,
                "NOT_FOUND", "send_message"
            ),
            (#"{"event":"typing_start","data":{}}"#, 400, "INVALID_INPUT", "typing_start"),
            (#"{"event":"mark_read","data":{"message_id":"x"}}"#, 400, "INVALID_INPUT", "mark_read"),
            (
                #"{"event":"mark_read","data":{"message_id":"01990000-0000-7000-8000-e00000000009"}}"#, 404, "NOT_FOUND",
                "mark_read"
            ),
        ] as [(String, Int, String, String?)])
    func errors(text: String, status: Int, code: String, event: String?) async throws {
        let cloud = try await cloud()
        let (answer, frames) = try await cloud.say(text, as: 1)
        #expect(answer.statusCode == status)
        let frame = try #require(frames.first?.json)
        #expect(frames.count == 1 && frame["event"] == "error")
        #expect(frame["data"]?["code"] == .string(code))
        #expect(frame["data"]?["event"] == .optional(event))
        #expect(frame["data"]?["message"]?.stringValue?.isEmpty == false)
    }

    @Test("somebody who was suspended after connecting is refused")
    func suspended() async throws {
        let cloud = try await cloud()
        try await cloud.addUser(1, status: .suspended)
        let text = #"{"event":"send_message","data":{"recipient_id":"\#(TestCloud.person(2))","content":"Hi"}}"#
        let (answer, frames) = try await cloud.say(text, as: 1)
        #expect(answer.statusCode == 403 && frames.first?.json?["data"]?["code"] == "SUSPENDED")
    }

    @Test("a socket says nothing any more once its session has ended")
    func sessionEnded() async throws {
        let cloud = try await cloud()
        try await SessionRepository(store: cloud.store).end(
            TestCloud.session(1), user: TestCloud.person(1), organization: TestCloud.organization)
        let text = #"{"event":"send_message","data":{"recipient_id":"\#(TestCloud.person(2))","content":"Hi"}}"#
        let (answer, frames) = try await cloud.say(text, as: 1)
        #expect(answer.statusCode == 401 && frames.first?.json?["data"]?["code"] == "UNAUTHORIZED")
    }

    @Test("the 101st message of an hour is refused, as by REST")
    func limit() async throws {
        let cloud = try await cloud()
        let text = #"{"event":"send_message","data":{"recipient_id":"\#(TestCloud.person(2))","content":"Hi"}}"#
        for _ in 0..<100 { #expect(try await cloud.say(text, as: 1).0.statusCode == 200) }
        let (answer, frames) = try await cloud.say(text, as: 1)
        #expect(answer.statusCode == 429 && frames.first?.json?["data"]?["code"] == "RATE_LIMITED")
    }

    @Test("typing to a person reaches their sockets and nobody else's")
    func typingDirect() async throws {
        let cloud = try await cloud()
        try await cloud.connect("b1", of: 2)
        try await cloud.connect("b2", of: 2)
        try await cloud.connect("c", of: 3)
        let data = #""data":{"recipient_id":"\#(TestCloud.person(2))"}"#
        let (answer, frames) = try await cloud.say("{\"event\":\"typing_start\",\(data)}", as: 1)
        #expect(answer == WebSocketResponse(statusCode: 200))
        #expect(Set(frames.map(\.path)) == ["/@connections/b1", "/@connections/b2"])
        #expect(frames.first?.json?["event"] == "typing")
        #expect(
            frames.first?.json?["data"] == [
                "user_id": .string(TestCloud.person(1)), "typing": true, "recipient_id": .string(TestCloud.person(2)),
            ])
        let (_, stop) = try await cloud.say("{\"event\":\"typing_stop\",\(data)}", as: 1)
        #expect(stop.first?.json?["data"]?["typing"] == false)
    }

    @Test("typing in a forum reaches its other members; who is not in it is refused")
    func typingForum() async throws {
        let cloud = try await cloud()
        try await cloud.addForum(1, members: [1, 2])
        try await cloud.addForum(2, type: .private, members: [3])
        for (connection, person) in [("b", 2), ("c", 3)] { try await cloud.connect(connection, of: person) }
        let text = #"{"event":"typing_start","data":{"forum_id":"\#(TestCloud.forum(1))"}}"#
        #expect(try await cloud.say(text, as: 1).1.map(\.path) == ["/@connections/b"])
        #expect(try await cloud.say(text, as: 3, on: "c").0.statusCode == 403)
        let hidden = #"{"event":"typing_start","data":{"forum_id":"\#(TestCloud.forum(2))"}}"#
        #expect(try await cloud.say(hidden, as: 1).0.statusCode == 404)
    }

    @Test("a listener's socket that is gone is forgotten")
    func staleListener() async throws {
        let cloud = try await cloud()
        try await cloud.connect("b1", of: 2)
        cloud.hangUp("b1")
        let text = #"{"event":"typing_start","data":{"recipient_id":"\#(TestCloud.person(2))"}}"#
        #expect(try await cloud.say(text, as: 1).0.statusCode == 200)
        #expect(try await cloud.presence(2)?.status == .offline)
    }

    @Test("mark_read keeps a receipt, once, and only for a party of the conversation")
    func markRead() async throws {
        let cloud = try await cloud()
        let message = try await cloud.addMessage(1, from: 2, to: .user(TestCloud.person(1)))
        let text = #"{"event":"mark_read","data":{"message_id":"\#(message.id)"}}"#
        let (answer, frames) = try await cloud.say(text, as: 1)
        #expect(answer == WebSocketResponse(statusCode: 200) && frames.isEmpty)
        let key = Keys.receipt(TestCloud.organization, message: message.id, reader: TestCloud.person(1))
        let receipt = try #require(try await cloud.item(key))
        #expect(receipt["sender_id"] == .string(TestCloud.person(2)))
        cloud.cloud.advanceTime(bySeconds: 5)
        #expect(try await cloud.say(text, as: 1).0.statusCode == 200)
        #expect(try await cloud.item(key) == receipt)
        #expect(try await cloud.say(text, as: 3).0.statusCode == 404)
        #expect(try await cloud.say(text, as: 2).0.statusCode == 400, "one's own message")
    }

    @Test("an answer to a socket that has gone meanwhile is no failure")
    func goneSender() async throws {
        let cloud = try await cloud()
        cloud.hangUp("own")
        let answer = try await cloud.handle(.message(1, "own", #"{"event":"ping"}"#))
        #expect(answer.statusCode == 200)
    }

    @Test("an outage of the store is told as such, and its cause is logged, not told")
    func outage() async throws {
        let cloud = try await cloud()
        cloud.wire.restart(cut: .init(call: 1, afterwards: false, forGood: false))
        let text = #"{"event":"send_message","data":{"recipient_id":"\#(TestCloud.person(2))","content":"Hi"}}"#
        let (answer, frames) = try await cloud.say(text, as: 1)
        #expect(answer.statusCode == 500)
        #expect(frames.first?.json?["data"]?["code"] == "INTERNAL_ERROR")
    }
}
