internal import CRoostCrypto

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// HMAC with SHA-256 (RFC 2104).
public enum HMACSHA256 {
    /// 32 bytes, for a key of any length. To compare one that came in, use ``isValid(_:for:key:)``.
    public static func authenticationCode(for data: Data, key: Data) -> Data {
        var output = [UInt8](repeating: 0, count: 32)
        let result = key.withUnsafeBytes { key in
            data.withUnsafeBytes { input in
                HMAC(
                    EVP_sha256(), key.baseAddress, Int32(key.count), input.bindMemory(to: UInt8.self).baseAddress, input.count,
                    &output, nil)
            }
        }
        // It fails only where no memory is left, and a code that is none must never be used.
        precondition(result != nil, "libcrypto refused HMAC")
        return Data(output)
    }

    /// Compares in constant time.
    public static func isValid(_ code: Data, for data: Data, key: Data) -> Bool {
        constantTimeEquals(code, authenticationCode(for: data, key: key))
    }
}
