#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// JSON Web Tokens (RFC 7519) signed with HMAC SHA-256 (`HS256`; RFC 7518, 3.2), and no other kind: a token that names
/// another algorithm is refused before anything else of it is looked at.
public struct JSONWebToken: Sendable {
    private let key: Data

    /// A longer text is no token of ours; it comes from outside and is decoded before it can be trusted.
    private static let maximumLength = 8 << 10

    /// - Parameter key: at least 32 bytes (RFC 7518, 3.2).
    public init(key: Data) throws(CryptographyError) {
        guard key.count >= 32 else { throw .keyLength(expected: "at least 32", got: key.count) }
        self.key = key
    }

    public enum Failure: Error, Sendable, Equatable {
        /// It is no HS256 token.
        case malformed
        /// Made with another key, or changed.
        case badSignature
        /// `exp` has come.
        case expired
        /// `nbf` has not come yet.
        case notYetValid
        /// Well signed, but its claims are not of the type that was asked for, or it has no `exp`.
        case unexpectedClaims
    }

    /// - Parameter claims: encodes to an object with `exp`, in seconds since 1970: a token without an end is not verified.
    public func sign(_ claims: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let signed =
            Base64URL.encode(Data(#"{"alg":"HS256","typ":"JWT"}"#.utf8)) + "." + Base64URL.encode(try encoder.encode(claims))
        return signed + "." + Base64URL.encode(HMACSHA256.authenticationCode(for: Data(signed.utf8), key: key))
    }

    /// The claims of a token that is authentic and, at `now`, valid.
    ///
    /// Checked in this order: form and algorithm, signature, `exp`, `nbf`, the claims' type.
    public func verify<Claims: Decodable>(_ token: String, as type: Claims.Type, now: Date) throws(Failure) -> Claims {
        let claims = try authenticatedClaims(of: token)
        guard let times = try? JSONDecoder().decode(Times.self, from: claims) else { throw .unexpectedClaims }
        // "on or after which the JWT MUST NOT be accepted" (RFC 7519, 4.1.4).
        guard now.timeIntervalSince1970 < times.exp else { throw .expired }
        if let start = times.nbf, now.timeIntervalSince1970 < start { throw .notYetValid }
        guard let decoded = try? JSONDecoder().decode(Claims.self, from: claims) else { throw .unexpectedClaims }
        return decoded
    }

    private func authenticatedClaims(of token: String) throws(Failure) -> Data {
        guard token.utf8.count <= Self.maximumLength else { throw .malformed }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let headerData = Base64URL.decode(parts[0]), let claims = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]), let header = try? JSONDecoder().decode(Header.self, from: headerData),
            // A `crit` that is not understood makes a token invalid (RFC 7515, 4.1.11); none is understood here.
            header.alg == "HS256", header.crit == nil
        else { throw .malformed }
        guard HMACSHA256.isValid(signature, for: Data((parts[0] + "." + parts[1]).utf8), key: key) else { throw .badSignature }
        return claims
    }

    private struct Header: Decodable {
        var alg: String
        var crit: [String]?
    }

    private struct Times: Decodable {
        var exp: Double
        var nbf: Double?
    }
}
