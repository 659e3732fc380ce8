#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package enum ForumType: String, Sendable, CaseIterable {
    case main
    case `public`
    /// Only its members see it.
    case `private`
}

package enum ForumRole: String, Sendable, CaseIterable {
    case member
    case moderator
    case admin
}

package struct Forum: Sendable, Equatable {
    package var id: String
    package var organizationID: String
    package var name: String
    package var description: String?
    package var type: ForumType
    package var createdBy: String
    package var avatarURL: String?
    package var createdAt: Date
    package var updatedAt: Date
    package var version: Int64 = 1

    package init(
        id: String, organizationID: String, name: String, description: String? = nil, type: ForumType, createdBy: String,
        avatarURL: String? = nil, createdAt: Date
    ) {
        self.id = id
        self.organizationID = organizationID
        self.name = name
        self.description = description
        self.type = type
        self.createdBy = createdBy
        self.avatarURL = avatarURL
        self.createdAt = createdAt
        updatedAt = createdAt
    }

    package init(organizationID: String, item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "forum")
        self.init(
            id: try reader.text("id"), organizationID: organizationID, name: try reader.text("name"),
            description: try reader.optionalText("description"), type: try reader.value("type"),
            createdBy: try reader.text("created_by"), avatarURL: try reader.optionalText("avatar_url"),
            createdAt: try reader.date("created_at"))
        updatedAt = try reader.date("updated_at")
        version = try reader.integer("version")
    }

    /// Where it stands among the forums by age, and by name (without regard to case).
    package var sortKeys: (byAge: String, byName: String) {
        ("\(Timestamp.text(createdAt))#\(id)", "\(name.lowercased())#\(id)")
    }

    package var item: Item {
        var writer = ItemWriter(entity: "forum", key: Keys.forum(organizationID, id))
        writer.set("id", id)
        writer.set("name", name)
        writer.set("description", description)
        writer.set("type", type.rawValue)
        writer.set("created_by", createdBy)
        writer.set("avatar_url", avatarURL)
        writer.set("created_at", createdAt)
        writer.set("updated_at", updatedAt)
        writer.set("version", version)
        if type != .private {
            writer.set("gsi1pk", Keys.forums(organizationID))
            writer.set("gsi1sk", sortKeys.byAge)
            writer.set("gsi2pk", Keys.forums(organizationID))
            writer.set("gsi2sk", sortKeys.byName)
        }
        return writer.item
    }
}

/// A person's place in a forum.
package struct ForumMember: Sendable, Equatable {
    package var organizationID: String
    package var forumID: String
    package var userID: String
    package var role: ForumRole
    package var forumType: ForumType
    package var joinedAt: Date
    package var lastReadAt: Date?

    package init(organizationID: String, forumID: String, userID: String, role: ForumRole, forumType: ForumType, joinedAt: Date) {
        self.organizationID = organizationID
        self.forumID = forumID
        self.userID = userID
        self.role = role
        self.forumType = forumType
        self.joinedAt = joinedAt
    }

    package init(organizationID: String, item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "member")
        self.init(
            organizationID: organizationID, forumID: try reader.text("forum_id"), userID: try reader.text("user_id"),
            role: try reader.value("role"), forumType: try reader.value("forum_type"), joinedAt: try reader.date("joined_at"))
        lastReadAt = try reader.optionalDate("last_read_at")
    }

    package var item: Item {
        var writer = ItemWriter(entity: "member", key: Keys.member(organizationID, forum: forumID, user: userID))
        writer.set("forum_id", forumID)
        writer.set("user_id", userID)
        writer.set("role", role.rawValue)
        writer.set("forum_type", forumType.rawValue)
        writer.set("joined_at", joinedAt)
        writer.set("last_read_at", lastReadAt)
        writer.set("gsi1pk", Keys.memberships(organizationID, user: userID))
        writer.set("gsi1sk", forumID)
        if forumType == .private {
            writer.set("gsi2pk", Keys.privateMemberships(organizationID, user: userID))
            writer.set("gsi2sk", forumID)
        }
        return writer.item
    }
}
