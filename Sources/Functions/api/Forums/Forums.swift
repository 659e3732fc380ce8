import FunctionToolkit
import LambdaEvents
import Platform

/// `GET` and `POST /api/forums`, `GET /api/forums/{id}`.
enum Forums {
    static func list(_ call: Call, _ page: PageRequest) async throws -> HTTPResponse {
        let forums = try await call.services.forums.list(
            visibleTo: call.user.id, organization: call.organization, page: page)
        return Envelope.success(.array(forums.elements.map(\.json)), meta: forums.meta(for: page))
    }

    /// What a client says of a new forum.
    struct Draft: Sendable {
        var name: String
        var description: String?
        var type: ForumType
        var avatarURL: String?
    }

    /// - Parameter type: what the caller's blueprint says of forums.
    static func draft(_ type: ResourceType?) -> Schema<Draft> {
        .object(document: { type?.document() ?? SchemaDocument(["type": "object"]) }) { reader in
            guard let type else { return nil }
            let name = reader.text("name", of: type)
            let description = reader.text("description", of: type)
            let kind: ForumType = reader.choice("type", of: type) ?? .public
            let avatar = reader.text("avatar_url", of: type)
            return name.map { Draft(name: $0, description: description, type: kind, avatarURL: avatar) }
        }
    }

    static func create(_ call: Call, _ draft: Draft) async throws -> HTTPResponse {
        if draft.type == .main { try call.require("forums:create-main") }
        let now = call.services.time.now
        let forum = Forum(
            id: Identifier.new(at: now), organizationID: call.organization, name: draft.name, description: draft.description,
            type: draft.type, createdBy: call.user.id, avatarURL: draft.avatarURL, createdAt: now)
        try await call.services.forums.create(forum)
        return Envelope.success(forum.json, status: 201)
    }

    static func get(_ call: Call, _ id: String) async throws -> HTTPResponse {
        let (forum, member) = try await visible(call, id)
        async let count = call.services.forums.memberCount(forum.id, organization: call.organization)
        guard case .object(var data) = forum.json else { throw PlatformError(.internalError, "No forum") }
        data["member_count"] = .integer(Int64(try await count))
        data["role"] = .optional(member?.role.rawValue)
        return Envelope.success(.object(data))
    }

    /// The forum of the path with the caller's place in it; a private one is there for its members only.
    static func visible(_ call: Call, _ text: String) async throws -> (forum: Forum, member: ForumMember?) {
        let id = try Identifier.check(text, of: "forum")
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
