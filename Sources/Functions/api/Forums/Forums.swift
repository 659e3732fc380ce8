import LambdaEvents
import Platform

/// `GET` and `POST /api/forums`, `GET /api/forums/{id}`.
enum Forums {
    static func list(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("forums:read")
        let page = try PageRequest(query: call.query, sorts: try call.resource("forums").sortOrders, ascending: true)
        let forums = try await call.services.forums.list(
            visibleTo: call.user.id, organization: call.organization, page: page)
        return Envelope.success(.array(forums.elements.map(\.json)), meta: forums.meta(for: page))
    }

    static func create(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("forums:create")
        var reader = try call.input()
        let resource = try call.resource("forums")
        let name = reader.text("name", of: resource)
        let description = reader.text("description", of: resource)
        let type: ForumType = reader.choice("type", of: resource) ?? .public
        let avatar = reader.text("avatar_url", of: resource)
        try reader.finish()
        if type == .main { try call.require("forums:create-main") }
        let now = call.services.time.now
        let forum = Forum(
            id: Identifier.new(at: now), organizationID: call.organization, name: try InputReader.unwrap(name, "name"),
            description: description, type: type, createdBy: call.user.id, avatarURL: avatar, createdAt: now)
        try await call.services.forums.create(forum)
        return Envelope.success(forum.json, status: 201)
    }

    static func get(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("forums:read")
        try call.refuseQuery()
        let (forum, member) = try await visible(call)
        async let count = call.services.forums.memberCount(forum.id, organization: call.organization)
        guard case .object(var data) = forum.json else { throw PlatformError(.internalError, "No forum") }
        data["member_count"] = .integer(Int64(try await count))
        data["role"] = .optional(member?.role.rawValue)
        return Envelope.success(.object(data))
    }

    /// The forum of the path with the caller's place in it; a private one is there for its members only.
    static func visible(_ call: Call) async throws -> (forum: Forum, member: ForumMember?) {
        let id = try call.identifier("id", of: "forum")
        async let found = call.services.forums.get(id, organization: call.organization)
        let member = try await call.services.forums.member(call.user.id, of: id, organization: call.organization)
        guard let forum = try await found, forum.type != .private || member != nil else {
            throw PlatformError.notFound("forum")
        }
        return (forum, member)
    }
}

extension Forum {
    var json: JSONValue {
        [
            "id": .string(id), "name": .string(name), "description": .optional(description), "type": .string(type.rawValue),
            "created_by": .string(createdBy), "avatar_url": .optional(avatarURL), "created_at": .time(createdAt),
            "updated_at": .time(updatedAt),
        ]
    }
}
