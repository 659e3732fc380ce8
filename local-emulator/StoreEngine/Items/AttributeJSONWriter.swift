package import LambdaEvents

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Writes attribute values as DynamoDB's JSON. One text for one value: names in one order, no white space.
package enum AttributeJSONWriter {
    package static func item(_ attributes: AttributeMap) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(64 * attributes.count + 2)
        append(attributes, to: &out)
        return out
    }

    private static func append(_ attributes: AttributeMap, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        var isFirst = true
        for (name, value) in attributes.inOrder {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            append(text: name, to: &out)
            out.append(UInt8(ascii: ":"))
            append(value, to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }

    private static func append(_ value: AttributeValue, to out: inout [UInt8]) {
        out.append(contentsOf: "{\"".utf8)
        out.append(contentsOf: value.descriptor.rawValue.utf8)
        out.append(contentsOf: "\":".utf8)
        switch value {
        case .string(let text), .number(let text): append(text: text, to: &out)
        case .binary(let data): append(binary: data, to: &out)
        case .bool(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
        case .null: out.append(contentsOf: "true".utf8)
        case .list(let values): append(list: values, to: &out) { append($0, to: &$1) }
        case .map(let values): append(values, to: &out)
        case .stringSet(let texts), .numberSet(let texts): append(list: texts, to: &out) { append(text: $0, to: &$1) }
        case .binarySet(let values): append(list: values, to: &out) { append(binary: $0, to: &$1) }
        }
        out.append(UInt8(ascii: "}"))
    }

    private static func append<T>(list: [T], to out: inout [UInt8], _ element: (T, inout [UInt8]) -> Void) {
        out.append(UInt8(ascii: "["))
        var isFirst = true
        for value in list {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            element(value, &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    private static func append(binary: Data, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        out.append(contentsOf: binary.base64EncodedData())
        out.append(UInt8(ascii: "\""))
    }

    package static func append(text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            if utf8.contains(where: needsEscape) {
                for byte in utf8 { append(escaping: byte, to: &out) }
            } else {
                out.append(contentsOf: utf8)
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    /// RFC 8259, section 7: the quotation mark, the reverse solidus and the control characters.
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func append(escaping byte: UInt8, to out: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(contentsOf: [UInt8(ascii: "\\"), byte])
        case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\r"): out.append(contentsOf: "\\r".utf8)
        case UInt8(ascii: "\t"): out.append(contentsOf: "\\t".utf8)
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            out.append(contentsOf: "\\u00".utf8)
            out.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        default: out.append(byte)
        }
    }
}
