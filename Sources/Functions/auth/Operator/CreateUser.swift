import FunctionToolkit
import LambdaEvents
import Platform

/// Brings in somebody who is known already, as from another system: no code and no approval is needed.
///
/// `{"organization", "user": {"full_name", "phone_number", "email"?, "password"?, "display_name"?, "id"?, "role"?,
/// "status"?}}`. The status is `active` unless it says `pending`, `approved` or `suspended`. Doing it twice changes
/// nothing.
struct CreateUser: Sendable {
    let services: AuthServices

    func run(_ command: JSONValue) async throws -> JSONValue {
        let (organizationID, person) = try Schema.object(
            { ($0, $1) }, .required("organization", .text(length: 1...40)), .required("user", .json)
        ).value(of: command)
        let (organization, blueprint) = try await services.directory.find(organizationID)
        let (input, role, status) = try Self.schema(for: blueprint).value(of: ["user": person])
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

    private typealias Person = (input: NewUser, role: String, status: UserStatus)

    private static func schema(for blueprint: Blueprint) -> Schema<Person> {
        let user = Schema<Person>.object(
            { name, displayName, phone, email, password, id, role, status in
                let input = NewUser(
                    id: id, fullName: name, displayName: displayName, phone: phone, email: email, password: password)
                return (input, role, status)
            }, NewUser.fullNameField, NewUser.displayNameField, NewUser.phoneField, NewUser.emailField, NewUser.passwordField,
            NewUser.idField, .optional("role", .choice(of: blueprint.roles.map(\.name)), default: "member"),
            .optional("status", Schema<UserStatus>.choice(), default: UserStatus.active))
        return .object(.required("user", user))
    }
}
