/// One pass over a number's text: its sign, significant digits and scale, before any limit is checked.
struct NumberScan {
    var isNegative = false
    /// The significant digits, at most the first 38 of them.
    var coefficient: UInt128 = 0
    /// How many significant digits the text has, without leading and trailing zeros; 0 for zero.
    var coefficientDigits = 0
    /// The power of ten of the last significant digit.
    var scale = 0
    /// The exponent as it is written, 0 if there is none.
    var exponent = 0
    /// The digits after the point, trailing zeros included.
    var fractionDigits = 0
    /// How many digits were read, all zeros included.
    private var allDigits = 0

    /// Nil if the text is not a number, or its exponent is none of 64 bits.
    init?(_ text: String) {
        let scanned =
            text.utf8.withContiguousStorageIfAvailable { Self(bytes: $0) }
            ?? Array(text.utf8).withUnsafeBufferPointer { Self(bytes: $0) }
        guard let scanned else { return nil }
        self = scanned
    }

    private init?(bytes: UnsafeBufferPointer<UInt8>) {
        var position = 0
        isNegative = Self.takeSign(bytes, &position)
        var sawPoint = false
        var pendingZeros = 0
        scan: while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                allDigits += 1
                if sawPoint { fractionDigits += 1 }
                take(digit: bytes[position] &- UInt8(ascii: "0"), pendingZeros: &pendingZeros)
            case UInt8(ascii: ".") where !sawPoint:
                sawPoint = true
            default:
                break scan
            }
            position += 1
        }
        guard allDigits > 0 else { return nil }
        guard let exponent = Self.takeExponent(bytes, &position), position == bytes.count else { return nil }
        self.exponent = exponent
        let (shifted, overflow) = exponent.addingReportingOverflow(pendingZeros - fractionDigits)
        // Only an exponent at the end of 64 bits comes here, far outside of every range.
        scale = overflow ? exponent / 2 : shifted
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

    private static func takeSign(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
        else { return false }
        defer { position += 1 }
        return bytes[position] == UInt8(ascii: "-")
    }

    /// The exponent, 0 if the text has none, nil if it is broken or too long.
    private static func takeExponent(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int? {
        guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return 0 }
        position += 1
        let isNegative = takeSign(bytes, &position)
        guard position < bytes.count else { return nil }
        var value = 0
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = shifted.addingReportingOverflow(Int(bytes[position] &- UInt8(ascii: "0")))
            guard !overflow, !isTooLarge else { return nil }
            value = sum
            position += 1
        }
        return isNegative ? -value : value
    }
}

extension NumberScan {
    /// The exponent of the number's first digit as Java's `BigDecimal` reckons it, in 32 bits that wrap; nil where it cannot
    /// read the exponent at all. The service's older checks go by it.
    var wrappedExponent: Int? {
        guard let written = Int32(exactly: exponent) else { return nil }
        let scale = Int32(truncatingIfNeeded: fractionDigits) &- written
        let precision = Int32(truncatingIfNeeded: max(1, significantDigitsAsWritten))
        return Int(precision &- scale) - 1
    }

    /// The digits from the first one that is not zero, trailing zeros included.
    private var significantDigitsAsWritten: Int {
        coefficientDigits == 0 ? 1 : coefficientDigits + (scale - exponent + fractionDigits)
    }
}
