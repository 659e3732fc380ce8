import FunctionToolkit
import Platform

// What this function's OpenAPI document says beyond what its routes declare. `Tests/Clients/test_openapi.py` holds real
// answers against it.

extension OpenAPIInfo {
    static let api = OpenAPIInfo(
        title: "Roost",
        description: "Users, forums, messages and preferences. Tokens come from /auth, whose document is /auth/openapi.json.")
}

extension Operation {
    static let forCallers = Operation(security: ["token"], answers: AnswerDocument.forCallers)
    static let health = Operation(
        "Whether the function runs and reaches the store", tags: ["service"], security: [],
        answers: [200: .enveloped(.record(["status": SchemaDocument(["const": "ok"]), "time": .time]))])
    static let openAPI = Operation(
        "This document", description: "Bounds of fields are those of a blueprint.", tags: ["service"], security: [])
}

enum UserDocuments {
    private static let profile: [String: SchemaDocument] = [
        "graduating_class": .whole.orNull, "house_section": .string.orNull, "school_activities": .list(of: .string),
        "bio": .string.orNull, "avatar_url": .string.orNull, "last_seen_at": .time.orNull,
    ]
    private static let person: [String: SchemaDocument] = [
        "id": .id, "full_name": .string, "display_name": .string.orNull, "role": .string, "email": .string.orNull,
    ]

    static let own: SchemaDocument = {
        let privacy = SchemaDocument.one(of: Privacy.allCases.map(\.rawValue))
        let more: [String: SchemaDocument] = [
            "phone_number": .string, "status": .one(of: UserStatus.allCases.map(\.rawValue)), "phone_verified": .boolean,
            "has_password": .boolean, "privacy_phone": privacy, "privacy_email": privacy, "privacy_profile": privacy,
            "created_at": .time, "updated_at": .time, "approved_at": .time.orNull,
        ]
        return .record(person.merging(profile) { first, _ in first }.merging(more) { first, _ in first }).named("OwnUser")
    }()

    /// The profile is missing where the caller may not see it; one's own id answers one's own record.
    static let other: SchemaDocument = {
        let seen = SchemaDocument.record(
            person.merging(["phone_number": .string.orNull]) { first, _ in first }, optional: profile
        ).named("User")
        return SchemaDocument(
            ["anyOf": [seen.json, own.json]], definitions: seen.definitions.merging(own.definitions) { first, _ in first })
    }()
}

enum ForumDocuments {
    private static let members: [String: SchemaDocument] = [
        "id": .id, "name": .string, "description": .string.orNull, "type": .one(of: ForumType.allCases.map(\.rawValue)),
        "created_by": .string, "avatar_url": .string.orNull, "created_at": .time, "updated_at": .time,
    ]
    private static let role = SchemaDocument.one(of: ForumRole.allCases.map(\.rawValue))

    static let forum = SchemaDocument.record(members).named("Forum")
    static let detail = SchemaDocument.record(
        members.merging(["member_count": .whole, "role": role.orNull]) { first, _ in first }
    ).named("ForumDetail")
    static let membership = SchemaDocument.record(["forum_id": .id, "user_id": .id, "role": role, "joined_at": .time])
    static let left = SchemaDocument.record(["forum_id": .id, "left": SchemaDocument(["const": true])])
}

enum MessageDocuments {
    static let message = SchemaDocument.record([
        "id": .id, "sender_id": .id, "sender_name": .string, "recipient_id": .id.orNull, "forum_id": .id.orNull,
        "parent_id": .id.orNull, "conversation_id": .string, "content": .string.orNull, "content_type": .string,
        "announcement": .boolean, "created_at": .time, "edited_at": .time.orNull, "deleted_at": .time.orNull,
    ]).named("Message")
}

enum PreferencesDocuments {
    static let preferences = SchemaDocument.record([
        "user_id": .id, "primary_channel": .one(of: Channel.allCases.map(\.rawValue)), "message_frequency": .string,
        "quiet_hours_start": .string.orNull, "quiet_hours_end": .string.orNull, "timezone": .string, "language": .string,
        "created_at": .time, "updated_at": .time,
    ]).named("Preferences")
}
