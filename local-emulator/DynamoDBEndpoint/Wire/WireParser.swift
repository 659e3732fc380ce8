/// Reads a request's JSON text (RFC 8259), bounded in depth, into a flat list of tokens: one pass over the bytes, no string
/// and no tree. The text is checked whole here, so that what reads the tokens later cannot fail.
struct WireParser: ~Copyable {
    /// What is wrong with the text; the service does not say, so neither does this.
    struct Malformed: Error {}

    /// Deeper than any request may nest: 32 levels of documents, each two deep on the wire, and the parameters around them.
    /// A document that is too deep is told so by name up to here, as the service does with one of 100 levels; beyond, the text
    /// as a whole is refused.
    private static let maximumDepth = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    private var tokens: [WireToken] = []
    private var position = 0
    private var depth = 0
    /// Every byte of the strings so far, or'ed: whether there is more than ASCII.
    private var seen: UInt64 = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        tokens.reserveCapacity(16 + bytes.count / 8)
    }

    static func tokens(_ body: [UInt8]) throws(Malformed) -> [WireToken] {
        try body.withUnsafeBufferPointer { (bytes) throws(Malformed) in
            // A token's places have 32 bits; no server takes as much as that.
            guard bytes.count <= Int(Int32.max) else { throw Malformed() }
            var parser = WireParser(bytes)
            try parser.value()
            parser.skipSpace()
            guard parser.position == bytes.count else { throw Malformed() }
            guard parser.seen & 0x8080_8080_8080_8080 == 0 || String(validating: bytes, as: UTF8.self) != nil else {
                throw Malformed()
            }
            return parser.tokens
        }
    }

    private mutating func value() throws(Malformed) {
        skipSpace()
        switch peek() {
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true", .true)
        case UInt8(ascii: "f"): try literal("false", .false)
        case UInt8(ascii: "n"): try literal("null", .null)
        default: try number()
        }
    }

    private mutating func object() throws(Malformed) {
        let index = try enter(.object)
        skipSpace()
        if !take("}") {
            repeat {
                skipSpace()
                try string()
                skipSpace()
                try expect(":")
                try value()
                skipSpace()
            } while take(",")
            try expect("}")
        }
        leave(index)
    }

    private mutating func array() throws(Malformed) {
        let index = try enter(.array)
        skipSpace()
        if !take("]") {
            repeat {
                try value()
                skipSpace()
            } while take(",")
            try expect("]")
        }
        leave(index)
    }

    private mutating func enter(_ kind: WireToken.Kind) throws(Malformed) -> Int {
        depth += 1
        guard depth <= Self.maximumDepth else { throw Malformed() }
        append(kind, from: position, to: position)
        position += 1
        return tokens.count - 1
    }

    private mutating func leave(_ index: Int) {
        depth -= 1
        tokens[index].end = UInt32(truncatingIfNeeded: position)
        tokens[index].next = UInt32(truncatingIfNeeded: tokens.count)
    }

    private mutating func append(_ kind: WireToken.Kind, from start: Int, to end: Int) {
        tokens.append(
            WireToken(
                kind: kind, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: tokens.count + 1)))
    }

    private mutating func literal(_ text: StaticString, _ kind: WireToken.Kind) throws(Malformed) {
        let start = position
        for offset in 0..<text.utf8CodeUnitCount { try expect(Unicode.Scalar(text.utf8Start[offset])) }
        append(kind, from: start, to: position)
    }

    private mutating func number() throws(Malformed) {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        append(.number, from: start, to: position)
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
    private mutating func string() throws(Malformed) {
        try expect("\"")
        let start = position
        var kind = WireToken.Kind.plainString
        while true {
            skipPlain()
            guard let byte = peek() else { throw Malformed() }
            switch byte {
            case UInt8(ascii: "\""):
                append(kind, from: start, to: position)
                position += 1
                return
            case UInt8(ascii: "\\"):
                kind = .escapedString
                try escape()
            // RFC 8259, section 7: control characters must be escaped.
            case 0..<0x20: throw Malformed()
            default:
                seen |= UInt64(byte)
                position += 1
            }
        }
    }

    /// Goes on by eight bytes as long as none of them is a quotation mark, a reverse solidus or a control character.
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while position + 8 <= bytes.count {
            let word = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + position).loadUnaligned(as: UInt64.self)
            let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let solidus = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            // The bit trick for "has a zero byte", and for "has a byte below 0x20"; a byte above 0x7F never counts as either.
            let found = ((quote &- ones) & ~quote) | ((solidus &- ones) & ~solidus) | ((word &- ones &* 0x20) & ~word)
            seen |= word
            // The first byte of a word is its lowest, on every processor that Swift runs on.
            position += (found & highs).trailingZeroBitCount / 8
            guard found & highs == 0 else { return }
        }
    }

    private mutating func escape() throws(Malformed) {
        position += 1
        guard let letter = peek() else { throw Malformed() }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            guard position + 4 <= bytes.count else { throw Malformed() }
            for offset in 0..<4 where WireText.hexadecimalDigit(bytes[position + offset]) == nil { throw Malformed() }
            position += 4
        default: throw Malformed()
        }
    }
}
