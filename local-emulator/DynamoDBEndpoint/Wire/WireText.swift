/// Turns the text between a JSON string's quotation marks into a string. The parser has checked its escapes and its UTF-8.
enum WireText {
    static func string(_ bytes: UnsafeBufferPointer<UInt8>, _ token: WireToken) -> String {
        let text = UnsafeBufferPointer(rebasing: bytes[token.range])
        return token.kind == .escapedString ? unescaped(text) : String(decoding: text, as: UTF8.self)
    }

    private static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            let byte = text[position]
            position += 1
            guard byte == UInt8(ascii: "\\") else {
                out.append(byte)
                continue
            }
            let letter = text[position]
            position += 1
            switch letter {
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "u"): out.append(contentsOf: String(codePoint(text, &position)).utf8)
            default: out.append(letter)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// `\uXXXX`, or a pair of surrogates; a surrogate alone is no character and becomes U+FFFD, as the service's parser makes it.
    private static func codePoint(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Unicode.Scalar {
        let unit = hexadecimal(text, at: position)
        position += 4
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, position + 6 <= text.count, text[position] == UInt8(ascii: "\\"),
            text[position + 1] == UInt8(ascii: "u")
        {
            let low = hexadecimal(text, at: position + 2)
            if (0xDC00...0xDFFF).contains(low), let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) {
                position += 6
                return scalar
            }
        }
        return "\u{FFFD}"
    }

    private static func hexadecimal(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32 {
        var value: UInt32 = 0
        for byte in text[start..<start + 4] { value = value << 4 | UInt32(hexadecimalDigit(byte) ?? 0) }
        return value
    }

    static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
