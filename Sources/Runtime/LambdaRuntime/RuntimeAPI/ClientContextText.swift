#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Takes the `w3c` out of a client context, whose other members stay as the caller wrote them.
enum ClientContextText {
    /// Nothing is read unless there is something to find: most invocations have no client context, and most of those no `w3c`.
    static func split(_ text: String?) -> (clientContext: String?, w3c: W3CTraceContext?) {
        guard let text, !text.isEmpty else { return (nil, nil) }
        let bytes = Array(text.utf8)
        var finder = MemberFinder(bytes)
        guard let member = finder.find("w3c") else { return (text, nil) }
        let rest = bytes[..<member.whole.lowerBound] + bytes[member.whole.upperBound...]
        // What is no object has none of the fields: it goes, and nothing comes of it.
        let w3c = try? JSONDecoder().decode(W3CTraceContext.self, from: Data(bytes[member.value]))
        return (String(decoding: rest, as: UTF8.self), w3c)
    }
}

/// Finds a member of a JSON object by its place in the text. It stops at what is no JSON.
private struct MemberFinder {
    struct Member {
        /// With its name and one of the commas beside it.
        var whole: Range<Int>
        var value: Range<Int>
    }

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func find(_ name: String) -> Member? {
        guard take("{") else { return nil }
        var commaBefore: Int?
        while true {
            skipSpace()
            let start = index
            guard let key = string(), take(":") else { return nil }
            skipSpace()
            let valueStart = index
            guard skipValue() else { return nil }
            let value = valueStart..<index
            let end = index
            let isLast = !take(",")
            if key.elementsEqual(name.utf8) {
                return Member(whole: isLast ? (commaBefore ?? start)..<end : start..<index, value: value)
            }
            guard !isLast else { return nil }
            commaBefore = index - 1
        }
    }

    private mutating func skipSpace() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { index += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard byte == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// The bytes between the quotation marks, as they are written.
    private mutating func string() -> ArraySlice<UInt8>? {
        guard take("\"") else { return nil }
        let start = index
        while let byte {
            index += 1
            if byte == UInt8(ascii: "\"") { return bytes[start..<index - 1] }
            if byte == UInt8(ascii: "\\") { index += 1 }
        }
        return nil
    }

    /// An object or array is passed over by counting its brackets; the limit on its length is the header's.
    private mutating func skipValue() -> Bool {
        var depth = 0
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                guard string() != nil else { return false }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { return true }
                depth -= 1
                index += 1
            case UInt8(ascii: ",") where depth == 0: return true
            default: index += 1
            }
        }
        return false
    }
}
