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
        try digest(data, EVP_md5(), bytes: 16)
    }

    private static func digest(_ data: Data, _ algorithm: OpaquePointer?, bytes: Int) throws(CryptographyError) -> Data {
        var output = [UInt8](repeating: 0, count: bytes)
        let code = data.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &output, nil, algorithm, nil) }
        guard code == 1 else { throw CryptographyError.refused(call: "EVP_Digest") }
        return Data(output)
    }
}
