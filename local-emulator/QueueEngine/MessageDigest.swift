package import Foundation
internal import RoostCryptography

/// The MD5 digests that SQS answers, so that a client sees what was damaged on the way. They protect nothing.
package enum MessageDigest {
    /// - Returns: 32 hexadecimal digits.
    package static func md5(_ data: Data) throws(QueueError) -> String {
        do {
            return Hex.encode(try ProtocolDigest.md5(data))
        } catch {
            throw QueueError(type: "InternalError", message: "libcrypto refuses MD5, which SQS's answers need", status: 500)
        }
    }

    /// The digest of message attributes: names in order, each as length and bytes of its name, length and bytes of its data
    /// type, 1 for text or 2 for bytes, and length and bytes of its value (Amazon SQS Developer Guide, "Calculating the MD5
    /// message digest for message attributes").
    package static func md5(of attributes: [String: MessageAttribute]) throws(QueueError) -> String? {
        guard !attributes.isEmpty else { return nil }
        var encoded = Data()
        for (name, attribute) in attributes.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            append(Data(name.utf8), to: &encoded)
            append(Data(attribute.dataType.utf8), to: &encoded)
            switch attribute.value {
            case .text(let text):
                encoded.append(1)
                append(Data(text.utf8), to: &encoded)
            case .binary(let data):
                encoded.append(2)
                append(data, to: &encoded)
            }
        }
        return try md5(encoded)
    }

    private static func append(_ bytes: Data, to encoded: inout Data) {
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { encoded.append(contentsOf: $0) }
        encoded.append(bytes)
    }
}
