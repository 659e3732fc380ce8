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
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            headers = []
            headersAreComplete = false
            status = text.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
        } else if line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n") {
            headersAreComplete = true
        } else if !headersAreComplete, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
            headers.append((name: String(text[..<colon]), value: trimmed(text[text.utf8.index(after: colon)...])))
        }
        return true
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
    private func trimmed(_ text: Substring) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        var value = text.utf8
        while let first = value.first, isSpace(first) { value.removeFirst() }
        while let last = value.last, isSpace(last) { value.removeLast() }
        return String(Substring(value))
    }
}
