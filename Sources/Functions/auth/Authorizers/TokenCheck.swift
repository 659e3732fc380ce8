import LambdaEvents
import LambdaRuntime
import Platform

/// What API Gateway turns into 401: the message must be this word and nothing else.
///
/// Source: Amazon API Gateway Developer Guide, "Input to an API Gateway Lambda authorizer" and its examples
/// (`callback("Unauthorized")`).
struct Unauthorized: Error, LambdaErrorRepresentable {
    let errorType = "Unauthorized"
    let errorMessage = "Unauthorized"
}

/// Checks an access token against its signature, its session and its user as they are now.
struct TokenCheck: Sendable {
    struct Passed: Sendable {
        var caller: Caller
        var expiresAt: Int64
        /// A suspended user is known, but gets nowhere: 403.
        var isAllowed: Bool
    }

    let services: AuthServices

    func check(_ text: String?) async throws -> Passed {
        guard let text, let token = services.signer.verify(text, at: services.time.now) else { throw Unauthorized() }
        async let open = services.sessions.isOpen(token.sid, user: token.sub, organization: token.org)
        async let found = services.users.get(token.sub, organization: token.org)
        guard try await open, let user = try await found else { throw Unauthorized() }
        let caller = Caller(
            organizationID: user.organizationID, userID: user.id, sessionID: token.sid, role: user.role, name: user.fullName,
            status: user.status)
        return Passed(caller: caller, expiresAt: token.exp, isAllowed: user.status != .suspended)
    }

    /// The token of `Bearer <token>` (RFC 6750, 2.1; the scheme has no case).
    static func bearer(_ header: String?) -> String? {
        guard let parts = header?.split(separator: " ", omittingEmptySubsequences: true), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        return String(parts[1])
    }
}
