/// Checks a text against RFC 8259 from its first byte to its last and notes where its values are.
///
/// Strict: no comments, no trailing commas, no leading zeros, no control characters in strings, well-formed UTF-8 only. A
/// byte order mark before the text is passed over, which section 8.1 allows. Not recursive: depth costs no stack here.
struct JSONScanner {
    private let document: JSONDocument
    private let bytes: UnsafeMutablePointer<UInt8>
    private var offset = 0
    private var depth = 0
    /// The open array or object; -1 at the top.
    private var container = -1

    /// As Foundation's decoder has it: what decodes such a tree does recur.
    static let maximumDepth = 512

    init(_ document: JSONDocument) {
        self.document = document
        bytes = document.bytes
    }

    mutating func scan() throws(JSONSyntaxError) {
        if document.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { offset = 3 }
        repeat {
            try scanValue()
        } while try scanSeparators()
        guard offset == document.count else { throw error("there is more after the value") }
    }

    /// One scalar, one empty container, or a container's beginning up to its first value.
    private mutating func scanValue() throws(JSONSyntaxError) {
        while true {
            skipWhiteSpace()
            switch bytes[offset] {
            case UInt8(ascii: "\""): try scanString()
            case UInt8(ascii: "{"):
                if try open(.object, end: UInt8(ascii: "}")) { break }
                try scanName()
                continue
            case UInt8(ascii: "["):
                if try open(.array, end: UInt8(ascii: "]")) { break }
                continue
            case UInt8(ascii: "t"): try scanWord("true", .true)
            case UInt8(ascii: "f"): try scanWord("false", .false)
            case UInt8(ascii: "n"): try scanWord("null", .null)
            default: try scanNumber()
            }
            return
        }
    }

    /// What stands after a value: ends of containers, then a comma and the next name. False at the end of the text.
    private mutating func scanSeparators() throws(JSONSyntaxError) -> Bool {
        while true {
            skipWhiteSpace()
            guard container >= 0 else { return false }
            let isObject = document.nodes[container].kind == .object
            switch bytes[offset] {
            case UInt8(ascii: ","):
                offset += 1
                if isObject { try scanName() }
                return true
            case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
                offset += 1
                close()
            default:
                throw error(isObject ? "a comma or } is missing" : "a comma or ] is missing")
            }
        }
    }

    /// - Returns: whether it is empty, and closed again.
    private mutating func open(_ kind: JSONDocument.Node.Kind, end: UInt8) throws(JSONSyntaxError) -> Bool {
        guard depth < Self.maximumDepth else { throw error("it is nested deeper than \(Self.maximumDepth) levels") }
        depth += 1
        let start = offset
        offset += 1
        container = add(kind, start: start, length: 0)
        skipWhiteSpace()
        guard bytes[offset] == end else { return false }
        offset += 1
        close()
        return true
    }

    private mutating func close() {
        depth -= 1
        document.nodes[container].next = UInt32(truncatingIfNeeded: document.nodeCount)
        let parent = Int(document.nodes[container].parent)
        container = parent == container ? -1 : parent
    }

    private mutating func scanName() throws(JSONSyntaxError) {
        skipWhiteSpace()
        guard bytes[offset] == UInt8(ascii: "\"") else { throw error("a member's name is missing") }
        try scanString(isName: true)
        skipWhiteSpace()
        guard bytes[offset] == UInt8(ascii: ":") else { throw error("a colon is missing") }
        offset += 1
    }

