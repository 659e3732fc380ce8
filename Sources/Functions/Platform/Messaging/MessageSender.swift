/// Writes messages for `api` and `websocket-connect`, under the same rules.
///
/// Checked in this order: permission, destination, announcement, parent, limits; then the message is written.
package struct MessageSender: Sendable {
    private let store: PlatformStore
    private let users: UserRepository
    private let forums: ForumRepository
    private let messages: MessageRepository
    private let limiter: RateLimiter

    package init(store: PlatformStore) {
        self.store = store
        users = UserRepository(store: store)
        forums = ForumRepository(store: store)
        messages = MessageRepository(store: store)
        limiter = RateLimiter(store: store)
    }

    /// - Parameter sender: as the store has them now, not as a token says.
    package func send(_ draft: MessageDraft, from sender: User, blueprint: Blueprint) async throws -> Message {
        guard sender.status == .active else {
            throw PlatformError(.pendingApproval, "Your account is not approved yet")
        }
        guard blueprint.allows(role: sender.role, "messages:create") else { throw PlatformError.forbidden("messages:create") }
        let destination = try await destination(of: draft, from: sender, blueprint: blueprint)
        let message = Message(
            id: Identifier.new(at: store.time.now), organizationID: sender.organizationID, senderID: sender.id,
            senderName: sender.shownName, destination: destination, parentID: draft.parentID, content: draft.content,
            announcement: draft.announcement, createdAt: store.time.now)
        try await checkParent(of: message)
        try await takeLimits(for: message, blueprint: blueprint)
        try await messages.create(message)
        return message
    }

    private func destination(of draft: MessageDraft, from sender: User, blueprint: Blueprint) async throws -> Message.Destination
    {
        switch draft.destination {
        case .user(let id):
            guard id != sender.id else { throw PlatformError.invalid("recipient_id", "This is yourself") }
            guard !draft.announcement else { throw PlatformError.invalid("announcement", "Only a forum has announcements") }
            guard let recipient = try await users.get(id, organization: sender.organizationID),
                recipient.status == .active || recipient.status == .approved
            else { throw PlatformError.notFound("recipient") }
            return .user(id)
        case .forum(let id):
            guard let forum = try await forums.get(id, organization: sender.organizationID) else {
                throw PlatformError.notFound("forum")
            }
            guard let member = try await forums.member(sender.id, of: id, organization: sender.organizationID) else {
                // A private forum does not show that it exists.
                throw forum.type == .private
                    ? PlatformError.notFound("forum") : PlatformError(.forbidden, "Only members post in a forum")
            }
            let mayAnnounce = member.role != .member || blueprint.allows(role: sender.role, "messages:announce")
            guard !draft.announcement || mayAnnounce else {
                throw PlatformError(.forbidden, "Only a moderator or an admin of the forum announces")
            }
            return .forum(id, name: forum.name)
        }
    }

    private func checkParent(of message: Message) async throws {
        guard let parentID = message.parentID else { return }
        guard let parent = try await messages.get(parentID, organization: message.organizationID),
            parent.conversationID == message.conversationID
        else { throw PlatformError.invalid("parent_id", "There is no such message in this conversation") }
    }

    /// Posts and messages are separate buckets; a post takes from the one for posts only.
    private func takeLimits(for message: Message, blueprint: Blueprint) async throws {
        let limit = message.forumID == nil ? blueprint.limits.messages : blueprint.limits.forumPosts
        try await limiter.take(limit, organization: message.organizationID, key: message.senderID)
    }
}
