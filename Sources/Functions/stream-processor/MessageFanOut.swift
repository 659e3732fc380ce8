import LambdaEvents
import Platform

/// A new message, to all of its recipients: counted, pushed, put on the queue, part by part.
///
/// In this order for each part, so that whenever it is killed the repetition does what is missing: the count, once, by a
/// transaction; the pushes, which may come again under the same delivery ids; the queue entry, likewise.
struct MessageFanOut: Sendable {
    private let time: TimeSource
    private let parts: FanOutRepository
    private let directory: SocketDirectory
    private let pusher: SocketPusher
    private let queue: DeliveryQueue

    init(store: PlatformStore, pusher: SocketPusher, queue: DeliveryQueue) {
        time = store.time
        parts = FanOutRepository(store: store)
        directory = SocketDirectory(store: store)
        self.pusher = pusher
        self.queue = queue
    }

    /// - Throws: ``PushIncomplete`` at the end, if any socket failed: a socket in trouble holds up no mail.
    func run(_ message: Message) async throws {
        let event = Identifier.messageCreated(message.id)
        var after: String?
        var failures: [String] = []
        while true {
            let recipients = try await parts.recipients(of: message, after: after)
            guard !recipients.isEmpty,
                let last = try await parts.count(message, event: event, after: after, recipients: recipients)
            else { break }
            failures += try await deliver(message, event: event, to: recipients.filter { $0 <= last })
            after = last
        }
        guard failures.isEmpty else { throw PushIncomplete(failures: failures) }
    }

    /// - Returns: what went wrong with pushes.
    private func deliver(_ message: Message, event: String, to recipients: [String]) async throws -> [String] {
        guard !recipients.isEmpty else { return [] }
        let organization = message.organizationID
        let content = message.json.objectValue ?? [:]
        let sockets = try await directory.sockets(of: recipients, organization: organization)
        let outcomes = try await pusher.push(to: sockets, organization: organization) { recipient in
            var data = content
            data["delivery_id"] = .string(Identifier.delivery(event: event, recipient: recipient, channel: .app))
            return Frame("message_received", data, at: time.now)
        }
        try await queue.send(
            .message(
                .init(
                    organizationID: organization, eventID: event, messageID: message.id, recipientIDs: recipients,
                    pushedTo: recipients.filter { (outcomes[$0]?.taken ?? 0) > 0 })))
        return outcomes.values.flatMap(\.failures)
    }
}
