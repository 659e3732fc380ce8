/// The bytes of a line in the making.
struct LogLineWriter {
    var bytes: [UInt8] = []
    let redaction: LogRedaction

    init(redaction: LogRedaction) {
        self.redaction = redaction
        bytes.reserveCapacity(256)
    }

    mutating func byte(_ byte: UInt8) {
        bytes.append(byte)
    }

    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// `,"name":"text"`; the name needs no escapes.
    mutating func field(_ name: StaticString, _ text: String) {
        fieldName(name)
        string(text)
    }

    mutating func redactedField(_ name: StaticString, _ text: String) {
        fieldName(name)
        string(redaction.redacted(text))
    }

    /// As it is: a function's signature may look like a secret, but code holds none.
    mutating func stackTrace(_ frames: [String]) {
        fieldName("stackTrace")
        byte(UInt8(ascii: "["))
        for (index, frame) in frames.enumerated() {
            if index > 0 { byte(UInt8(ascii: ",")) }
            string(frame)
        }
        byte(UInt8(ascii: "]"))
    }

    private mutating func fieldName(_ name: StaticString) {
        byte(UInt8(ascii: ","))
        byte(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        byte(UInt8(ascii: "\""))
        byte(UInt8(ascii: ":"))
    }

    /// A value as JSON, what is personal or secret in its strings replaced.
    mutating func value(_ value: LogValue) {
        switch value {
        case .null: raw("null")
        case .bool(let value): raw(value ? "true" : "false")
        case .integer(let value): raw(String(value))
        // JSON has no such numbers (RFC 8259, 6).
        case .number(let value): value.isFinite ? raw(String(value)) : string(String(value))
        case .string(let value): string(redaction.redacted(value))
        case .array(let values):
            byte(UInt8(ascii: "["))
            for (index, element) in values.enumerated() {
                if index > 0 { byte(UInt8(ascii: ",")) }
                self.value(element)
            }
            byte(UInt8(ascii: "]"))
        case .object(let members):
            byte(UInt8(ascii: "{"))
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { byte(UInt8(ascii: ",")) }
                string(member.key)
                byte(UInt8(ascii: ":"))
                self.value(redaction.isSensitive(name: member.key) ? .string(LogRedaction.replacement) : member.value)
            }
            byte(UInt8(ascii: "}"))
        }
    }

    /// A value behind `name=`: a string bare where it cannot be mistaken for more than one.
    mutating func textValue(_ value: LogValue) {
        guard case .string(let text) = value else { return self.value(value) }
        let redacted = redaction.redacted(text)
        let isBare =
            !redacted.isEmpty
            && redacted.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") && $0 != 0x7F }
        isBare ? raw(redacted) : string(redacted)
    }

    /// A JSON string. Escapes what RFC 8259, 7 says must be: the quotation mark, the backslash and what is below U+0020.
    mutating func string(_ text: String) {
        byte(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated() where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: utf8[start..<index])
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        byte(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0..<0x20:
            raw("u00")
            bytes.append(Self.hexDigit(byte >> 4))
            bytes.append(Self.hexDigit(byte & 15))
        default: bytes.append(byte)
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
