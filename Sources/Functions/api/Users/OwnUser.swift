import FunctionToolkit
import Platform

/// `GET` and `PUT /api/users/me`.
enum OwnUser {
    static func get(_ call: Call) throws -> HTTPResponse {
        try answer(call.user, call.services)
    }

    static func put(_ call: Call, _ change: Change) async throws -> HTTPResponse {
        var user = change.user ?? call.user
        switch change.email {
        case .unchanged: break
        case .removed: try call.services.vault.setEmail(nil, of: &user)
        case .set(let email): try call.services.vault.setEmail(email, of: &user)
        }
        let saved = try await call.services.users.save(user, replacing: call.user)
        return try answer(saved, call.services)
    }

    struct Change: Sendable {
        /// As the record shall be, but for the address; nil where nothing is read.
        var user: User?
        var email: FieldChange<EmailAddress>
    }

    /// Changes the members that are given; null takes an optional one away.
    ///
    /// - Parameters:
    ///   - user: the record that is changed; nil for the document alone.
    ///   - type: what the caller's blueprint says of users.
    static func change(of user: User?, _ type: ResourceType?) -> Schema<Change> {
        let email = Schema.email
        return .object(document: {
            type?.document(isChange: true, and: ["email": email.document]) ?? SchemaDocument(["type": "object"])
        }) { reader in
            guard let type, var user else { return nil }
            if reader.has("full_name") { user.fullName = reader.text("full_name", of: type) ?? user.fullName }
            if reader.has("display_name") { user.displayName = reader.text("display_name", of: type) }
            let change = reader.read(.change("email", email)) ?? .unchanged
            readProfile(&reader, type, into: &user.profile)
            return Change(user: user, email: change)
        }
    }

    private static func readProfile(_ reader: inout FieldReader, _ type: ResourceType, into profile: inout Profile) {
        if reader.has("graduating_class") { profile.graduatingClass = reader.integer("graduating_class", of: type) }
        if reader.has("house_section") { profile.houseSection = reader.text("house_section", of: type) }
        if reader.has("school_activities") { profile.schoolActivities = reader.texts("school_activities", of: type) ?? [] }
        if reader.has("bio") { profile.bio = reader.text("bio", of: type) }
        if reader.has("avatar_url") { profile.avatarURL = reader.text("avatar_url", of: type) }
        profile.privacyPhone = reader.choice("privacy_phone", of: type) ?? profile.privacyPhone
        profile.privacyEmail = reader.choice("privacy_email", of: type) ?? profile.privacyEmail
        profile.privacyProfile = reader.choice("privacy_profile", of: type) ?? profile.privacyProfile
    }

    private static func answer(_ user: User, _ services: APIServices) throws -> HTTPResponse {
        Envelope.success(
            user.ownJSON(phone: try services.vault.phone(of: user), email: try services.vault.email(of: user)))
    }
}
