import LambdaEvents
import LambdaRuntime
import Platform

/// `POST /auth/refresh-token` and `POST /auth/logout`.
struct Tokens: Sendable {
    private static let ended = PlatformError(.invalidCredentials, "The session has ended; please log in again")

    let services: AuthServices

    func refresh(_ request: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        var reader = InputReader(try RequestBody.object(of: request))
        let text = reader.text("refresh_token", required: true, length: 1...512)
        try reader.finish()
        guard let presented = RefreshToken(try InputReader.unwrap(text, "refresh_token")) else { throw Self.ended }
        switch try await services.sessions.refresh(presented) {
        case .ended:
            throw Self.ended
        case .reused:
            context.log.warn(
                "a refresh token was used twice; its session is ended",
                ["userId": presented.userID, "sessionId": presented.sessionID])
            throw Self.ended
        case .token(let next):
            guard let user = try await services.users.get(next.userID, organization: next.organizationID), user.status == .active
            else {
                try await services.sessions.end(next.sessionID, user: next.userID, organization: next.organizationID)
                throw Self.ended
            }
            return Envelope.success(try services.tokens(for: user, next))
        }
    }

    func logout(_ request: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        let caller = try Caller(authorizer: request.requestContext.authorizer?.lambda)
        try await services.sessions.end(caller.sessionID, user: caller.userID, organization: caller.organizationID)
        return Envelope.success(["ended": true])
    }
}
