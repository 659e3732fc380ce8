import LambdaEvents
import LambdaRuntime
import Platform

/// The seed's paths under `/auth`.
struct AuthRoutes: Sendable {
    typealias Answer = @Sendable (HTTPAPIRequest, LambdaContext) async throws -> HTTPAPIResponse

    private let table: RouteTable<Answer>

    init(services: AuthServices) throws {
        let tokens = Tokens(services: services)
        let approval = Approval(services: services)
        table = try RouteTable([
            ("POST /auth/register", Register(services: services).answer),
            ("POST /auth/verify-sms", VerifySMS(services: services).answer),
            ("POST /auth/login", Login(services: services).answer),
            ("POST /auth/refresh-token", tokens.refresh),
            ("POST /auth/logout", tokens.logout),
            ("GET /auth/approval-pending", approval.pending),
            ("POST /auth/approve-user", approval.approve),
        ])
    }

    func answer(_ request: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        try await table.find(request).endpoint(request, context)
    }
}

extension AuthServices {
    /// The organization that a request without a token is for.
    func organization(of request: HTTPAPIRequest) async throws -> (organization: Organization, blueprint: Blueprint) {
        try await directory.find(request.header("x-organization") ?? defaultOrganization)
    }

    /// Who makes a request with a token, as the store has them now.
    func caller(of request: HTTPAPIRequest) async throws -> (user: User, caller: Caller, blueprint: Blueprint) {
        let caller = try Caller(authorizer: request.requestContext.authorizer?.lambda)
        guard let user = try await users.get(caller.userID, organization: caller.organizationID) else {
            throw PlatformError.unauthorized
        }
        let (_, blueprint) = try await directory.find(caller.organizationID)
        return (user, caller, blueprint)
    }

    /// A code for a phone number, on its way by SMS.
    func sendCode(
        _ purpose: CodeRepository.Purpose, to phone: PhoneNumber, of user: User, organization: Organization, blueprint: Blueprint
    ) async throws {
        let code = try await codes.issue(purpose, phoneHash: user.phoneHash, user: user.id, organization: organization.id)
        let minutes = CodeRepository.lifetimeSeconds / 60
        let text = MessageTemplates.fill(
            blueprint.templates.verificationSMS, ["code": code, "organization": organization.name, "minutes": String(minutes)])
        _ = try await sns.publish(
            .init(
                phoneNumber: phone.text, message: text,
                // Codes go by the reliable route, not the cheap one.
                messageAttributes: ["AWS.SNS.SMS.SMSType": .string("Transactional")]))
    }
}
