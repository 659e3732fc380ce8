import LambdaEvents
import Platform

/// `GET` and `PUT /api/users/me`.
enum OwnUser {
    static func get(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("profile:read")
        try call.refuseQuery()
        return try answer(call.user, call.services)
    }

    /// Changes the members that are given; null takes an optional one away.
    static func put(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("profile:update")
        let type = try call.resource("users")
        var reader = try call.input()
        var user = call.user
        if reader.has("full_name") { user.fullName = reader.text("full_name", of: type) ?? user.fullName }
        if reader.has("display_name") { user.displayName = reader.text("display_name", of: type) }
        if reader.has("email") { try call.services.vault.setEmail(reader.email("email"), of: &user) }
        readProfile(&reader, type, into: &user.profile)
        try reader.finish()
        let saved = try await call.services.users.save(user, replacing: call.user)
        return try answer(saved, call.services)
    }

    private static func readProfile(_ reader: inout InputReader, _ type: ResourceType, into profile: inout Profile) {
        if reader.has("graduating_class") { profile.graduatingClass = reader.integer("graduating_class", of: type) }
        if reader.has("house_section") { profile.houseSection = reader.text("house_section", of: type) }
        if reader.has("school_activities") { profile.schoolActivities = reader.texts("school_activities", of: type) ?? [] }
        if reader.has("bio") { profile.bio = reader.text("bio", of: type) }
        if reader.has("avatar_url") { profile.avatarURL = reader.text("avatar_url", of: type) }
        profile.privacyPhone = reader.choice("privacy_phone", of: type) ?? profile.privacyPhone
        profile.privacyEmail = reader.choice("privacy_email", of: type) ?? profile.privacyEmail
        profile.privacyProfile = reader.choice("privacy_profile", of: type) ?? profile.privacyProfile
    }

    private static func answer(_ user: User, _ services: APIServices) throws -> HTTPAPIResponse {
        Envelope.success(
            user.ownJSON(phone: try services.vault.phone(of: user), email: try services.vault.email(of: user)))
    }
}
