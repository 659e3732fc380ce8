#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension JSONDocument {
    /// The text of a string or of a member's name.
    ///
    /// - Throws: a ``JSONSyntaxError`` for half a surrogate pair.
    func string(at index: Int) throws(JSONSyntaxError) -> String {
        let node = nodes[index]
        let text = UnsafeBufferPointer(start: bytes + Int(node.start), count: Int(node.length))
        guard node.hasEscapes else { return String(decoding: text, as: UTF8.self) }
        var failure: JSONSyntaxError?
        // An escape is always longer than what it stands for.
        let result = String(unsafeUninitializedCapacity: text.count) { output in
            do throws(JSONSyntaxError) {
                return try unescape(text, into: output, at: Int(node.start))
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return result
    }

    private func unescape(
        _ text: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) throws(JSONSyntaxError) -> Int {
        var (offset, count) = (0, 0)
        while offset < text.count {
            let byte = text[offset]
            guard byte == UInt8(ascii: "\\") else {
                output[count] = byte
                (offset, count) = (offset + 1, count + 1)
                continue
            }
            let kind = text[offset + 1]
            guard kind == UInt8(ascii: "u") else {
                output[count] = Self.unescaped(kind)
                (offset, count) = (offset + 2, count + 1)
                continue
            }
            var value = Self.codeUnit(text, at: offset + 2)
            let place = offset
            offset += 6
            if value & 0xFC00 == 0xD800, offset + 6 <= text.count, text[offset] == UInt8(ascii: "\\"),
                text[offset + 1] == UInt8(ascii: "u"), case let low = Self.codeUnit(text, at: offset + 2), low & 0xFC00 == 0xDC00
            {
                value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
                offset += 6
            }
            guard let scalar = Unicode.Scalar(value) else { throw JSONSyntaxError("half a surrogate pair", at: start + place) }
            for unit in UTF8.encode(scalar).unsafelyUnwrapped {
                output[count] = unit
                count += 1
            }
        }
        return count
    }

    private static func unescaped(_ kind: UInt8) -> UInt8 {
        switch kind {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: kind
        }
    }

    /// Of four digits that the scanner has seen.
    private static func codeUnit(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | (hexDigitValue(text[offset + $1]) ?? 0) }
    }
}

extension JSONDocument {
    func numberText(at index: Int) -> String {
        String(
            decoding: UnsafeBufferPointer(start: bytes + Int(nodes[index].start), count: Int(nodes[index].length)), as: UTF8.self)
    }

    /// Sign and magnitude; nil when there is a fraction or an exponent, or more than 64 bits.
    private func wholeNumber(at index: Int) -> (isNegative: Bool, magnitude: UInt64)? {
        let node = nodes[index]
        guard node.kind == .integer else { return nil }
        let start = bytes + Int(node.start)
        let isNegative = start[0] == UInt8(ascii: "-")
        var magnitude: UInt64 = 0
        for offset in (isNegative ? 1 : 0)..<Int(node.length) {
            let (product, overflows) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carries) = product.addingReportingOverflow(UInt64(start[offset] &- UInt8(ascii: "0")))
            if overflows || carries { return nil }
            magnitude = sum
        }
        return (isNegative, magnitude)
    }

    /// nil when it does not fit. `1.0` and `1e2` are whole numbers, as they are to Foundation.
    /// (A large one with an exponent Foundation may round by way of a double; here it is exact.)
    @inline(__always)
    func integer<Number: FixedWidthInteger>(at index: Int) -> Number? {
        guard let (isNegative, magnitude) = wholeNumber(at: index) else { return integerFromText(numberText(at: index)) }
        if !isNegative { return Number(exactly: magnitude) }
        guard Number.isSigned else { return magnitude == 0 ? 0 : nil }
        guard magnitude <= UInt64(1) << 63 else { return integerFromText(numberText(at: index)) }
        return Number(exactly: Int64(truncatingIfNeeded: 0 &- magnitude))
    }

    /// With a fraction, an exponent, or more than 64 bits: exact, and nil when anything is left behind the point.
    private func integerFromText<Number: FixedWidthInteger>(_ text: String) -> Number? {
        if let number = Number(text) { return number }
        let parts = text.split(maxSplits: 1, whereSeparator: { $0 == "e" || $0 == "E" })
        let point = parts[0].firstIndex(of: ".") ?? parts[0].endIndex
        var digits = parts[0].filter { $0 != "." }
        if digits.allSatisfy({ $0 == "-" || $0 == "0" }) { return 0 }
        // Beyond 2^40 no document is long enough to make a number of this size a whole one again; so near to the ends of
        // `Int` nothing could be added to it either.
        guard parts.count == 2 || text.contains("."), var exponent = parts.count == 2 ? Int(parts[1]) : 0,
            (-1 << 40)...(1 << 40) ~= exponent
        else { return nil }
        exponent -= parts[0][point...].dropFirst().count
        while digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        // No integer has more digits than the 39 of 128 bits.
        guard exponent >= 0, digits.count + exponent <= 41 else { return nil }
        return Number(digits + String(repeating: "0", count: exponent))
    }

    /// Up to 2^53 and powers of ten up to 10^22 a double holds exactly, so that one division or multiplication rounds
    /// once, correctly (Clinger 1990); everything else is the standard library's to read. nil when it is too large.
    func double(at index: Int) -> Double? {
        let node = nodes[index]
        let start = bytes + Int(node.start)
        var digits: UInt64 = 0
        var (count, fraction, offset) = (0, 0, 0)
        var isFraction = false
        let isNegative = start[0] == UInt8(ascii: "-")
        if isNegative { offset = 1 }
        while offset < Int(node.length) {
            let byte = start[offset]
            if isDigit(byte) {
                digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                count += 1
                if isFraction { fraction += 1 }
            } else if byte == UInt8(ascii: ".") {
                isFraction = true
            } else {
                break
            }
            offset += 1
        }
        if offset == Int(node.length), count <= 15 {
            let value = Double(digits) / Self.powersOfTen[fraction]
            return isNegative ? -value : value
        }
        return Double(numberText(at: index)).flatMap { $0.isFinite ? $0 : nil }
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    /// Not by way of a double, which would round twice. nil when it is too large.
    func float(at index: Int) -> Float? {
        Float(numberText(at: index)).flatMap { $0.isFinite ? $0 : nil }
    }
}
