/// Writes a flat JSON object of strings with its names in the order they were added, which `JSONEncoder` does not keep.
struct JSONObjectText {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    mutating func add(_ name: String, _ value: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        addString(name)
        bytes.append(UInt8(ascii: ":"))
        addString(value)
    }

    mutating func add(_ name: String, _ values: [String]) {
        add(name, values) { $0.addString($1) }
    }

    mutating func add(_ name: String, _ objects: [JSONObjectText]) {
        add(name, objects) { $0.bytes += $1.bytes + [UInt8(ascii: "}")] }
    }

    private mutating func add<Value>(_ name: String, _ values: [Value], _ addValue: (inout JSONObjectText, Value) -> Void) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        addString(name)
        bytes += Array(":[".utf8)
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            addValue(&self, value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    var text: String {
        String(decoding: bytes + [UInt8(ascii: "}")], as: UTF8.self)
    }

    /// Escapes what RFC 8259, 7 says must be: the quotation mark, the backslash and what is below U+0020.
    private mutating func addString(_ string: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0..<0x20: bytes += Array("\\u00".utf8) + [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
