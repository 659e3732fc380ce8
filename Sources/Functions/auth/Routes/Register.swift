import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// `POST /auth/register`: a new, pending user, and a code to their phone.
///
/// Checked in this order: the organization, the limit of the address that asks, the fields, the limit of the phone
/// number, and whether phone number and email are free.
///
/// A number whose owner has not entered a code yet belongs to nobody: whoever registers it again starts anew, so that a
/// stranger who was quicker keeps nobody out, and leaves no password behind for when the owner enters the code.
struct Register: Sendable {
    let services: AuthServices

    func takeLimit(of request: HTTPRequest, _ tenant: Tenant) async throws {
        let id = tenant.organization.id
        let address = services.vault.hash(request.sourceAddress ?? "", kind: "address", organization: id)
        try await services.limiter.take(tenant.blueprint.limits.registrations, organization: id, key: address)
    }

    func answer(_ input: NewUser, _ tenant: Tenant, _ context: LambdaContext) async throws -> HTTPResponse {
        let (organization, blueprint) = (tenant.organization, tenant.blueprint)
        let phoneHash = services.vault.hash(input.phone, organization: organization.id)
        try await services.limiter.take(blueprint.limits.smsCodes, organization: organization.id, key: phoneHash)
        let user = try await keep(input, phoneHash: phoneHash, organization: organization.id)
        let sent = await sendCode(to: input.phone, of: user, organization, blueprint, context)
        guard case .object(var data) = user.summaryJSON else { throw PlatformError(.internalError, "No summary") }
        data["code_sent"] = .bool(sent)
        return Envelope.success(.object(data), status: 201)
    }

    /// A new user, or an unverified one made anew; whoever has entered the code meanwhile is not changed (the version).
    private func keep(_ input: NewUser, phoneHash: String, organization: String) async throws -> User {
        var input = input
        let known = try await services.users.find(phoneHash: phoneHash, organization: organization)
        let unverified = known?.status == .pending && known?.phoneVerified == false ? known : nil
        input.id = unverified?.id
        let user = try input.user(in: organization, status: .pending, phoneVerified: false, services: services)
        if let unverified { return try await services.users.save(user, replacing: unverified) }
        let preferences = Preferences(organizationID: organization, userID: user.id, at: user.createdAt)
        try await services.users.create(user, preferences: preferences)
        return user
    }

    /// The user exists now, whatever becomes of the SMS: they can ask for another code by `/auth/login`.
    private func sendCode(
        to phone: PhoneNumber, of user: User, _ organization: Organization, _ blueprint: Blueprint, _ context: LambdaContext
    ) async -> Bool {
        do {
            try await services.sendCode(.verification, to: phone, of: user, organization: organization, blueprint: blueprint)
            return true
        } catch {
            context.log.error("code not sent", ["userId": user.id, "error": ErrorCatalogue.logText(for: error)])
            return false
        }
    }
}

/// What a registration, or an operator who brings somebody in, says of a new user.
struct NewUser: Sendable {
    var id: String?
    var fullName: String
    var displayName: String?
    var phone: PhoneNumber
    var email: EmailAddress?
    var password: String?

    /// For who registers.
    static let schema = Schema<NewUser>.object(
        { name, displayName, phone, email, password in
            NewUser(fullName: name, displayName: displayName, phone: phone, email: email, password: password)
        }, fullNameField, displayNameField,
        phoneField, emailField, passwordField)

    static let fullNameField = Field.required("full_name", .text(length: 1...255))
    static let displayNameField = Field.optional("display_name", .text(length: 1...100))
    static let phoneField = Field.required("phone_number", .phone)
    static let emailField = Field.optional("email", .email)
    static let passwordField = Field.optional("password", .text(length: Passwords.length))
}

extension NewUser {
    /// The record, with everything private sealed or hashed.
    func user(
        in organization: String, role: String = "member", status: UserStatus, phoneVerified: Bool, services: AuthServices
    ) throws -> User {
        let now = services.time.now
        var user = User(
            id: id ?? Identifier.new(at: now), organizationID: organization, fullName: fullName, displayName: displayName,
            status: status, role: role, sealedPhone: "", phoneHash: "", phoneVerified: phoneVerified, createdAt: now)
        try services.vault.setPhone(phone, of: &user)
        try services.vault.setEmail(email, of: &user)
        user.passwordHash = try password.map(Passwords.hash)
        user.approvedAt = status == .active ? now : nil
        return user
    }
}