    @inline(__always)
    private func add(
        _ kind: JSONDocument.Node.Kind, start: Int, length: Int, isName: Bool = false, hasEscapes: Bool = false,
        isASCII: Bool = true
    ) -> Int {
        let index = UInt32(truncatingIfNeeded: document.nodeCount)
        var node = JSONDocument.Node(
            start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: length), next: index + 1, parent: index,
            ordinal: 0, kind: kind, hasEscapes: hasEscapes, isASCII: isASCII)
        if container >= 0 {
            node.parent = UInt32(truncatingIfNeeded: container)
            node.ordinal = document.nodes[container].length
            if !isName { document.nodes[container].length += 1 }
        }
        return document.append(node)
    }

    @inline(__always)
    private mutating func skipWhiteSpace() {
        while bytes[offset] <= 0x20 {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    private mutating func scanWord(_ word: StaticString, _ kind: JSONDocument.Node.Kind) throws(JSONSyntaxError) {
        let start = offset
        for index in 0..<word.utf8CodeUnitCount {
            guard bytes[offset] == word.utf8Start[index] else { throw error("an unknown word") }
            offset += 1
        }
        _ = add(kind, start: start, length: word.utf8CodeUnitCount)
    }

    private func error(_ reason: String) -> JSONSyntaxError {
        JSONSyntaxError(offset < document.count ? reason : "it ends too early", at: offset)
    }
}

extension JSONScanner {
    /// RFC 8259, section 6.
    private mutating func scanNumber() throws(JSONSyntaxError) {
        let start = offset
        var kind = JSONDocument.Node.Kind.integer
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        if bytes[offset] == UInt8(ascii: "0") {
            offset += 1
        } else {
            try scanDigits(start == offset ? "no value begins like this" : "a digit is missing")
        }
        if bytes[offset] == UInt8(ascii: ".") {
            kind = .number
            offset += 1
            try scanDigits("a digit is missing")
        }
        if bytes[offset] | 0x20 == UInt8(ascii: "e") {
            kind = .number
            offset += 1
            if bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") { offset += 1 }
            try scanDigits("a digit is missing")
        }
        _ = add(kind, start: start, length: offset - start)
    }

    private mutating func scanDigits(_ otherwise: String) throws(JSONSyntaxError) {
        guard isDigit(bytes[offset]) else { throw error(otherwise) }
        repeat { offset += 1 } while isDigit(bytes[offset])
    }

    /// RFC 8259, section 7. Escapes are checked for their form here, surrogates of a
    /// value for their pairs when it is read.
    private mutating func scanString(isName: Bool = false) throws(JSONSyntaxError) {
        offset += 1
        let start = offset
        var hasEscapes = false
        var isASCII = true
        while true {
            offset += plainBytes()
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try scanEscape()
            } else if byte >= 0x80 {
                isASCII = false
                let length = wellFormedUTF8Length(bytes + offset)
                guard length > 0 else { throw error("bytes that are no UTF-8") }
                offset += length
            } else {
                throw error("a control character in a string")
            }
        }
        let index = add(.string, start: start, length: offset - start, isName: isName, hasEscapes: hasEscapes, isASCII: isASCII)
        // A name is compared, never thrown at anybody: half a surrogate pair in it is found here.
        if isName, hasEscapes { _ = try document.string(at: index) }
        offset += 1
    }

    /// How many bytes from here are neither quotation mark nor backslash, control character or beyond ASCII; never more
    /// than are there, since the padding's zeros are control characters. Eight at a time: a byte's highest bit is set in
    /// `found` where it is one of these, reliably in the lowest such byte.
    @inline(__always)
    private func plainBytes() -> Int {
        var count = 0
        while true {
            let word = UInt64(littleEndian: UnsafeRawPointer(bytes + offset + count).loadUnaligned(as: UInt64.self))
            let quotes = word ^ 0x2222_2222_2222_2222
            let backslashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let found =
                (((quotes &- 0x0101_0101_0101_0101) & ~quotes)
                    | ((backslashes &- 0x0101_0101_0101_0101) & ~backslashes)
                    | ((word &- 0x2020_2020_2020_2020) & ~word) | word) & 0x8080_8080_8080_8080
            if found != 0 { return count + found.trailingZeroBitCount >> 3 }
            count += 8
        }
    }

    private mutating func scanEscape() throws(JSONSyntaxError) {
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 2
        case UInt8(ascii: "u"):
            for index in 2..<6 {
                guard hexDigitValue(bytes[offset + index]) != nil else {
                    throw error("an escape without four hexadecimal digits")
                }
            }
            offset += 6
        default: throw error("an unknown escape")
        }
    }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10
}

@inline(__always)
func hexDigitValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}

/// The length of the sequence that begins here, whose first byte is beyond ASCII; 0 where it is none of table 3-7 of the
/// Unicode Standard. Reads no further than the first byte that does not fit.
private func wellFormedUTF8Length(_ bytes: UnsafeMutablePointer<UInt8>) -> Int {
    func continues(_ index: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool { range.contains(bytes[index]) }
    switch bytes[0] {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
}
