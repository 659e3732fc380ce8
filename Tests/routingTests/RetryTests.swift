import AWSClients
import Foundation
import FunctionTestSupport
import LambdaEvents
import Platform
import Testing

@testable import routing

@Suite("Deliveries that do not go out at once")
struct RetryTests {
    private func smsScene(quiet: (String, String)? = nil, timezone: String = "UTC") async throws -> (RoutingScene, Message) {
        let scene = try await RoutingScene()
        try await scene.cloud.addUser(2)
        try await scene.cloud.setPreferences(2, channel: .sms, quiet: quiet, timezone: timezone)
        return (scene, try await scene.cloud.addMessage(1, from: 1, to: .user(TestCloud.person(2))))
    }

    // The clock of the test cloud stands at 2026-03-01 10:00 UTC.

    @Test("in quiet hours by the recipient's own clock it waits in the index, and goes out when they are over")
    func quietHours() async throws {
        // 05:00 in New York.
        let (scene, message) = try await smsScene(quiet: ("22:00", "07:30"), timezone: "America/New_York")
        #expect(try await scene.handle(scene.entry(message, to: [2])) == [])
        let waiting = try #require(try await scene.delivery(message, 2, .sms))
        #expect(waiting["status"] == .string("pending") && waiting["attempts"] == .number("0"))
        #expect(waiting["waiting_for"] == .string("quiet_hours"))
        #expect(waiting["due_at"] == .number(String(1_772_359_200 + 9000)))
        #expect(scene.cloud.wire.made.isEmpty)
        #expect(try await scene.sweep() == SweepReport(queued: 0, isComplete: true))

        scene.cloud.cloud.advanceTime(bySeconds: 9000)
        #expect(try await scene.sweep() == SweepReport(queued: 1, isComplete: true))
        #expect(try await scene.sweep() == SweepReport(queued: 0, isComplete: true))
        let again = try #require(try scene.requeued.first)
        #expect(again.delay == 0)
        #expect(try await scene.handle(again.body) == [])
        let sent = try #require(try await scene.delivery(message, 2, .sms))
        #expect(sent["status"] == .string("sent") && sent["due_at"] == nil && sent["waiting_for"] == nil)
        #expect(scene.calls(.sns).count == 1)
    }

    @Test("outside of quiet hours it goes out at once; the app knows none")
    func outside() async throws {
        let (scene, message) = try await smsScene(quiet: ("22:00", "07:30"))
        #expect(try await scene.handle(scene.entry(message, to: [2])) == [])
        #expect(scene.calls(.sns).count == 1)
        try await scene.cloud.setPreferences(2, channel: .app, quiet: ("00:00", "23:59"))
        let second = try await scene.cloud.addMessage(2, from: 1, to: .user(TestCloud.person(2)))
        #expect(try await scene.handle(scene.entry(second, to: [2], pushedTo: [2])) == [])
        #expect(try await scene.delivery(second, 2, .app)?["status"] == .string("delivered"))
    }

    @Test("a failure is tried again after 30 s, 2 min, 10 min and half an hour, the last by the index, then given up")
    func backOff() async throws {
        let (scene, message) = try await smsScene()
        scene.cloud.wire.refuse(
            .sns, status: 500, body: "<ErrorResponse><Error><Code>InternalError</Code></Error></ErrorResponse>")
        var next = scene.entry(message, to: [2])
        for (attempt, delay) in [(1, 30), (2, 120), (3, 600)] {
            #expect(try await scene.handle(next) == [])
            let item = try #require(try await scene.delivery(message, 2, .sms))
            #expect(item["attempts"] == .number(String(attempt)) && item["status"] == .string("pending"))
            #expect(item["error_message"] == .string("sns Publish: InternalError") && item["due_at"] == nil)
            let queued = try #require(try scene.requeued.last)
            #expect(queued.delay == delay)
            next = queued.body
            scene.cloud.cloud.advanceTime(bySeconds: Double(delay))
        }
        #expect(try await scene.handle(next) == [])
        #expect(try scene.requeued.count == 3, "a queue does not delay for half an hour")
        let item = try #require(try await scene.delivery(message, 2, .sms))
        #expect(item["waiting_for"] == .string("retry"))
        scene.cloud.cloud.advanceTime(bySeconds: 1799)
        #expect(try await scene.sweep().queued == 0)
        scene.cloud.cloud.advanceTime(bySeconds: 1)
        #expect(try await scene.sweep().queued == 1)
        #expect(try await scene.handle(try #require(try scene.requeued.last).body) == [])
        let failed = try #require(try await scene.delivery(message, 2, .sms))
        #expect(failed["status"] == .string("failed") && failed["attempts"] == .number("5"))
    }

