import LambdaEvents
import Platform

/// `GET /api/messages` and `GET /api/conversations/{id}`, newest first.
enum MessageLists {
    /// With `forum_id` a forum's messages, with `user_id` those between the caller and that user, with neither all direct
    /// messages from and to the caller and the caller's own posts.
    static func list(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("messages:read")
        let page = try PageRequest(
            query: call.query, sorts: MessageRepository.sorts, ascending: false, filters: ["forum_id", "user_id"])
        switch (call.query["forum_id"], call.query["user_id"]) {
        case (nil, nil):
            let messages = try await call.services.messages.mailbox(of: call.user.id, organization: call.organization, page: page)
            return answer(messages, page)
        case (let forum?, nil):
            try await checkMember(of: forum, call)
            return try await conversation(Identifier.conversation(forum: forum), page, call)
        case (nil, let user?):
            return try await conversation(with: user, page, call)
        default:
            throw PlatformError.invalid("user_id", "Only one of this and forum_id may be given")
        }
    }

    static func conversation(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("messages:read")
        let page = try PageRequest(query: call.query, sorts: MessageRepository.sorts, ascending: false)
        return try await conversation(with: try call.identifier("id", of: "user"), page, call)
    }

    private static func conversation(with user: String, _ page: PageRequest, _ call: Call) async throws -> HTTPAPIResponse {
        guard Identifier.isValid(user), try await call.services.users.get(user, organization: call.organization) != nil else {
            throw PlatformError.notFound("user")
        }
        return try await conversation(Identifier.conversation(between: call.user.id, and: user), page, call)
    }

    private static func conversation(_ id: String, _ page: PageRequest, _ call: Call) async throws -> HTTPAPIResponse {
        answer(
            try await call.services.messages.list(conversation: id, organization: call.organization, page: page), page)
    }

    private static func checkMember(of forum: String, _ call: Call) async throws {
        var call = call
        call.parameters["id"] = forum
        guard try await Forums.visible(call).member != nil else {
            throw PlatformError(.forbidden, "Only members read a forum's messages")
        }
    }

    private static func answer(_ messages: Page<Message>, _ page: PageRequest) -> HTTPAPIResponse {
        Envelope.success(.array(messages.elements.map(\.json)), meta: messages.meta(for: page))
    }
}
