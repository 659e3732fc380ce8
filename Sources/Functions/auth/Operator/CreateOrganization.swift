import LambdaEvents
import Platform

/// Creates an organization from a blueprint with its first admin, who then approves the first people.
///
/// `{"name", "id"?, "blueprint"?, "admin": {"full_name", "phone_number", "email"?, "password"?, "display_name"?, "id"?}}`.
/// The id is made from the name where none is given. Doing it twice changes nothing: the answer says `"created": false`.
struct CreateOrganization: Sendable {
    let services: AuthServices

    func run(_ members: [String: JSONValue]) async throws -> JSONValue {
        var reader = InputReader(members)
        let name = reader.text("name", required: true, length: 1...255)
        let givenID = reader.text("id", length: 1...40)
        let blueprintName = reader.text("blueprint") ?? "classmates"
        let adminMembers = reader.value("admin", required: true)
        if services.directory.blueprint(named: blueprintName) == nil {
            reader.report("blueprint", "There is no blueprint \(blueprintName) in this build")
        }
        let id = givenID ?? name.flatMap(OrganizationID.slug)
        if name != nil, id.map(OrganizationID.isValid) != true {
            reader.report("id", "An id of letters a to z, digits and hyphens is required")
        }
        try reader.finish()
        let admin = try NewUser.readByOperator(adminMembers?.objectValue ?? [:])
        let organization = Organization(
            id: try InputReader.unwrap(id, "id"), name: try InputReader.unwrap(name, "name"), blueprint: blueprintName,
            createdAt: services.time.now)
        return try await create(organization, admin)
    }

    private func create(_ organization: Organization, _ input: NewUser) async throws -> JSONValue {
        if let existing = try await services.organizations.get(organization.id) {
            return try await confirm(existing, is: organization, input)
        }
        let admin = try input.user(
            in: organization.id, role: "admin", status: .active, phoneVerified: true, services: services)
        let preferences = Preferences(organizationID: organization.id, userID: admin.id, at: admin.createdAt)
        if try await services.organizations.create(organization, admin: admin, preferences: preferences) {
            return Self.answer(organization, admin, created: true)
        }
        // The same command came twice at a time; the other call was quicker.
        guard let existing = try await services.organizations.get(organization.id) else {
            throw PlatformError(.conflict, "A user with this id, phone number or email exists already")
        }
        return try await confirm(existing, is: organization, input)
    }

    private func confirm(_ existing: Organization, is wanted: Organization, _ input: NewUser) async throws -> JSONValue {
        guard existing.name == wanted.name, existing.blueprint == wanted.blueprint else {
            throw PlatformError(.conflict, "The id \(existing.id) belongs to \(existing.name)")
        }
        let phoneHash = services.vault.hash(input.phone, organization: existing.id)
        guard let admin = try await services.users.find(phoneHash: phoneHash, organization: existing.id) else {
            throw PlatformError(.conflict, "\(existing.name) exists already, with another admin")
        }
        return Self.answer(existing, admin, created: false)
    }

    private static func answer(_ organization: Organization, _ admin: User, created: Bool) -> JSONValue {
        [
            "created": .bool(created), "admin": admin.summaryJSON,
            "organization": [
                "id": .string(organization.id), "name": .string(organization.name), "blueprint": .string(organization.blueprint),
                "created_at": .time(organization.createdAt),
            ],
        ]
    }
}
