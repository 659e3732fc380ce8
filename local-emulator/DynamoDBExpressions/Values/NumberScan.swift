/// One pass over a number's text: its sign, significant digits and scale, before any limit is checked.
struct NumberScan {
    var isNegative = false
    /// The significant digits, at most the first 38 of them.
    var coefficient: UInt128 = 0
    /// How many significant digits the text has, without leading and trailing zeros; 0 for zero.
    var coefficientDigits = 0
    /// The power of ten of the last significant digit.
    var scale = 0

    /// Far outside of every range, and small enough that sums with it do not overflow.
    private static let exponentLimit = 1_000_000_000

    /// Nil if the text is not a number.
    init?(_ text: String) {
        var rest = Substring(text).utf8
        isNegative = Self.takeSign(&rest)
        var sawDigit = false
        var sawPoint = false
        var pendingZeros = 0
        var fractionDigits = 0
        scan: while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                sawDigit = true
                if sawPoint { fractionDigits += 1 }
                take(digit: byte - UInt8(ascii: "0"), pendingZeros: &pendingZeros)
            case UInt8(ascii: ".") where !sawPoint:
                sawPoint = true
            default:
                break scan
            }
            rest.removeFirst()
        }
        guard sawDigit else { return nil }
        guard let exponent = Self.takeExponent(&rest), rest.isEmpty else { return nil }
        scale = exponent - fractionDigits + pendingZeros
    }

    /// Zeros wait until a digit follows them, so that trailing ones never count.
    private mutating func take(digit: UInt8, pendingZeros: inout Int) {
        guard digit != 0 else {
            pendingZeros += 1
            return
        }
        let zeros = coefficientDigits == 0 ? 0 : pendingZeros
        pendingZeros = 0
        coefficientDigits += zeros + 1
        guard coefficientDigits <= DecimalNumber.maximumDigits else { return }
        coefficient = coefficient * DecimalNumber.powersOfTen[zeros + 1] + UInt128(digit)
    }

    private static func takeSign(_ rest: inout Substring.UTF8View) -> Bool {
        guard let byte = rest.first, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return false }
        rest.removeFirst()
        return byte == UInt8(ascii: "-")
    }

    /// The exponent, 0 if the text has none, nil if it is broken.
    private static func takeExponent(_ rest: inout Substring.UTF8View) -> Int? {
        guard let byte = rest.first, byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { return 0 }
        rest.removeFirst()
        let negative = takeSign(&rest)
        guard !rest.isEmpty else { return nil }
        var value = 0
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            value = min(value * 10 + Int(byte - UInt8(ascii: "0")), exponentLimit)
            rest.removeFirst()
        }
        return negative ? -value : value
    }
}
