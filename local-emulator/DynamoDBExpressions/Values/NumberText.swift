/// What can be told of a number from its text alone, without taking the number apart.
enum NumberText {
    /// Whether the text is the form in which the service returns the number: what a client that read it sends back. Texts that
    /// would need a closer look (more than 38 digits) are answered false.
    static func isNormal(_ text: String) -> Bool {
        scan(text) { digits in
            guard let first = digits.integer.first, digits.integer.count + digits.fraction.count <= DecimalNumber.maximumDigits
            else { return false }
            if first == zero {
                guard digits.integer.count == 1 else { return false }
                if digits.fraction.isEmpty { return !digits.isNegative && !digits.hasPoint }
            }
            return digits.fraction.isEmpty ? !digits.hasPoint : digits.fraction.last != zero
        } ?? false
    }

    /// How many bytes the number counts for: one, one for each pair of significant digits on either side of the point, and one
    /// more if it is negative; nil if the text is not in the plain form.
    ///
    /// The guide says "approximately (number of significant digits / 2) + 1"; that the sides of the point are counted apart
    /// has been measured at the 400 KB limit by others.
    static func bytes(_ text: String) -> Int? {
        scan(text) { digits in
            var integer = digits.integer.drop { $0 == zero }
            var fraction = digits.fraction[...]
            while fraction.last == zero { fraction = fraction.dropLast() }
            if fraction.isEmpty { while integer.last == zero { integer = integer.dropLast() } }
            if integer.isEmpty { fraction = fraction.drop { $0 == zero } }
            if integer.isEmpty, fraction.isEmpty { return 1 }
            return 1 + (integer.count + 1) / 2 + (fraction.count + 1) / 2 + (digits.isNegative ? 1 : 0)
        }
    }

    private static let zero = UInt8(ascii: "0")

    private struct Digits {
        var isNegative: Bool
        var integer: UnsafeBufferPointer<UInt8>
        var hasPoint: Bool
        var fraction: UnsafeBufferPointer<UInt8>
    }

    /// Nil if the text is not `[-]digits[.digits]`.
    private static func scan<Result>(_ text: String, _ body: (Digits) -> Result) -> Result? {
        let scanned = text.utf8.withContiguousStorageIfAvailable { bytes in digits(bytes).map(body) }
        return scanned ?? Array(text.utf8).withUnsafeBufferPointer { bytes in digits(bytes).map(body) }
    }

    private static func digits(_ bytes: UnsafeBufferPointer<UInt8>) -> Digits? {
        let start = bytes.first == UInt8(ascii: "-") ? 1 : 0
        var point: Int?
        for index in start..<bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: ".") where point == nil: point = index
            default: return nil
            }
        }
        let end = point ?? bytes.count
        guard end > start else { return nil }
        return Digits(
            isNegative: start == 1, integer: UnsafeBufferPointer(rebasing: bytes[start..<end]), hasPoint: point != nil,
            fraction: UnsafeBufferPointer(rebasing: bytes[min(end + 1, bytes.count)...]))
    }
}
