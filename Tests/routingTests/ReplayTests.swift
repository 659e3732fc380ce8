import AWSClients
import Foundation
import FunctionTestSupport
import LambdaEvents
import Platform
import Testing

@testable import routing

/// Each queue message is cut off at each of its calls in turn, in four ways, and comes again after the visibility time-out.
@Suite("Replays of a queue message")
struct ReplayTests {
    private func scene() async throws -> (scene: RoutingScene, entry: RoutingMessage, message: Message) {
        let scene = try await RoutingScene()
        for number in 1...5 { try await scene.cloud.addUser(number, email: "person\(number)@example.com") }
        try await scene.cloud.setPreferences(2, channel: .sms)
        try await scene.cloud.setPreferences(3, channel: .email)
        try await scene.cloud.setPreferences(4, channel: .sms, quiet: ("09:00", "11:00"))
        let message = try await scene.cloud.addMessage(
            1, from: 1, to: .forum(TestCloud.forum(1), name: "Reunion"), announcement: true)
        return (scene, scene.entry(message, to: [2, 3, 4, 5], pushedTo: [5]), message)
    }

    private func runToTheEnd(_ scene: RoutingScene, _ entry: RoutingMessage, cut: TestWire.Cut?) async throws {
        scene.cloud.wire.restart(cut: cut)
        for _ in 0..<5 {
            if try await scene.handle(entry).isEmpty { return }
            scene.cloud.cloud.advanceTime(bySeconds: 180)
            scene.cloud.wire.restart()
        }
        Issue.record("the message never ends")
    }

    @Test("whichever call it is killed at, everybody is served", arguments: [true, false], [true, false])
    func killed(afterwards: Bool, forGood: Bool) async throws {
        let undisturbed = try await scene()
        try await runToTheEnd(undisturbed.scene, undisturbed.entry, cut: nil)
        let calls = undisturbed.scene.cloud.wire.callCount
        #expect(calls > 12)
        for call in 1...calls {
            let (scene, entry, message) = try await scene()
            try await runToTheEnd(scene, entry, cut: .init(call: call, afterwards: afterwards, forGood: forGood))
            // One send was cut off and, unless all was over with it, is tried again from the queue.
            for again in try scene.requeued { #expect(try await scene.handle(again.body) == []) }
            let place = "call \(call) of \(calls)"
            for (person, channel, status) in [
                (2, Channel.sms, "sent"), (3, .email, "sent"), (4, .sms, "pending"), (5, .app, "delivered"),
            ] {
                let item = try await scene.delivery(message, person, channel)
                #expect(item?["status"] == .string(status), "\(place), person \(person)")
            }
            #expect(try await scene.delivery(message, 4, .sms)?["waiting_for"] == .string("quiet_hours"))
            // At most the one that was cut off went out twice, under the same id.
            #expect((1...2).contains(scene.calls(.sns).count) && (1...2).contains(scene.calls(.ses).count), "\(place)")
            let ids = scene.calls(.ses).map { $0.json?["Content"]?["Simple"]?["Headers"]?[0]?["Value"] }
            #expect(Set(ids).count == 1)
        }
    }

    @Test("a sweep that is killed anywhere queues the delivery at least once, and it goes out once")
    func sweep() async throws {
        for call in 1...12 {
            for afterwards in [false, true] {
                let (scene, entry, message) = try await scene()
                #expect(try await scene.handle(entry) == [])
                scene.cloud.cloud.advanceTime(bySeconds: 3600)
                scene.cloud.wire.restart(cut: .init(call: call, afterwards: afterwards, forGood: true))
                _ = try? await scene.sweep()  // cut off
                scene.cloud.wire.restart()
                _ = try await scene.sweep()
                #expect(try scene.requeued.count >= 1)
                let before = scene.calls(.sns).count
                for again in try scene.requeued { #expect(try await scene.handle(again.body) == []) }
                #expect(scene.calls(.sns).count == before + 1, "call \(call)")
                #expect(try await scene.delivery(message, 4, .sms)?["status"] == .string("sent"))
            }
        }
    }
}
