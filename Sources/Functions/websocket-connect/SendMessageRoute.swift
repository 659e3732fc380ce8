import Platform

/// `send_message`: what `POST /api/messages` does, by the same code.
struct SendMessageRoute: Sendable {
    private let sender: MessageSender

    init(store: PlatformStore) {
        sender = MessageSender(store: store)
    }

    func run(_ request: SocketConversation.Request, user: User, blueprint: Blueprint) async throws -> Message {
        try await sender.send(try MessageDraft(request.data), from: user, blueprint: blueprint)
    }
}
