internal import CRoostCrypto

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// 32 bytes.
    public static func digest(_ data: Data) -> Data {
        var output = [UInt8](repeating: 0, count: 32)
        let code = data.withUnsafeBytes { input in
            EVP_Digest(input.baseAddress, input.count, &output, nil, EVP_sha256(), nil)
        }
        // It fails only where no memory is left, and a digest that is none must never be used.
        precondition(code == 1, "libcrypto refused EVP_Digest")
        return Data(output)
    }

    /// The digest as 64 lower-case hexadecimal digits.
    public static func hex(_ data: Data) -> String {
        Hex.encode(digest(data))
    }
}
