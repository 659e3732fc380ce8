import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// `POST /auth/refresh-token` and `POST /auth/logout`.
struct Tokens: Sendable {
    private static let ended = PlatformError(.invalidCredentials, "The session has ended; please log in again")

    let services: AuthServices

    func refresh(_ text: String, context: LambdaContext) async throws -> HTTPResponse {
        guard let presented = RefreshToken(text) else { throw Self.ended }
        switch try await services.sessions.refresh(presented) {
        case .ended:
            throw Self.ended
        case .reused:
            context.log.warn(
                "a refresh token was used twice; its session is ended",
                ["userId": presented.userID, "sessionId": presented.sessionID])
            try await end(presented.sessionID, user: presented.userID, organization: presented.organizationID)
            throw Self.ended
        case .token(let next):
            guard let user = try await services.users.get(next.userID, organization: next.organizationID), user.status == .active
            else {
                try await end(next.sessionID, user: next.userID, organization: next.organizationID)
                throw Self.ended
            }
            return Envelope.success(try services.tokens(for: user, next))
        }
    }

    func logout(_ caller: Caller) async throws -> HTTPResponse {
        try await end(caller.sessionID, user: caller.userID, organization: caller.organizationID)
        return Envelope.success(["ended": true])
    }

    /// The session first: from then on its sockets may say nothing. Forgotten, they hear nothing either; API Gateway would
    /// keep them for up to two hours.
    private func end(_ session: String, user: String, organization: String) async throws {
        try await services.sessions.end(session, user: user, organization: organization)
        try await services.connections.remove(session: session, user: user, organization: organization)
    }
}
