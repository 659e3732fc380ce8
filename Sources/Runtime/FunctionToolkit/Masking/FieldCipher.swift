#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

internal import LambdaEvents
internal import RoostCryptography
internal import RoostJSON

/// Encrypts fields with AES-256-GCM under a key of one's own, say from Secrets Manager.
///
/// A field becomes the base64url text of `nonce ‖ ciphertext ‖ tag` over its JSON, so that decrypting gives its type back.
public struct FieldCipher: Sendable {
    private let cipher: AES256GCM
    private let context: Data

    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - context: what the data belongs to, such as a tenant; decrypting needs the same. It is authenticated and not part of
    ///     the result.
    /// - Throws: for a key of another length.
    public init(key: Data, context: [String: String] = [:]) throws {
        cipher = try AES256GCM(key: key)
        self.context = Data(JSONText.write(.object(context.mapValues { .string($0) })).utf8)
    }

    func encrypt(_ value: JSONValue) throws -> JSONValue {
        .string(Base64URL.encode(try cipher.seal(Data(JSONText.write(value).utf8), context: context)))
    }

    /// - Throws: for what was not encrypted with this key and context.
    func decrypt(_ value: JSONValue) throws -> JSONValue {
        guard let sealed = value.stringValue.flatMap(Base64URL.decode) else {
            throw CryptographyError.malformed("the field is no base64url text")
        }
        return try LeanJSONDecoder().decode(JSONValue.self, from: try cipher.open(sealed, context: context))
    }
}
