#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import RoostCryptography

/// `<organization>.<user id>.<session id>.<secret>`: it says where its session is, and the secret proves it.
package struct RefreshToken: Sendable, Equatable {
    package var organizationID: String
    package var userID: String
    package var sessionID: String
    /// 32 random bytes in Base64url.
    package var secret: String

    package init(organizationID: String, userID: String, sessionID: String) {
        self.organizationID = organizationID
        self.userID = userID
        self.sessionID = sessionID
        secret = RandomBytes.token(bytes: 32)
    }

    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, OrganizationID.isValid(parts[0]), Identifier.isValid(parts[1]), Identifier.isValid(parts[2]),
            Base64URL.decode(parts[3])?.count == 32
        else { return nil }
        organizationID = parts[0]
        userID = parts[1]
        sessionID = parts[2]
        secret = parts[3]
    }

    package var text: String { [organizationID, userID, sessionID, secret].joined(separator: ".") }

    /// What the store keeps. The secret has 256 random bits, so a plain hash is enough.
    package var hash: String { SHA256.hex(Data(secret.utf8)) }
}
