#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
import RoostCryptography

/// The claims of an access token (RFC 7519); `sub`, `name`, `role`, `iat`, `exp` are the seed's.
package struct AccessToken: Sendable, Equatable, Codable {
    /// The user's id.
    package var sub: String
    package var name: String
    package var role: String
    /// Seconds since 1970.
    package var iat: Int64
    package var exp: Int64
    /// The organization's id.
    package var org: String
    /// The session's id.
    package var sid: String

    package static let lifetimeSeconds: Int64 = 15 * 60

    package init(user: User, sessionID: String, at date: Date) {
        sub = user.id
        name = user.fullName
        role = user.role
        iat = Int64(date.timeIntervalSince1970.rounded(.down))
        exp = iat + Self.lifetimeSeconds
        org = user.organizationID
        sid = sessionID
    }
}

/// Signs and checks access tokens with HS256.
package struct AccessTokenSigner: Sendable {
    private let tokens: JSONWebToken

    /// - Parameter secret: 32 bytes or more (RFC 7518, 3.2).
    package init(secret: String) throws {
        tokens = try JSONWebToken(key: Data(secret.utf8))
    }

    package func sign(_ token: AccessToken) throws -> String {
        try tokens.sign(token)
    }

    /// Nil for a token that is malformed, signed otherwise, or no longer valid.
    package func verify(_ text: String, at date: Date) -> AccessToken? {
        // Which of the many ways it is wrong does not matter to anybody but an attacker.
        try? tokens.verify(text, as: AccessToken.self, now: date)
    }
}
