internal import Foundation

/// The header fields of a MIME message (RFC 5322, section 2.2), unfolded.
struct MIMEHeaders {
    private var fields: [(name: String, value: String)] = []

    init(_ message: Data) {
        // Lines end with CRLF; a bare LF is taken too, as mail programs do.
        for line in message.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            var text = String(decoding: line, as: UTF8.self)
            if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
            if text.isEmpty { break }
            if text.first == " " || text.first == "\t", !fields.isEmpty {
                fields[fields.count - 1].value += " " + text.trimmingCharacters(in: .whitespaces)
            } else if let colon = text.firstIndex(of: ":") {
                let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                fields.append((String(text[..<colon]), value))
            }
        }
    }

    subscript(name: String) -> String? {
        fields.first { $0.name.caseInsensitiveEqual(name) }?.value
    }

    /// The addresses of a field, split at the commas between them.
    func addresses(_ name: String) -> [String] {
        (self[name] ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
