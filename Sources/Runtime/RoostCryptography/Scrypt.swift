internal import CRoostCrypto

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// scrypt (RFC 7914) for passwords and other secrets that people choose.
///
/// It takes a fifth of a second and 16 MB on purpose, on the calling thread.
public enum Scrypt {
    public struct Parameters: Sendable, Equatable {
        /// N is 2 to this power.
        public var logCost: Int
        public var blockSize: Int
        public var parallelization: Int

        public init(logCost: Int, blockSize: Int, parallelization: Int) {
            self.logCost = logCost
            self.blockSize = blockSize
            self.parallelization = parallelization
        }

        /// N = 2^14, r = 8, p = 5: of the settings that OWASP's Password Storage Cheat Sheet counts as equally strong, one
        /// that fits in the memory of a small function.
        public static let standard = Parameters(logCost: 14, blockSize: 8, parallelization: 5)

        /// Memory and time grow with these; a stored text must not make its reader take gigabytes.
        var areBounded: Bool {
            (1...20).contains(logCost) && (1...32).contains(blockSize) && (1...16).contains(parallelization)
                && (128 * blockSize) << logCost <= Self.maximumMemory
        }

        static let maximumMemory = 256 << 20
    }

    /// A text that holds parameters, salt (16 random bytes) and hash (32 bytes), for ``verify(_:against:)``:
    /// `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`, both Base64 without padding, as Passlib and others write it.
    public static func hash(_ password: Data, parameters: Parameters = .standard) throws(CryptographyError) -> String {
        let salt = RandomBytes.make(16)
        let hash = try derive(password, salt: salt, parameters: parameters, length: 32)
        let settings = "ln=\(parameters.logCost),r=\(parameters.blockSize),p=\(parameters.parallelization)"
        return "$scrypt$\(settings)$\(unpadded(salt))$\(unpadded(hash))"
    }

    public static func hash(_ password: String, parameters: Parameters = .standard) throws(CryptographyError) -> String {
        try hash(Data(password.utf8), parameters: parameters)
    }

    /// - Throws: ``CryptographyError/malformed(_:)`` when `encoded` is no text of ``hash(_:parameters:)-(Data,_)`` or asks for
    ///   more than 256 MB.
    public static func verify(_ password: Data, against encoded: String) throws(CryptographyError) -> Bool {
        let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let parameters = Parameters(text: parts[2]),
            let salt = padded(parts[3]), let hash = padded(parts[4]), (16...64).contains(hash.count)
        else { throw .malformed("no scrypt hash") }
        return constantTimeEquals(try derive(password, salt: salt, parameters: parameters, length: hash.count), hash)
    }

    public static func verify(_ password: String, against encoded: String) throws(CryptographyError) -> Bool {
        try verify(Data(password.utf8), against: encoded)
    }

    /// The key derivation alone.
    ///
    /// - Parameter length: bytes of the result.
    public static func derive(
        _ password: Data, salt: Data, parameters: Parameters, length: Int
    ) throws(CryptographyError) -> Data {
        guard parameters.areBounded, length > 0 else { throw .malformed("scrypt parameters out of bounds") }
        var output = [UInt8](repeating: 0, count: length)
        // An empty array has no address, and libcrypto takes a null password for none at all.
        let passwordBytes = Array(password) + [0]
        let code = passwordBytes.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                EVP_PBE_scrypt(
                    bytes.baseAddress, password.count, Array(salt), salt.count, 1 << UInt64(parameters.logCost),
                    UInt64(parameters.blockSize), UInt64(parameters.parallelization),
                    UInt64(Parameters.maximumMemory + (1 << 20)), &output, length)
            }
        }
        guard code == 1 else { throw .refused(call: "EVP_PBE_scrypt") }
        return Data(output)
    }

    private static func unpadded(_ data: Data) -> String {
        String(data.base64EncodedString().prefix { $0 != "=" })
    }

    private static func padded(_ text: Substring) -> Data? {
        Data(base64Encoded: text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}

extension Scrypt.Parameters {
    /// `ln=14,r=8,p=5`.
    fileprivate init?(text: Substring) {
        let pairs = text.split(separator: ",").map { $0.split(separator: "=", omittingEmptySubsequences: false) }
        guard pairs.allSatisfy({ $0.count == 2 }), pairs.map({ $0[0] }) == ["ln", "r", "p"],
            let logCost = Int(pairs[0][1]), let blockSize = Int(pairs[1][1]), let parallelization = Int(pairs[2][1])
        else { return nil }
        self.init(logCost: logCost, blockSize: blockSize, parallelization: parallelization)
    }
}
