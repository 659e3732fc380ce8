import FunctionToolkit
import LambdaEvents
import Platform

/// Creates an organization from a blueprint with its first admin, who then approves the first people.
///
/// `{"name", "id"?, "blueprint"?, "admin": {"full_name", "phone_number", "email"?, "password"?, "display_name"?, "id"?}}`.
/// The id is made from the name where none is given. Doing it twice changes nothing: the answer says `"created": false`.
struct CreateOrganization: Sendable {
    let services: AuthServices

    private struct Input: Sendable {
        var name: String
        var id: String?
        var blueprint: String
        var admin: NewUser
    }

    private var schema: Schema<Input> {
        Schema<Input>.object(
            Input.init, .required("name", .text(length: 1...255)), .optional("id", .text(length: 1...40)),
            .optional("blueprint", blueprint, default: "classmates"), .required("admin", NewUser.schemaForOperator)
        ).mapped { input, errors in
            guard let id = input.id ?? OrganizationID.slug(of: input.name), OrganizationID.isValid(id) else {
                errors.add("id", "An id of letters a to z, digits and hyphens is required")
                return nil
            }
            var input = input
            input.id = id
            return input
        }
    }

    private var blueprint: Schema<String> {
        let directory = services.directory
        return Schema.text().checked { name, errors in
            errors.require(directory.blueprint(named: name) != nil, "", "There is no blueprint \(name) in this build")
        }
    }

    func run(_ command: JSONValue) async throws -> JSONValue {
        let input = try schema.value(of: command)
        let organization = Organization(
            id: input.id ?? "", name: input.name, blueprint: input.blueprint, createdAt: services.time.now)
        return try await create(organization, input.admin)
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
