import FunctionToolkit
import Platform

/// `POST /auth/verify-sms`: the code that came by SMS after the registration.
struct VerifySMS: Sendable {
    static let wrongCode = PlatformError(
        .invalidCode, "The code is wrong or no longer good", fields: ["code": ["The code is wrong or no longer good"]])

    let services: AuthServices

    struct Input: Sendable {
        var phone: PhoneNumber
        var code: String
    }

    static let schema = Schema.object(
        Input.init, .required("phone_number", .phone), .required("code", .text(length: 6...6)))

    func answer(_ input: Input, _ tenant: Tenant) async throws -> HTTPResponse {
        let (organization, blueprint) = (tenant.organization, tenant.blueprint)
        let phoneHash = services.vault.hash(input.phone, organization: organization.id)
        try await services.limiter.take(blueprint.limits.logins, organization: organization.id, key: phoneHash)
        let userID = try await services.codes.redeem(
            input.code, .verification, phoneHash: phoneHash, organization: organization.id)
        guard let userID, let user = try await services.users.get(userID, organization: organization.id) else {
            throw Self.wrongCode
        }
        var verified = user
        verified.phoneVerified = true
        let saved = try await services.users.save(verified, replacing: user)
        return Envelope.success(saved.summaryJSON)
    }
}
