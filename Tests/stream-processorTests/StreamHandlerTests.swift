import AWSClients
import Foundation
import FunctionTestSupport
import LambdaEvents
import LambdaRuntime
import Platform
import Testing

@testable import stream_processor

@Suite("Changes of the entities")
struct StreamHandlerTests {
    private let organization = TestCloud.organization

    @Test("a direct message is counted, pushed to each socket of its recipient, and put on the queue")
    func directMessage() async throws {
        let cloud = try await TestCloud()
        try await cloud.connect("c1", of: 2)
        try await cloud.connect("c2", of: 2)
        try await cloud.connect("c3", of: 1)
        let message = try await cloud.addMessage(1, from: 1, to: .user(TestCloud.person(2)), content: "Hi \"you\"")
        let answer = try await cloud.handler.handle(.init(records: [.inserted(message.item)]), context: .test())
        #expect(answer == BatchResponse())
        #expect(try await cloud.unread(2, message) == "1")
        #expect(try await cloud.unread(1, message) == nil)
        #expect(Set(cloud.wire.pushes.map(\.path)) == ["/@connections/c1", "/@connections/c2"])
        let frame = try #require(cloud.wire.pushes.first?.json)
        #expect(frame["event"] == "message_received")
        #expect(frame["timestamp"] == 1_772_359_200)
        #expect(frame["data"]?["content"] == "Hi \"you\"")
        // echo -n 'message-created:01990000-0000-7000-8000-e00000000001|01990000-0000-7000-8000-a00000000002|app' | sha256sum
        #expect(frame["data"]?["delivery_id"] == .string(Digest.deliveryOfFirstToSecond))
        #expect(
            cloud.wire.queued == [
                [
                    "version": 1, "kind": "message", "organization_id": "lincoln-high",
                    "event_id": "message-created:01990000-0000-7000-8000-e00000000001",
                    "message_id": "01990000-0000-7000-8000-e00000000001",
                    "recipient_ids": ["01990000-0000-7000-8000-a00000000002"],
                    "pushed_to": ["01990000-0000-7000-8000-a00000000002"],
                ]
            ])
    }

    @Test("a forum's message reaches all members but its sender, in parts of forty")
    func forumMessage() async throws {
        let cloud = try await TestCloud()
        try await cloud.addForum(1, members: Array(1...95))
        try await cloud.connect("c90", of: 90)
        let message = try await cloud.addMessage(1, from: 50, to: .forum(TestCloud.forum(1), name: "Forum 1"))
        let event = DynamoDBStreamEvent(records: [.inserted(message.item)])
        #expect(try await cloud.handler.handle(event, context: .test()) == BatchResponse())
        let parts = cloud.wire.queued.map { $0["recipient_ids"]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        #expect(parts.map(\.count) == [40, 40, 14])
        #expect(parts.flatMap { $0 } == (1...95).filter { $0 != 50 }.map(TestCloud.person))
        #expect(cloud.wire.queued.last?["pushed_to"] == [.string(TestCloud.person(90))])
        #expect(cloud.wire.pushes.map(\.path) == ["/@connections/c90"])
        for member in [1, 49, 51, 95] { #expect(try await cloud.unread(member, message) == "1") }
        #expect(try await cloud.unread(50, message) == nil)

        #expect(try await cloud.handler.handle(event, context: .test()) == BatchResponse())
        for member in [1, 40, 41, 95] { #expect(try await cloud.unread(member, message) == "1", "counted once") }
    }

    @Test("a repetition counts nobody twice and forgets nobody, although members left and others joined")
    func membersChange() async throws {
        let cloud = try await TestCloud()
        let forum = try await cloud.addForum(1, members: Array(1...100))
        let message = try await cloud.addMessage(1, from: 100, to: .forum(forum.id, name: forum.name))
        let event = DynamoDBStreamEvent(records: [.inserted(message.item)])
        // Dies after the first part is counted.
        cloud.wire.restart(cut: .init(call: 2, afterwards: true, forGood: true))
        _ = try await cloud.handler.handle(event, context: .test())
        #expect(try await cloud.unread(40, message) == "1")
        #expect(try await cloud.unread(41, message) == nil)
        for number in [1, 2, 40] {
            try await cloud.store.write(
                WriteOperation(.delete(Keys.member(organization, forum: forum.id, user: TestCloud.person(number)))))
        }
        cloud.cloud.advanceTime(bySeconds: 1)
        try await cloud.addMember(0, to: forum)
        cloud.wire.restart()
        #expect(try await cloud.handler.handle(event, context: .test()) == BatchResponse())
        for number in 1...99 { #expect(try await cloud.unread(number, message) == "1", "\(number)") }
        #expect(try await cloud.unread(0, message) == nil, "joined after the message was written")
    }

    @Test("a receipt tells the sender, a change of presence tells the others who are online")
    func receiptAndPresence() async throws {
        let cloud = try await TestCloud()
        try await cloud.connect("c1", of: 1)
        try await cloud.connect("c2", of: 2)
        let receipt = Receipt(
            messageID: TestCloud.message(1), readerID: TestCloud.person(2), senderID: TestCloud.person(1),
            conversationID: "direct:x:y", readAt: cloud.cloud.now)
        let presence = try #require(try await cloud.item(Keys.presence(organization, user: TestCloud.person(2))))
        var before = presence
        before["status"] = .string("offline")
        let records: [DynamoDBStreamEvent.Record] = [
            .inserted(receipt.item(organization: organization)), .changed(from: before, to: presence),
            .changed(from: presence, to: presence),
        ]
        #expect(try await cloud.handler.handle(.init(records: records), context: .test()) == BatchResponse())
        #expect(cloud.wire.pushes.map(\.path) == ["/@connections/c1", "/@connections/c1"])
        #expect(cloud.wire.pushes.map { $0.json?["event"] } == ["message_read", "user_status_changed"])
        #expect(cloud.wire.pushes.first?.json?["data"]?["read_at"] == "2026-03-01T10:00:00.000Z")
        #expect(cloud.wire.pushes.last?.json?["data"]?["status"] == "online")
        #expect(cloud.wire.queued.isEmpty)
    }

    @Test("a socket that is gone is forgotten, unless it may still be connecting")
    func gone() async throws {
        let cloud = try await TestCloud()
        try await cloud.connect("old", of: 2)
        try await cloud.connect("new", of: 2, secondsAgo: 2)
        cloud.hangUp("old", "new")
        let message = try await cloud.addMessage(1, from: 1, to: .user(TestCloud.person(2)))
        let answer = try await cloud.handler.handle(.init(records: [.inserted(message.item)]), context: .test())
        #expect(answer == BatchResponse())
        let presence = try await ConnectionRepository(store: cloud.store).presence(
            user: TestCloud.person(2), organization: organization)
        #expect(presence?.connections == ["new"])
        #expect(presence?.status == .online)
        #expect(cloud.wire.queued.first?["pushed_to"] == [])
    }

    @Test("the first record that fails ends the batch and is named by its sequence number")
    func partialFailure() async throws {
        let cloud = try await TestCloud()
        let first = try await cloud.addMessage(1, from: 1, to: .user(TestCloud.person(2)))
        var broken = try await cloud.addMessage(2, from: 1, to: .user(TestCloud.person(3))).item
        broken["created_at"] = .string("yesterday")
        let third = try await cloud.addMessage(3, from: 1, to: .user(TestCloud.person(4)))
        let records: [DynamoDBStreamEvent.Record] = [
            .inserted(first.item, sequence: "100"), .inserted(broken, sequence: "200"), .inserted(third.item, sequence: "300"),
        ]
        let answer = try await cloud.handler.handle(.init(records: records), context: .test())
        #expect(answer == BatchResponse(failed: ["200"]))
        #expect(try await cloud.unread(2, first) == "1")
        #expect(try await cloud.unread(4, third) == nil)
    }

    @Test("a socket in trouble fails the record, but not before the mail is on its way")
    func failingPush() async throws {
        let cloud = try await TestCloud()
        try await cloud.connect("c2", of: 2)
        cloud.wire.refuse(.apiGatewayManagement, status: 500)
        let message = try await cloud.addMessage(1, from: 1, to: .user(TestCloud.person(2)))
        let event = DynamoDBStreamEvent(records: [.inserted(message.item, sequence: "7")])
        #expect(try await cloud.handler.handle(event, context: .test()) == BatchResponse(failed: ["7"]))
        #expect(cloud.wire.queued.count == 1)
        cloud.wire.refuse(.apiGatewayManagement, status: nil)
        #expect(try await cloud.handler.handle(event, context: .test()) == BatchResponse())
        #expect(cloud.wire.pushes.count == 1)
        #expect(try await cloud.unread(2, message) == "1")
    }

    @Test("with the time nearly over the rest of the batch is left for the next invocation")
    func deadline() async throws {
        let cloud = try await TestCloud()
        let first = try await cloud.addMessage(1, from: 1, to: .user(TestCloud.person(2)))
        let second = try await cloud.addMessage(2, from: 1, to: .user(TestCloud.person(3)))
        let event = DynamoDBStreamEvent(
            records: [.inserted(first.item, sequence: "1"), .inserted(second.item, sequence: "2")])
        let answer = try await cloud.handler.handle(event, context: .test(remaining: .seconds(2)))
        #expect(answer == BatchResponse(failed: ["2"]))
        #expect(cloud.wire.queued.count == 1)
    }
}