    @Test("a provider that fails twice has the third attempt, with the same delivery id")
    func thirdTime() async throws {
        let (scene, message) = try await smsScene()
        try await scene.cloud.setPreferences(2, channel: .whatsapp)
        scene.whatsApp.answer(429, #"{"error":{"code":130429,"message":"(#130429) Rate limit hit +4179…"}}"#)
        #expect(try await scene.handle(scene.entry(message, to: [2])) == [])
        scene.whatsApp.answer(400, #"{"error":{"code":131000}}"#)
        #expect(try await scene.handle(try #require(try scene.requeued.last).body) == [])
        #expect(try await scene.delivery(message, 2, .whatsapp)?["error_message"] == .string("whatsapp 400 code 131000"))
        scene.whatsApp.answer(200, #"{"messages":[{"id":"wamid.3"}]}"#)
        #expect(try await scene.handle(try #require(try scene.requeued.last).body) == [])
        let item = try #require(try await scene.delivery(message, 2, .whatsapp))
        #expect(item["attempts"] == .number("3") && item["status"] == .string("sent"))
        #expect(item["external_id"] == .string("wamid.3") && item["error_message"] == nil)
        let ids = try scene.whatsApp.requests.map {
            try JSONDecoder().decode(JSONValue.self, from: $0.body)["biz_opaque_callback_data"]
        }
        #expect(ids.count == 3 && Set(ids).count == 1 && ids[0] == item["id"].flatMap { .string($0.stringValue ?? "") })
    }

    @Test("what is refused for good is given up at once, without the address in its reason")
    func refused() async throws {
        let (scene, message) = try await smsScene()
        scene.cloud.wire.refuse(
            .sns, status: 400,
            body: """
                <ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code>\
                <Message>Invalid parameter: PhoneNumber Reason: +41791000002 is not valid to publish to</Message></Error>\
                </ErrorResponse>
                """)
        #expect(try await scene.handle(scene.entry(message, to: [2])) == [])
        let item = try #require(try await scene.delivery(message, 2, .sms))
        #expect(item["status"] == .string("failed") && item["error_message"] == .string("sns Publish: InvalidParameter"))
        #expect(try scene.requeued.isEmpty)
    }

    @Test("what is sent is not sent again, however often its queue message comes")
    func repetition() async throws {
        let (scene, message) = try await smsScene()
        for _ in 0..<3 { #expect(try await scene.handle(scene.entry(message, to: [2])) == []) }
        #expect(scene.calls(.sns).count == 1)
        #expect(try await scene.delivery(message, 2, .sms)?["attempts"] == .number("1"))
    }

    @Test("an attempt that another environment has in hand is left to it, for a minute")
    func inProgress() async throws {
        let (scene, message) = try await smsScene()
        // Dies after the text went out, before that was written down.
        scene.cloud.wire.restart(cut: .init(call: 7, afterwards: true, forGood: true))
        #expect(try await scene.handle(scene.entry(message, to: [2])) == ["m0"])
        #expect(scene.calls(.sns).count == 1)
        scene.cloud.wire.restart()
        #expect(try await scene.handle(scene.entry(message, to: [2])) == ["m0"])
        #expect(scene.calls(.sns).count == 1)
        scene.cloud.cloud.advanceTime(bySeconds: 180)
        #expect(try await scene.handle(scene.entry(message, to: [2])) == [])
        #expect(try await scene.delivery(message, 2, .sms)?["status"] == .string("sent"))
    }

    @Test("a waiting delivery ends when its message is deleted")
    func deletedMeanwhile() async throws {
        var (scene, message) = try await smsScene(quiet: ("09:00", "11:00"))
        #expect(try await scene.handle(scene.entry(message, to: [2])) == [])
        message.deletedAt = scene.cloud.cloud.now
        try await scene.cloud.store.write(WriteOperation(.put(message.item)))
        scene.cloud.cloud.advanceTime(bySeconds: 3600)
        #expect(try await scene.sweep().queued == 1)
        #expect(try await scene.handle(try #require(try scene.requeued.last).body) == [])
        #expect(try await scene.delivery(message, 2, .sms)?["status"] == .string("failed"))
        #expect(scene.calls(.sns).isEmpty)
    }

    @Test("messages fail one by one: what cannot be read comes again, until the queue puts it aside")
    func partialFailure() async throws {
        let (scene, message) = try await smsScene()
        let good = String(decoding: try JSONEncoder().encode(scene.entry(message, to: [2])), as: UTF8.self)
        let failed = try await scene.handle(bodies: ["{", good, #"{"version":2,"kind":"message"}"#])
        #expect(failed == ["m0", "m2"])
        #expect(scene.calls(.sns).count == 1)
    }

    @Test("nothing is begun when the invocation's time is nearly over")
    func deadline() async throws {
        let (scene, message) = try await smsScene()
        #expect(try await scene.handle(scene.entry(message, to: [2]), remaining: .seconds(4)) == ["m0"])
        #expect(try await scene.delivery(message, 2, .sms) == nil && scene.cloud.wire.made.isEmpty)
    }
}
