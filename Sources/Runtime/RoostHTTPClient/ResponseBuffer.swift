#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Puts together one answer from the lines and bytes that libcurl reports.
struct ResponseBuffer {
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var body = Data()
    private(set) var isTooLarge = false
    private var headersAreComplete = false
    private var status = 0

    /// The status once the head of the final answer is whole (RFC 9110, 15.2: a 1xx is none).
    var finalStatus: Int? { headersAreComplete && status >= 200 ? status : nil }

    /// One line with its end: a status line, a field, or the empty line. Always taken.
    ///
    /// Interim answers (RFC 9110, 15.2) come the same way, so a new status line starts over. Trailers come after the
    /// body (RFC 9112, 7.1.2) and are left out.
    mutating func addHeaderLine(_ line: UnsafeRawBufferPointer) -> Bool {
        if line.starts(with: "HTTP/".utf8) {
            headers = []
            headersAreComplete = false
            status = statusCode(line)
        } else if line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n") {
            headersAreComplete = true
        } else if !headersAreComplete, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            headers.append((name: String(decoding: line[..<colon], as: UTF8.self), value: trimmed(line[(colon + 1)...])))
        }
        return true
    }

    /// `HTTP/1.1 200 OK`: the digits after the first space.
    private func statusCode(_ line: UnsafeRawBufferPointer) -> Int {
        guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return 0 }
        return line[(space + 1)...].prefix(3).reduce(0) { code, byte in
            byte &- UInt8(ascii: "0") < 10 ? code * 10 + Int(byte - UInt8(ascii: "0")) : code
        }
    }

    /// False when the body would be longer than `limit`.
    mutating func addBody(_ bytes: UnsafeRawBufferPointer, limit: Int) -> Bool {
        guard body.count + bytes.count <= limit else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Without the optional white space around a field value (RFC 9110, 5.5).
    private func trimmed(_ text: Slice<UnsafeRawBufferPointer>) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        let value = text.drop(while: isSpace)
        let end = value.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? value.startIndex
        return String(decoding: value[..<end], as: UTF8.self)
    }
}
