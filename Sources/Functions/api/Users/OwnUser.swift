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
        var reader = try call.input()
        var user = call.user
        try readIdentity(&reader, into: &user, call)
        readProfile(&reader, into: &user.profile)
        try reader.finish()
        let saved = try await call.services.users.save(user, replacing: call.user)
        return try answer(saved, call.services)
    }

    private static func readIdentity(_ reader: inout InputReader, into user: inout User, _ call: Call) throws {
        if reader.has("full_name") { user.fullName = reader.text("full_name", required: true, length: 1...255) ?? user.fullName }
        if reader.has("display_name") { user.displayName = reader.text("display_name", length: 1...100) }
        if reader.has("email") { try call.services.vault.setEmail(reader.email("email"), of: &user) }
    }

    private static func readProfile(_ reader: inout InputReader, into profile: inout Profile) {
        if reader.has("graduating_class") { profile.graduatingClass = reader.integer("graduating_class", in: 1900...2100) }
        if reader.has("house_section") { profile.houseSection = reader.text("house_section", length: 1...100) }
        if reader.has("school_activities") {
            profile.schoolActivities = reader.texts("school_activities", count: 50, length: 1...100) ?? []
        }
        if reader.has("bio") { profile.bio = reader.text("bio", length: 0...2000) }
        if reader.has("avatar_url") { profile.avatarURL = reader.webAddress("avatar_url", maximumLength: 500) }
        profile.privacyPhone = reader.choice("privacy_phone") ?? profile.privacyPhone
        profile.privacyEmail = reader.choice("privacy_email") ?? profile.privacyEmail
        profile.privacyProfile = reader.choice("privacy_profile") ?? profile.privacyProfile
    }

    private static func answer(_ user: User, _ services: APIServices) throws -> HTTPAPIResponse {
        Envelope.success(
            user.ownJSON(phone: try services.vault.phone(of: user), email: try services.vault.email(of: user)))
    }
}
