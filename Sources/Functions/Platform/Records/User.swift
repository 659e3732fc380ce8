#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package enum UserStatus: String, Sendable, CaseIterable {
    /// Registered; waits for the code, then for the approval.
    case pending
    /// Approved by a peer; active from the first login.
    case approved
    case active
    /// No access.
    case suspended
}

package enum Privacy: String, Sendable, CaseIterable {
    case everyone
    /// Two who have written to each other directly.
    case friends
    case nobody
}

/// What a person shows of themself.
package struct Profile: Sendable, Equatable {
    package var graduatingClass: Int?
    package var houseSection: String?
    package var schoolActivities: [String] = []
    package var bio: String?
    package var avatarURL: String?
    package var privacyPhone: Privacy = .friends
    package var privacyEmail: Privacy = .friends
    package var privacyProfile: Privacy = .everyone

    package init() {}
}

/// A person in one organization. Phone number and address are sealed: ``ContactVault`` opens them.
package struct User: Sendable, Equatable {
    package var id: String
    package var organizationID: String
    package var fullName: String
    package var displayName: String?
    package var status: UserStatus
    /// The level: `member`, `moderator` or `admin`, as the blueprint names them.
    package var role: String
    package var sealedPhone: String
    package var phoneHash: String
    package var phoneVerified: Bool
    package var sealedEmail: String?
    package var emailHash: String?
    package var passwordHash: String?
    package var profile = Profile()
    package var createdAt: Date
    package var updatedAt: Date
    package var approvedAt: Date?
    package var lastSeenAt: Date?
    /// Goes up by one with every write; a write that is based on an older one fails.
    package var version: Int64 = 1

    package init(
        id: String, organizationID: String, fullName: String, displayName: String? = nil, status: UserStatus = .pending,
        role: String = "member", sealedPhone: String, phoneHash: String, phoneVerified: Bool = false, createdAt: Date
    ) {
        self.id = id
        self.organizationID = organizationID
        self.fullName = fullName
        self.displayName = displayName
        self.status = status
        self.role = role
        self.sealedPhone = sealedPhone
        self.phoneHash = phoneHash
        self.phoneVerified = phoneVerified
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }

    /// The list of users that this one stands in: the status, or `unverified` while the phone is not verified.
    package var listState: String { status == .pending && !phoneVerified ? "unverified" : status.rawValue }

    /// What others see as the name.
    package var shownName: String { displayName ?? fullName }
}

extension User {
    package init(item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "user")
        self.init(
            id: try reader.text("id"), organizationID: try reader.text("organization_id"), fullName: try reader.text("full_name"),
            displayName: try reader.optionalText("display_name"), status: try reader.value("status"),
            role: try reader.text("role"),
            sealedPhone: try reader.text("phone"), phoneHash: try reader.text("phone_hash"),
            phoneVerified: try reader.flag("phone_verified"), createdAt: try reader.date("created_at"))
        sealedEmail = try reader.optionalText("email")
        emailHash = try reader.optionalText("email_hash")
        passwordHash = try reader.optionalText("password_hash")
        profile.graduatingClass = try reader.optionalInteger("graduating_class").map(Int.init)
        profile.houseSection = try reader.optionalText("house_section")
        profile.schoolActivities = try reader.texts("school_activities")
        profile.bio = try reader.optionalText("bio")
        profile.avatarURL = try reader.optionalText("avatar_url")
        profile.privacyPhone = try reader.value("privacy_phone")
        profile.privacyEmail = try reader.value("privacy_email")
        profile.privacyProfile = try reader.value("privacy_profile")
        updatedAt = try reader.date("updated_at")
        approvedAt = try reader.optionalDate("approved_at")
        lastSeenAt = try reader.optionalDate("last_seen_at")
        version = try reader.integer("version")
    }

    package var item: Item {
        var writer = ItemWriter(entity: "user", key: Keys.user(organizationID, id))
        writer.set("id", id)
        writer.set("organization_id", organizationID)
        writer.set("full_name", fullName)
        writer.set("display_name", displayName)
        writer.set("status", status.rawValue)
        writer.set("role", role)
        writer.set("phone", sealedPhone)
        writer.set("phone_hash", phoneHash)
        writer.set("phone_verified", phoneVerified)
        writer.set("email", sealedEmail)
        writer.set("email_hash", emailHash)
        writer.set("password_hash", passwordHash)
        writer.set("graduating_class", profile.graduatingClass.map(Int64.init))
        writer.set("house_section", profile.houseSection)
        writer.set("school_activities", list: profile.schoolActivities)
        writer.set("bio", profile.bio)
        writer.set("avatar_url", profile.avatarURL)
        writer.set("privacy_phone", profile.privacyPhone.rawValue)
        writer.set("privacy_email", profile.privacyEmail.rawValue)
        writer.set("privacy_profile", profile.privacyProfile.rawValue)
        writer.set("created_at", createdAt)
        writer.set("updated_at", updatedAt)
        writer.set("approved_at", approvedAt)
        writer.set("last_seen_at", lastSeenAt)
        writer.set("version", version)
        writer.set("gsi1pk", Keys.users(organizationID, state: listState))
        writer.set("gsi1sk", "\(Timestamp.text(createdAt))#\(id)")
        return writer.item
    }
}
