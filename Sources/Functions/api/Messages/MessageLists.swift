import FunctionToolkit
import LambdaEvents
import Platform

/// `GET /api/messages` and `GET /api/conversations/{id}`, newest first.
enum MessageLists {
    /// With `forum_id` a forum's messages, with `user_id` those between the caller and that user, with neither all direct
    /// messages from and to the caller and the caller's own posts.
    static func list(_ call: Call, _ page: PageRequest, forum: String?, user: String?) async throws -> HTTPResponse {
        switch (forum, user) {
        case (nil, nil):
            let messages = try await call.services.messages.mailbox(of: call.user.id, organization: call.organization, page: page)
            return answer(messages, page)
        case (let forum?, nil):
            guard try await Forums.visible(call, forum).member != nil else {
                throw PlatformError(.forbidden, "Only members read a forum's messages")
            }
            return try await conversation(Identifier.conversation(forum: forum), page, call)
        case (nil, let user?):
            return try await conversation(call, with: user, page)
        default:
            throw PlatformError.invalid("user_id", "Only one of this and forum_id may be given")
        }
    }

    static func conversation(_ call: Call, with user: String, _ page: PageRequest) async throws -> HTTPResponse {
        guard Identifier.isValid(user), try await call.services.users.get(user, organization: call.organization) != nil else {
            throw PlatformError.notFound("user")
        }
        return try await conversation(Identifier.conversation(between: call.user.id, and: user), page, call)
    }

    private static func conversation(_ id: String, _ page: PageRequest, _ call: Call) async throws -> HTTPResponse {
        answer(
            try await call.services.messages.list(conversation: id, organization: call.organization, page: page), page)
    }

    private static func answer(_ messages: Page<Message>, _ page: PageRequest) -> HTTPResponse {
        Envelope.success(.array(messages.elements.map(\.json)), meta: messages.meta(for: page))
    }
}
