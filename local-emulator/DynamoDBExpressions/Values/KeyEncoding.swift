#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import LambdaEvents

/// Key values as bytes whose `memcmp` order is DynamoDB's order of that type.
///
/// A string is its UTF-8 bytes and binary is itself, as the service orders both by unsigned bytes. A number is a sign byte,
/// an exponent byte (a DynamoDB exponent, -130 to 125, has exactly 256 values) and base-100 digit pairs, 1 to 22 bytes;
/// equal numbers (1, 1.0, 1e0) make equal bytes. Values of different types do not compare.
package enum KeyEncoding {
    private static let negative: UInt8 = 1
    private static let zero: UInt8 = 2
    private static let positive: UInt8 = 3

    /// Throws for a number that is none, and for a value that no key may have (only S, N and B may).
    package static func bytes(for value: AttributeValue) throws(ExpressionError) -> [UInt8] {
        switch value {
        case .string(let text): return Array(text.utf8)
        case .binary(let data): return Array(data)
        case .number(let text): return bytes(for: try DecimalNumber(parsing: text))
        default:
            throw ExpressionError(
                "One or more parameter values were invalid: a key attribute has type S, N or B, not \(value.descriptor.rawValue)")
        }
    }

    package static func bytes(for number: DecimalNumber) -> [UInt8] {
        guard !number.isZero else { return [zero] }
        let digits = number.digitCount
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 + (digits + 1) / 2 + 1)
        bytes.append(UInt8(number.exponent - DecimalNumber.minimumExponent))
        var rest = number.coefficient
        if !digits.isMultiple(of: 2) { rest *= 10 }
        var pairs: [UInt8] = []
        while rest > 0 {
            let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
            pairs.append(UInt8(pair) + 1)
            rest = quotient
        }
        bytes.append(contentsOf: pairs.reversed())
        guard number.isNegative else { return [positive] + bytes }
        // Complemented, larger magnitudes come first; the end mark lets -1.2 come after -1.23. No pair's complement reaches it.
        return [negative] + bytes.map { ~$0 } + [0xFF]
    }
}
