import Foundation

/// One message of `application/vnd.amazon.eventstream`: lengths, a checksum, headers, payload, a checksum.
///
/// Source: Smithy 2.0, "Amazon Event Stream Specification".
struct EventStreamMessage {
    /// `:message-type` is always `event`.
    var eventType: String
    var contentType: String
    var payload: Data

    var bytes: Data {
        let headers = [(":message-type", "event"), (":event-type", eventType), (":content-type", contentType)]
            .reduce(into: Data()) { bytes, header in
                bytes.append(UInt8(header.0.utf8.count))
                bytes.append(contentsOf: header.0.utf8)
                bytes.append(7)  // A string, with its length in two bytes.
                bytes.append(contentsOf: bigEndian(UInt16(header.1.utf8.count)))
                bytes.append(contentsOf: header.1.utf8)
            }
        var message = Data(bigEndian(UInt32(16 + headers.count + payload.count)) + bigEndian(UInt32(headers.count)))
        message.append(contentsOf: bigEndian(CRC32.of(message)))
        message.append(headers)
        message.append(payload)
        message.append(contentsOf: bigEndian(CRC32.of(message)))
        return message
    }

    private func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}

/// The checksum of gzip and PNG (RFC 1952, 8).
private enum CRC32 {
    static func of(_ bytes: Data) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            table.withUnsafeBufferPointer { table in
                var checksum = ~UInt32(0)
                for byte in bytes { checksum = table[Int(UInt8(truncatingIfNeeded: checksum) ^ byte)] ^ (checksum >> 8) }
                return ~checksum
            }
        }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
    }
}
