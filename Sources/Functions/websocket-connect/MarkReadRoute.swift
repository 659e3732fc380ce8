import Platform

/// `mark_read`: keeps that somebody has read a message. Its sender is told by the stream processor.
struct MarkReadRoute: Sendable {
    private let access: MessageAccess
    private let receipts: ReceiptRepository

    init(store: PlatformStore) {
        access = MessageAccess(store: store)
        receipts = ReceiptRepository(store: store)
    }

    /// Marking a second time changes nothing and is no error.
    func run(_ id: String, _ speaker: SocketConversation.Speaker) async throws {
        let (user, blueprint) = (speaker.user, speaker.blueprint)
        guard blueprint.allows(role: user.role, "messages:read") else { throw PlatformError.forbidden("messages:read") }
        let message = try await access.message(id, visibleTo: user.id, organization: user.organizationID)
        guard message.senderID != user.id else { throw PlatformError.invalid("message_id", "This is your own message") }
        _ = try await receipts.markRead(message, by: user.id)
    }
}
