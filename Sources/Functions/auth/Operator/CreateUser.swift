import LambdaEvents
import Platform

/// Brings in somebody who is known already, as from another system: no code and no approval is needed.
///
/// `{"organization", "user": {"full_name", "phone_number", "email"?, "password"?, "display_name"?, "id"?, "role"?,
/// "status"?}}`. The status is `active` unless it says `pending`, `approved` or `suspended`. Doing it twice changes
/// nothing.
struct CreateUser: Sendable {
    let services: AuthServices

    func run(_ members: [String: JSONValue]) async throws -> JSONValue {
        var reader = InputReader(members)
        let organizationID = reader.text("organization", required: true, length: 1...40)
        let userMembers = reader.value("user", required: true)
        try reader.finish()
        let (organization, blueprint) = try await services.directory.find(try InputReader.unwrap(organizationID, "organization"))
        var role = "member"
        var status = UserStatus.active
        let input = try NewUser.readByOperator(userMembers?.objectValue ?? [:]) { reader in
            role = reader.text("role") ?? role
            status = reader.choice("status") ?? status
            if !blueprint.roles.contains(where: { $0.name == role }) {
                reader.report("role", "This must be one of \(blueprint.roles.map(\.name).joined(separator: ", "))")
            }
        }
        let phoneHash = services.vault.hash(input.phone, organization: organization.id)
        if let known = try await services.users.find(phoneHash: phoneHash, organization: organization.id) {
            guard input.id == nil || input.id == known.id else {
                throw PlatformError(.conflict, "This phone number belongs to the user \(known.id)")
            }
            return ["created": false, "user": known.summaryJSON]
        }
        let user = try input.user(in: organization.id, role: role, status: status, phoneVerified: true, services: services)
        let preferences = Preferences(organizationID: organization.id, userID: user.id, at: user.createdAt)
        try await services.users.create(user, preferences: preferences)
        return ["created": true, "user": user.summaryJSON]
    }
}
