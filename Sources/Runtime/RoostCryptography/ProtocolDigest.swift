internal import CRoostCrypto

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Digests that protocols name and that protect nothing any more. For anything else there is ``SHA256``.
public enum ProtocolDigest {
    /// 20 bytes of SHA-1, which the WebSocket handshake uses (RFC 6455, 1.3).
    public static func sha1(_ data: Data) throws(CryptographyError) -> Data {
        try digest(data, EVP_sha1(), bytes: 20)
    }

    /// 16 bytes of MD5, which SQS answers so that a client sees what was damaged on the way.
    ///
    /// - Throws: where libcrypto is set up to refuse it (FIPS mode).
    public static func md5(_ data: Data) throws(CryptographyError) -> Data {
        Data(try md5([UInt8](data)))
    }

    /// The same of bytes that come often and are few, such as keys: libcrypto looks its algorithm up once for all of them.
    public static func md5(_ bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 16)
        let code = EVP_Digest(bytes, bytes.count, &output, nil, fetchedMD5.pointer, nil)
        guard code == 1 else { throw CryptographyError.refused(call: "EVP_Digest") }
        return output
    }

    private static let fetchedMD5 = FetchedAlgorithm("MD5")

    private static func digest(_ data: Data, _ algorithm: OpaquePointer?, bytes: Int) throws(CryptographyError) -> Data {
        var output = [UInt8](repeating: 0, count: bytes)
        let code = data.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &output, nil, algorithm, nil) }
        guard code == 1 else { throw CryptographyError.refused(call: "EVP_Digest") }
        return Data(output)
    }
}

/// An algorithm as libcrypto's provider gives it: `EVP_md5()` and its like look it up anew at each use (crypto(7), "Explicit
/// fetching").
///
/// `@unchecked Sendable`: the pointer never changes, and libcrypto counts the references to what it points at by itself.
private final class FetchedAlgorithm: @unchecked Sendable {
    /// Nil where no provider has it, which makes every use fail.
    let pointer: OpaquePointer?

    init(_ name: String) {
        pointer = EVP_MD_fetch(nil, name, nil)
    }

    deinit {
        EVP_MD_free(pointer)
    }
}
