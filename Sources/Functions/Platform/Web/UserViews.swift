package import LambdaEvents

extension User {
    /// What a list or an answer about an account shows.
    package var summaryJSON: JSONValue { .object(summary) }

    private var summary: [String: JSONValue] {
        [
            "id": .string(id), "full_name": .string(fullName), "display_name": .optional(displayName), "role": .string(role),
            "status": .string(status.rawValue), "phone_verified": .bool(phoneVerified), "created_at": .time(createdAt),
        ]
    }

    private var profileMembers: [String: JSONValue] {
        [
            "graduating_class": .optional(profile.graduatingClass), "house_section": .optional(profile.houseSection),
            "school_activities": .array(profile.schoolActivities.map(JSONValue.string)), "bio": .optional(profile.bio),
            "avatar_url": .optional(profile.avatarURL), "last_seen_at": .optionalTime(lastSeenAt),
        ]
    }

    /// One's own record: everything but what nobody needs to see again, as the password's hash.
    package func ownJSON(phone: String, email: String?) -> JSONValue {
        var members = summary.merging(profileMembers) { first, _ in first }
        members["phone_number"] = .string(phone)
        members["email"] = .optional(email)
        members["has_password"] = .bool(passwordHash != nil)
        members["privacy_phone"] = .string(profile.privacyPhone.rawValue)
        members["privacy_email"] = .string(profile.privacyEmail.rawValue)
        members["privacy_profile"] = .string(profile.privacyProfile.rawValue)
        members["updated_at"] = .time(updatedAt)
        members["approved_at"] = .optionalTime(approvedAt)
        return .object(members)
    }

    /// What somebody else may see: the name always, the rest by the owner's privacy.
    ///
    /// - Parameters:
    ///   - phone: the number, opened only if it may be seen; the same for the address.
    ///   - seesProfile: whether ``Profile/privacyProfile`` lets the viewer see the profile.
    package func publicJSON(phone: String?, email: String?, seesProfile: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id), "full_name": .string(fullName), "display_name": .optional(displayName), "role": .string(role),
            "phone_number": .optional(phone), "email": .optional(email),
        ]
        if seesProfile { members.merge(profileMembers) { first, _ in first } }
        return .object(members)
    }
}

extension Privacy {
    package func allows(friend: Bool) -> Bool {
        switch self {
        case .everyone: true
        case .friends: friend
        case .nobody: false
        }
    }
}
