/// What Java's BigDecimal, with which the service reads the numbers of statements and of their parameters, makes of a text.
package enum DecimalText {
    /// Whether the exponent and the scale fit into 32 bits each; a text that does not fit is no number to it. That the text
    /// has a number's form is checked elsewhere.
    package static func fits(_ text: String) -> Bool { parts(text) != nil }

    /// Whether the number's magnitude, which the service works out in 32 bits, wraps around: a number so large is taken for
    /// one that is too small.
    package static func wraps(_ text: String) -> Bool {
        guard let parts = parts(text), parts.precision > 0 else { return false }
        return parts.precision - parts.scale > Int(Int32.max)
    }

    private static func parts(_ text: String) -> (precision: Int, scale: Int)? {
        var digits = 0
        var significant = 0
        var fraction = 0
        var sawPoint = false
        var rest = Substring(text).utf8
        while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
            rest.removeFirst()
            switch byte {
            case UInt8(ascii: "."): sawPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                if sawPoint { fraction += 1 }
                if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
            default: break
            }
        }
        var exponent = 0
        if !rest.isEmpty {
            guard let value = Int32(String(Substring(rest.dropFirst()))) else { return nil }
            exponent = Int(value)
        }
        let scale = fraction - exponent
        guard scale >= Int(Int32.min), scale <= Int(Int32.max) else { return nil }
        return (significant, scale)
    }
}
