import LambdaEvents
import LambdaRuntime
import Platform

/// `POST /auth/verify-sms`: the code that came by SMS after the registration.
struct VerifySMS: Sendable {
    static let wrongCode = PlatformError(
        .invalidCode, "The code is wrong or no longer good", fields: ["code": ["The code is wrong or no longer good"]])

    let services: AuthServices

    func answer(_ request: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        let (organization, blueprint) = try await services.organization(of: request)
        var reader = InputReader(try RequestBody.object(of: request))
        let phoneInput = reader.phone("phone_number")
        let codeInput = reader.text("code", required: true, length: 6...6)
        try reader.finish()
        let phone = try InputReader.unwrap(phoneInput, "phone_number")
        let code = try InputReader.unwrap(codeInput, "code")
        let phoneHash = services.vault.hash(phone, organization: organization.id)
        try await services.limiter.take(blueprint.limits.logins, organization: organization.id, key: phoneHash)
        let userID = try await services.codes.redeem(code, .verification, phoneHash: phoneHash, organization: organization.id)
        guard let userID, let user = try await services.users.get(userID, organization: organization.id) else {
            throw Self.wrongCode
        }
        var verified = user
        verified.phoneVerified = true
        let saved = try await services.users.save(verified, replacing: user)
        return Envelope.success(saved.summaryJSON)
    }
}
