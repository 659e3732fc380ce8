/// DynamoDB's number: up to 38 significant decimal digits, magnitude 1E-130 to 9.99…E+125, and zero.
///
/// Held exactly as `coefficient × 10^scale`, the coefficient without trailing zeros, so that 1, 1.0 and 1e0 are one value.
/// Source: "Naming rules and data types", section "Number", in the Amazon DynamoDB Developer Guide.
package struct DecimalNumber: Sendable, Hashable {
    /// The digits as an integer below 10^38; it ends in no zero unless it is zero.
    package let coefficient: UInt128
    /// The power of ten of the coefficient's last digit; 0 for zero.
    package let scale: Int
    package let isNegative: Bool

    package static let maximumDigits = 38
    /// The power of ten of the first digit of the largest number.
    package static let maximumExponent = 125
    /// The power of ten of the first digit of the smallest number.
    package static let minimumExponent = -130

    package static let zero = DecimalNumber(unchecked: 0, scale: 0, isNegative: false)

    package init(_ value: Int) {
        let (coefficient, scale) = Self.trimmed(UInt128(value.magnitude), scale: 0)
        self.init(unchecked: coefficient, scale: scale, isNegative: value < 0)
    }

    private init(unchecked coefficient: UInt128, scale: Int, isNegative: Bool) {
        self.coefficient = coefficient
        self.scale = coefficient == 0 ? 0 : scale
        self.isNegative = coefficient != 0 && isNegative
    }

    package var isZero: Bool { coefficient == 0 }

    /// How many significant digits the number has; 1 for zero.
    package var digitCount: Int { Self.digitCount(of: coefficient) }

    /// The power of ten of the first digit: 2 for 123, -1 for 0.5; 0 for zero.
    package var exponent: Int { isZero ? 0 : scale + digitCount - 1 }

    /// The same digits with the other sign.
    package var negated: DecimalNumber { DecimalNumber(unchecked: coefficient, scale: scale, isNegative: !isNegative) }

    /// The number in DynamoDB's range that these parts make.
    fileprivate static func checked(
        _ coefficient: UInt128, scale: Int, isNegative: Bool
    ) throws(ExpressionError) -> DecimalNumber {
        let (coefficient, scale) = trimmed(coefficient, scale: scale)
        let number = DecimalNumber(unchecked: coefficient, scale: scale, isNegative: isNegative)
        guard number.exponent <= maximumExponent else { throw .overflow }
        guard number.exponent >= minimumExponent else { throw .underflow }
        return number
    }

    private static func trimmed(_ coefficient: UInt128, scale: Int) -> (UInt128, Int) {
        guard coefficient != 0 else { return (0, 0) }
        var coefficient = coefficient
        var scale = scale
        while true {
            let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { return (coefficient, scale) }
            coefficient = quotient
            scale += 1
        }
    }

    fileprivate static func digitCount(of coefficient: UInt128) -> Int {
        powersOfTen.firstIndex { coefficient < $0 }.map { max($0, 1) } ?? powersOfTen.count
    }

    /// 10^0 to 10^38, the largest that 128 bits hold.
    static let powersOfTen: [UInt128] = (0...38).map { exponent in
        (0..<exponent).reduce(UInt128(1)) { power, _ in power * 10 }
    }
}

extension ExpressionError {
    static let overflow = ExpressionError(
        "Number overflow. Attempting to store a number with magnitude larger than supported range")
    static let underflow = ExpressionError(
        "Number underflow. Attempting to store a number with magnitude smaller than supported range")
    static let tooManyDigits = ExpressionError("Attempting to store more than 38 significant digits in a Number")
}

// MARK: - Text

extension DecimalNumber {
    /// Reads `[+-]digits[.digits][e[+-]digits]`, where one of the digit groups around the point may be missing.
    ///
    /// Throws the service's text for what is no number, is out of range or has too many digits. A zero is held to the range by
    /// the exponent that it is written with, so that `0e126` is an overflow.
    package init(parsing text: String, wording: ValueWording = .current) throws(ExpressionError) {
        guard let scan = NumberScan(text) else { throw wording.notNumeric(text) }
        // The range comes before the precision: 1e200 with 50 digits is an overflow.
        let written = scan.coefficientDigits > 0 ? scan.scale + scan.coefficientDigits - 1 : scan.exponent
        guard (Self.minimumExponent...Self.maximumExponent).contains(written) else {
            throw wording.outOfRange(written, scan, text)
        }
        guard scan.coefficientDigits > 0 else {
            self = .zero
            return
        }
        guard scan.coefficientDigits <= Self.maximumDigits else { throw .tooManyDigits }
        self = try .checked(scan.coefficient, scale: scan.scale, isNegative: scan.isNegative)
    }

    /// The form in which the service returns the number: plain digits, no exponent, no superfluous zeros.
    package var text: String {
        guard !isZero else { return "0" }
        var digits = String(coefficient)
        if scale >= 0 {
            digits += String(repeating: "0", count: scale)
        } else if digits.utf8.count > -scale {
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: scale))
        } else {
            digits = "0." + String(repeating: "0", count: -scale - digits.utf8.count) + digits
        }
        return isNegative ? "-" + digits : digits
    }
}

// MARK: - Order and arithmetic

extension DecimalNumber: Comparable {
    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? isSmaller(right, left) : isSmaller(left, right)
    }

    /// Whether the left number is nearer to zero.
    private static func isSmaller(_ left: DecimalNumber, _ right: DecimalNumber) -> Bool {
        if left.isZero || right.isZero { return !right.isZero }
        if left.exponent != right.exponent { return left.exponent < right.exponent }
        return left.coefficient * powersOfTen[maximumDigits - left.digitCount]
            < right.coefficient * powersOfTen[maximumDigits - right.digitCount]
    }
}

extension DecimalNumber {
    /// The exact sum. A sum that needs more than 38 digits is refused with the service's overflow text, as there.
    package func adding(_ other: DecimalNumber) throws(ExpressionError) -> DecimalNumber {
        guard !isZero else { return other }
        guard !other.isZero else { return self }
        let low = min(scale, other.scale)
        guard let left = aligned(to: low), let right = other.aligned(to: low) else { throw .overflow }
        let sum: UInt128
        let negative: Bool
        if isNegative == other.isNegative {
            let (value, overflow) = left.addingReportingOverflow(right)
            guard !overflow else { throw .overflow }
            (sum, negative) = (value, isNegative)
        } else {
            (sum, negative) = left >= right ? (left - right, isNegative) : (right - left, other.isNegative)
        }
        let (trimmedSum, trimmedScale) = Self.trimmed(sum, scale: low)
        guard Self.digitCount(of: trimmedSum) <= Self.maximumDigits else { throw .overflow }
        return try .checked(trimmedSum, scale: trimmedScale, isNegative: negative)
    }

    /// The exact difference; limits as for `adding`.
    package func subtracting(_ other: DecimalNumber) throws(ExpressionError) -> DecimalNumber {
        try adding(other.negated)
    }

    /// The coefficient at a lower scale, or nil where 128 bits do not hold it: then no sum with it has 38 digits.
    private func aligned(to lower: Int) -> UInt128? {
        let shift = scale - lower
        guard shift > 0 else { return coefficient }
        guard shift < Self.powersOfTen.count else { return nil }
        let (value, overflow) = coefficient.multipliedReportingOverflow(by: Self.powersOfTen[shift])
        return overflow ? nil : value
    }
}
