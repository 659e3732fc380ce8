#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import RoostCryptography

/// Seals phone numbers and addresses, and hashes them for look-ups.
///
/// Sealed: `k1.` and Base64url of AES-256-GCM's nonce, ciphertext and tag. The place of the value is authenticated with
/// it, so that one that was moved to another item does not open. Both keys are derived from one secret by HMAC-SHA-256
/// with different labels (NIST SP 800-108r1, 4.1, with one block).
package struct ContactVault: Sendable {
    /// A sealed value that does not open: another key, another place, or changed.
    package struct OpenError: Error, Sendable {}

    private static let keyName = "k1."
    private let cipher: AES256GCM
    private let hashKey: Data

    package init(secret: String) throws {
        let master = Data(secret.utf8)
        cipher = try AES256GCM(key: HMACSHA256.authenticationCode(for: Data("roost contact encryption k1".utf8), key: master))
        hashKey = HMACSHA256.authenticationCode(for: Data("roost contact hash k1".utf8), key: master)
    }

    /// - Parameter place: the item and attribute where the value will stand.
    package func seal(_ text: String, place: String) throws -> String {
        Self.keyName + Base64URL.encode(try cipher.seal(Data(text.utf8), context: Data(place.utf8)))
    }

    package func open(_ sealed: String, place: String) throws -> String {
        guard sealed.hasPrefix(Self.keyName), let data = Base64URL.decode(String(sealed.dropFirst(Self.keyName.count))),
            // Whatever is wrong with it, the answer is the same: it does not open.
            let plain = try? cipher.open(data, context: Data(place.utf8))
        else { throw OpenError() }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The keyed hash of a canonical value within one organization, hexadecimal.
    package func hash(_ canonical: String, kind: String, organization: String) -> String {
        Hex.encode(
            HMACSHA256.authenticationCode(for: Data("\(organization)#\(kind)#\(canonical)".utf8), key: hashKey))
    }

    package func hash(_ phone: PhoneNumber, organization: String) -> String {
        hash(phone.text, kind: "phone", organization: organization)
    }

    package func hash(_ email: EmailAddress, organization: String) -> String {
        hash(email.canonical, kind: "email", organization: organization)
    }

    package func phone(of user: User) throws -> String {
        try open(user.sealedPhone, place: Self.place(user, "phone"))
    }

    package func email(of user: User) throws -> String? {
        try user.sealedEmail.map { try open($0, place: Self.place(user, "email")) }
    }

    package func setPhone(_ phone: PhoneNumber, of user: inout User) throws {
        user.sealedPhone = try seal(phone.text, place: Self.place(user, "phone"))
        user.phoneHash = hash(phone, organization: user.organizationID)
    }

    package func setEmail(_ email: EmailAddress?, of user: inout User) throws {
        user.sealedEmail = try email.map { try seal($0.text, place: Self.place(user, "email")) }
        user.emailHash = email.map { hash($0, organization: user.organizationID) }
    }

    private static func place(_ user: User, _ attribute: String) -> String {
        "\(Keys.user(user.organizationID, user.id).partition)#\(attribute)"
    }
}
