internal import LambdaEvents

/// A JSON document as text, the members of each object in the order of their names' code points, so that equal documents
/// have equal texts.
enum JSONText {
    enum Style {
        /// No blanks, UTF-8 as it is.
        case compact
        /// Byte for byte what Python's `json.dumps(document, sort_keys=True)` gives: a blank after commas and colons, and
        /// everything but printable ASCII escaped.
        case python
    }

    static func write(_ value: JSONValue, _ style: Style = .compact) -> String {
        var bytes: [UInt8] = []
        write(value, style, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ value: JSONValue, _ style: Style, into bytes: inout [UInt8]) {
        switch value {
        case .null: bytes += Array("null".utf8)
        case .bool(let flag): bytes += Array((flag ? "true" : "false").utf8)
        case .integer(let number): bytes += Array(String(number).utf8)
        case .number(let number): bytes += Array(text(of: number).utf8)
        case .string(let text): write(text, style, into: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { separate(",", style, into: &bytes) }
                write(element, style, into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { separate(",", style, into: &bytes) }
                write(member.key, style, into: &bytes)
                separate(":", style, into: &bytes)
                write(member.value, style, into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func separate(_ mark: Unicode.Scalar, _ style: Style, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: mark))
        if style == .python { bytes.append(UInt8(ascii: " ")) }
    }

    private static func write(_ text: String, _ style: Style, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": bytes += [UInt8(ascii: "\\"), UInt8(ascii: scalar)]
            case "\n": bytes += Array("\\n".utf8)
            case "\r": bytes += Array("\\r".utf8)
            case "\t": bytes += Array("\\t".utf8)
            case "\u{8}": bytes += Array("\\b".utf8)
            case "\u{c}": bytes += Array("\\f".utf8)
            case " "..."~": bytes.append(UInt8(ascii: scalar))
            default:
                if style == .python || scalar.value < 0x20 {
                    for unit in String(scalar).utf16 { escape(unit, into: &bytes) }
                } else {
                    bytes += Array(String(scalar).utf8)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ unit: UInt16, into bytes: inout [UInt8]) {
        bytes += Array("\\u".utf8)
        for shift in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> UInt16(shift)) & 15]) }
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// The shortest digits that give the number again, laid out as Python does: with an exponent below 1e-4 and from 1e16 on.
    /// JSON has no form for what is not finite: null, as JavaScript writes it.
    private static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        guard number != 0 else { return number.sign == .minus ? "-0.0" : "0.0" }
        let parts = number.magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        var digits = Array((mantissa[0] + (mantissa.count > 1 ? mantissa[1] : "")).utf8)
        // The place of the first digit, as a power of ten.
        var exponent = mantissa[0].utf8.count - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let sign = number < 0 ? "-" : ""
        guard (-4..<16).contains(exponent) else {
            let fraction = digits.count > 1 ? "." + String(decoding: digits.dropFirst(), as: UTF8.self) : ""
            let power = String(abs(exponent))
            return sign + String(decoding: digits.prefix(1), as: UTF8.self) + fraction + (exponent < 0 ? "e-" : "e+")
                + (power.utf8.count < 2 ? "0" : "") + power
        }
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + String(decoding: digits, as: UTF8.self)
        }
        let zeros = max(0, exponent + 1 - digits.count)
        let whole = String(decoding: digits.prefix(exponent + 1), as: UTF8.self) + String(repeating: "0", count: zeros)
        let fraction = String(decoding: digits.dropFirst(exponent + 1), as: UTF8.self)
        return "\(sign)\(whole).\(fraction.isEmpty ? "0" : fraction)"
    }
}
