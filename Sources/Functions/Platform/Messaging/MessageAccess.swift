/// Who may see what of messages, for HTTP and sockets alike.
package struct MessageAccess: Sendable {
    private let users: UserRepository
    private let forums: ForumRepository
    private let messages: MessageRepository

    package init(store: PlatformStore) {
        users = UserRepository(store: store)
        forums = ForumRepository(store: store)
        messages = MessageRepository(store: store)
    }

    /// A message that the user is a party of: one of the two it went between, or a member of its forum.
    ///
    /// - Throws: ``PlatformError`` with 404 for all others, who shall not learn that it exists.
    package func message(_ id: String, visibleTo user: String, organization: String) async throws -> Message {
        guard let message = try await messages.get(id, organization: organization) else {
            throw PlatformError.notFound("message")
        }
        let isParty =
            if let forum = message.forumID {
                try await forums.member(user, of: forum, organization: organization) != nil
            } else {
                [message.senderID, message.recipientID].contains(user)
            }
        guard isParty else { throw PlatformError.notFound("message") }
        return message
    }

    /// The user as the store has them now, if they may take part.
    ///
    /// - Throws: ``PlatformError`` with 401 for one who is gone, 403 for one who waits for the approval or is suspended.
    package func participant(_ id: String, organization: String) async throws -> User {
        guard let user = try await users.get(id, organization: organization) else { throw PlatformError.unauthorized }
        try Self.checkParticipation(user.status)
        return user
    }

    package static func checkParticipation(_ status: UserStatus) throws(PlatformError) {
        switch status {
        case .active: return
        case .pending, .approved: throw PlatformError(.pendingApproval, "Your account is not approved yet")
        case .suspended: throw PlatformError(.suspended, "Your account is suspended")
        }
    }
}

extension MessageAccess {
    /// A user's place in a forum.
    ///
    /// - Throws: ``PlatformError`` with 404 if there is no such forum, or it is private and the user is not in it; with 403
    ///   if it is open and the user has not joined.
    package func member(_ user: String, of forum: String, organization: String) async throws -> ForumMember {
        if let member = try await forums.member(user, of: forum, organization: organization) { return member }
        guard let found = try await forums.get(forum, organization: organization), found.type != .private else {
            throw PlatformError.notFound("forum")
        }
        throw PlatformError(.forbidden, "Only members take part in a forum")
    }

    /// Somebody to whom one can write.
    ///
    /// - Throws: ``PlatformError`` with 404 for one who is unknown, waits for the approval, or is suspended.
    package func recipient(_ id: String, organization: String) async throws -> User {
        guard let user = try await users.get(id, organization: organization), user.status == .approved || user.status == .active
        else { throw PlatformError.notFound("recipient") }
        return user
    }
}
