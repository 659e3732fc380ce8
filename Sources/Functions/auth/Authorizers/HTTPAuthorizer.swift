import LambdaEvents
import Platform

/// The HTTP API's authorizer: payload 2.0, simple answer.
struct HTTPAuthorizer: Sendable {
    let services: AuthServices

    func authorize(_ request: HTTPAPIAuthorizerRequest) async throws -> HTTPAPIAuthorizerResponse {
        let token = TokenCheck.bearer(request.header("authorization"))
        let passed = try await TokenCheck(services: services).check(token)
        guard passed.isAllowed else { return HTTPAPIAuthorizerResponse(isAuthorized: false) }
        return HTTPAPIAuthorizerResponse(
            isAuthorized: true, context: passed.caller.authorizerContext(expiresAt: passed.expiresAt))
    }
}
