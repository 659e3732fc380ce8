#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads a request's JSON text (RFC 8259), bounded in depth. Of a name that comes twice the last value counts.
struct WireParser: ~Copyable {
    /// What is wrong with the text; the service does not say, so neither does this.
    struct Malformed: Error {}

    /// Deeper than any request may nest: 32 levels of documents, each two deep on the wire, and the parameters around them.
    /// A document that is too deep is told so by name up to here, as the service does with one of 100 levels; beyond, the text
    /// as a whole is refused.
    private static let maximumDepth = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    static func value(_ body: Data) throws(Malformed) -> WireValue {
        let result: Result<WireValue, Malformed> = Array(body).withUnsafeBufferPointer { bytes in
            var parser = WireParser(bytes)
            do throws(Malformed) {
                let value = try parser.value()
                parser.skipSpace()
                return parser.position == bytes.count ? .success(value) : .failure(Malformed())
            } catch { return .failure(error) }
        }
        return try result.get()
    }

    private mutating func value() throws(Malformed) -> WireValue {
        skipSpace()
        switch peek() {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object() throws(Malformed) -> [String: WireValue] {
        try enter("{")
        var members: [String: WireValue] = [:]
        skipSpace()
        if !take("}") {
            repeat {
                skipSpace()
                let name = try string()
                skipSpace()
                try expect(":")
                members[name] = try value()
                skipSpace()
            } while take(",")
            try expect("}")
        }
        depth -= 1
        return members
    }

    private mutating func array() throws(Malformed) -> [WireValue] {
        try enter("[")
        var elements: [WireValue] = []
        skipSpace()
        if !take("]") {
            repeat {
                elements.append(try value())
                skipSpace()
            } while take(",")
            try expect("]")
        }
        depth -= 1
        return elements
    }

    private mutating func enter(_ bracket: Unicode.Scalar) throws(Malformed) {
        try expect(bracket)
        depth += 1
        guard depth <= Self.maximumDepth else { throw Malformed() }
    }

    private mutating func literal(_ text: StaticString, _ value: WireValue) throws(Malformed) -> WireValue {
        for offset in 0..<text.utf8CodeUnitCount { try expect(Unicode.Scalar(text.utf8Start[offset])) }
        return value
    }

    private mutating func number() throws(Malformed) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    }

    private mutating func digits() throws(Malformed) {
        let start = position
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw Malformed() }
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ scalar: Unicode.Scalar) throws(Malformed) {
        guard take(scalar) else { throw Malformed() }
    }
}

// MARK: - Strings

extension WireParser {
    private mutating func string() throws(Malformed) -> String {
        try expect("\"")
        let start = position
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                let text = try Self.text(UnsafeBufferPointer(rebasing: bytes[start..<position]))
                position += 1
                return text
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            // RFC 8259, section 7: control characters must be escaped.
            case 0..<0x20: throw Malformed()
            default: position += 1
            }
        }
        throw Malformed()
    }

    private mutating func escapedString(from start: Int) throws(Malformed) -> String {
        var text = Array(bytes[start..<position])
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                return try text.withUnsafeBufferPointerThrowing { bytes throws(Malformed) in try Self.text(bytes) }
            case UInt8(ascii: "\\"): text.append(contentsOf: Array(String(Character(try escape())).utf8))
            case 0..<0x20: throw Malformed()
            default: text.append(byte)
            }
        }
        throw Malformed()
    }

    private mutating func escape() throws(Malformed) -> Unicode.Scalar {
        guard let letter = peek() else { throw Malformed() }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codePoint()
        default: throw Malformed()
        }
    }

    /// `\uXXXX`, or a pair of surrogates; a surrogate alone is no character and becomes U+FFFD, as the service's parser makes it.
    private mutating func codePoint() throws(Malformed) -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let rest = position
        if unit < 0xDC00, take("\\"), take("u") {
            let low = try hexadecimal()
            if (0xDC00...0xDFFF).contains(low) {
                return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
            }
        }
        position = rest
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(Malformed) -> UInt32 {
        guard position + 4 <= bytes.count else { throw Malformed() }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else { throw Malformed() }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(Malformed) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Malformed() }
        return text
    }
}

extension Array where Element == UInt8 {
    fileprivate func withUnsafeBufferPointerThrowing<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBufferPointer(body)
    }
}
