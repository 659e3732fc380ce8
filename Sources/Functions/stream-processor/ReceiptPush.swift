import Platform

/// `message_read`, to the sockets of the one who wrote the message.
struct ReceiptPush: Sendable {
    private let time: TimeSource
    private let directory: SocketDirectory
    private let pusher: SocketPusher

    init(store: PlatformStore, pusher: SocketPusher) {
        time = store.time
        directory = SocketDirectory(store: store)
        self.pusher = pusher
    }

    func run(_ receipt: Receipt, organization: String) async throws {
        let sockets = try await directory.sockets(of: [receipt.senderID], organization: organization)
        let frame = Frame(
            "message_read",
            [
                "message_id": .string(receipt.messageID), "conversation_id": .string(receipt.conversationID),
                "reader_id": .string(receipt.readerID), "read_at": .time(receipt.readAt),
            ], at: time.now)
        let outcomes = try await pusher.push(to: sockets, organization: organization) { _ in frame }
        let failures = outcomes.values.flatMap(\.failures)
        guard failures.isEmpty else { throw PushIncomplete(failures: failures) }
    }
}
