import FunctionTestSupport
import LambdaEvents
import LambdaRuntime
import Platform
import Testing

@testable import stream_processor

/// A batch is cut off at each of its calls in turn, in four ways, and then comes again.
@Suite("Replays of a batch")
struct ReplayTests {
    /// Two messages, one of them to a forum in two parts, a receipt and a change of presence, with sockets that take
    /// pushes and one that is gone.
    private func scene() async throws -> (cloud: TestCloud, event: DynamoDBStreamEvent) {
        let cloud = try await TestCloud()
        let forum = try await cloud.addForum(1, members: Array(1...43))
        for number in [1, 2, 42] { try await cloud.connect("c\(number)", of: number) }
        try await cloud.connect("gone", of: 3)
        cloud.hangUp("gone")
        let direct = try await cloud.addMessage(1, from: 1, to: .user(TestCloud.person(2)))
        let post = try await cloud.addMessage(2, from: 1, to: .forum(forum.id, name: forum.name))
        let receipt = Receipt(
            messageID: direct.id, readerID: TestCloud.person(2), senderID: TestCloud.person(1),
            conversationID: direct.conversationID, readAt: cloud.cloud.now)
        let presence = try #require(
            try await cloud.item(Keys.presence(TestCloud.organization, user: TestCloud.person(42))))
        let records: [DynamoDBStreamEvent.Record] = [
            .inserted(direct.item, sequence: "1"), .inserted(post.item, sequence: "2"),
            .inserted(receipt.item(organization: TestCloud.organization), sequence: "3"), .inserted(presence, sequence: "4"),
        ]
        return (cloud, DynamoDBStreamEvent(records: records))
    }

    /// As Lambda does: from the first failure on, until nothing fails.
    private func runToTheEnd(_ cloud: TestCloud, _ event: DynamoDBStreamEvent, cut: TestWire.Cut?) async throws {
        var remaining = event.records
        cloud.wire.restart(cut: cut)
        for _ in 0..<10 {
            let answer = try await cloud.handler.handle(.init(records: remaining), context: .test())
            guard let failed = answer.batchItemFailures.first?.itemIdentifier else { return }
            remaining = Array(remaining.drop { $0.dynamodb.sequenceNumber != failed })
            cloud.wire.restart()
        }
        Issue.record("the batch never ends")
    }

    /// What a receiver can tell apart: to whom, by which delivery or message, for whom.
    private func pushes(_ cloud: TestCloud) -> Set<String> { Set(cloud.wire.pushes.map { "\($0.path) \($0.body)" }) }

    private func entries(_ cloud: TestCloud) -> Set<JSONValue> { Set(cloud.wire.queued) }

    @Test("whichever call it is killed at, the end is that of an undisturbed run", arguments: [true, false], [true, false])
    func killed(afterwards: Bool, forGood: Bool) async throws {
        let undisturbed = try await scene()
        try await runToTheEnd(undisturbed.cloud, undisturbed.event, cut: nil)
        let calls = undisturbed.cloud.wire.callCount
        let expected = try await undisturbed.cloud.dump()
        #expect(calls > 15)
        for call in 1...calls {
            let (cloud, event) = try await scene()
            try await runToTheEnd(cloud, event, cut: .init(call: call, afterwards: afterwards, forGood: forGood))
            let place = "call \(call) of \(calls)"
            #expect(try await cloud.dump() == expected, "\(place)")
            #expect(pushes(cloud) == pushes(undisturbed.cloud), "\(place)")
            // An entry may be there twice, the first time with fewer who took the push.
            #expect(entries(cloud).isSuperset(of: entries(undisturbed.cloud)), "\(place)")
            #expect(
                Set(entries(cloud).map { $0["recipient_ids"] }) == Set(entries(undisturbed.cloud).map { $0["recipient_ids"] }))
        }
    }

    @Test("a whole batch that comes again changes nothing in the tables")
    func twice() async throws {
        let (cloud, event) = try await scene()
        try await runToTheEnd(cloud, event, cut: nil)
        let after = try await cloud.dump()
        let (said, queued) = (pushes(cloud), entries(cloud))
        try await runToTheEnd(cloud, event, cut: nil)
        #expect(try await cloud.dump() == after)
        #expect(pushes(cloud) == said && entries(cloud) == queued)
    }
}
