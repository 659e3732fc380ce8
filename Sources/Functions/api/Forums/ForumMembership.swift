import FunctionToolkit
import LambdaEvents
import Platform

/// `POST /api/forums/{id}/join` and `/leave`; neither has a body.
enum ForumMembership {
    static func join(_ call: Call, _ id: String) async throws -> HTTPResponse {
        let (forum, member) = try await Forums.visible(call, id)
        guard member == nil, let joined = try await call.services.forums.join(forum, user: call.user.id) else {
            throw PlatformError(.conflict, "You are in this forum already")
        }
        return Envelope.success(
            [
                "forum_id": .string(joined.forumID), "user_id": .string(joined.userID), "role": .string(joined.role.rawValue),
                "joined_at": .time(joined.joinedAt),
            ], status: 201)
    }

    static func leave(_ call: Call, _ id: String) async throws -> HTTPResponse {
        let (forum, _) = try await Forums.visible(call, id)
        guard try await call.services.forums.leave(forum.id, user: call.user.id, organization: call.organization) else {
            throw PlatformError(.conflict, "You are not in this forum")
        }
        return Envelope.success(["forum_id": .string(forum.id), "left": true])
    }
}
