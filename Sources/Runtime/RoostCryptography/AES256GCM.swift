internal import CRoostCrypto

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): encrypts and authenticates.
///
/// Sealed data is `nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes)`. The nonce is random and made inside, so that it is
/// never used twice; one key must not seal more than 2^32 times (SP 800-38D, 8.3).
public struct AES256GCM: Sendable {
    private let key: Data

    private static let nonceLength = 12
    private static let tagLength = 16

    /// - Parameter key: 32 bytes.
    public init(key: Data) throws(CryptographyError) {
        guard key.count == 32 else { throw .keyLength(expected: "32", got: key.count) }
        self.key = key
    }

    /// - Parameter context: is authenticated and not part of the result; `open` must be given the same, such as the
    ///   item's key, so that sealed data cannot be moved to another place.
    public func seal(_ plaintext: Data, context: Data = Data()) throws(CryptographyError) -> Data {
        try seal(plaintext, nonce: RandomBytes.make(Self.nonceLength), context: context)
    }

    /// - Throws: ``CryptographyError/notAuthentic`` for another key, another context or changed data.
    public func open(_ sealed: Data, context: Data = Data()) throws(CryptographyError) -> Data {
        guard sealed.count >= Self.nonceLength + Self.tagLength else { throw .malformed("sealed data is too short") }
        let nonce = sealed.prefix(Self.nonceLength)
        var tag = Array(sealed.suffix(Self.tagLength))
        let cipher = try CipherContext()
        try cipher.start(key: key, nonce: nonce, encrypts: false)
        try cipher.authenticate(context)
        var plaintext = try cipher.update(sealed.dropFirst(Self.nonceLength).dropLast(Self.tagLength))
        guard EVP_CIPHER_CTX_ctrl(cipher.context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagLength), &tag) == 1 else {
            throw .refused(call: "EVP_CIPHER_CTX_ctrl")
        }
        do {
            try cipher.finish()
        } catch {
            plaintext.resetBytes(in: plaintext.startIndex..<plaintext.endIndex)
            throw .notAuthentic
        }
        return plaintext
    }

    /// With a nonce from outside: for published vectors only.
    func seal(_ plaintext: Data, nonce: Data, context: Data) throws(CryptographyError) -> Data {
        let cipher = try CipherContext()
        try cipher.start(key: key, nonce: nonce, encrypts: true)
        try cipher.authenticate(context)
        let ciphertext = try cipher.update(plaintext)
        try cipher.finish()
        var tag = [UInt8](repeating: 0, count: Self.tagLength)
        guard EVP_CIPHER_CTX_ctrl(cipher.context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagLength), &tag) == 1 else {
            throw .refused(call: "EVP_CIPHER_CTX_ctrl")
        }
        return nonce + ciphertext + tag
    }
}

/// Owns an `EVP_CIPHER_CTX` for one message.
private struct CipherContext: ~Copyable {
    let context: OpaquePointer

    init() throws(CryptographyError) {
        guard let context = EVP_CIPHER_CTX_new() else { throw .refused(call: "EVP_CIPHER_CTX_new") }
        self.context = context
    }

    /// - Parameter nonce: 12 bytes, the cipher's own nonce length.
    func start(key: Data, nonce: Data, encrypts: Bool) throws(CryptographyError) {
        guard EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, Array(key), Array(nonce), encrypts ? 1 : 0) == 1 else {
            throw .refused(call: "EVP_CipherInit_ex")
        }
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    func authenticate(_ data: Data) throws(CryptographyError) {
        guard !data.isEmpty else { return }
        var length: Int32 = 0
        guard EVP_CipherUpdate(context, nil, &length, Array(data), Int32(data.count)) == 1 else {
            throw .refused(call: "EVP_CipherUpdate")
        }
    }

    /// GCM has no blocks to fill: as many bytes come out as go in.
    func update(_ data: Data) throws(CryptographyError) -> Data {
        guard !data.isEmpty else { return Data() }
        guard data.count < Int(Int32.max) else { throw .malformed("a message must be shorter than 2 GiB") }
        var output = [UInt8](repeating: 0, count: data.count)
        var length: Int32 = 0
        guard EVP_CipherUpdate(context, &output, &length, Array(data), Int32(data.count)) == 1, Int(length) == data.count else {
            throw .refused(call: "EVP_CipherUpdate")
        }
        return Data(output)
    }

    /// Opening fails here when the tag is not the message's.
    func finish() throws(CryptographyError) {
        var rest = [UInt8](repeating: 0, count: 16)
        var length: Int32 = 0
        guard EVP_CipherFinal_ex(context, &rest, &length) == 1 else { throw .refused(call: "EVP_CipherFinal_ex") }
    }
}
