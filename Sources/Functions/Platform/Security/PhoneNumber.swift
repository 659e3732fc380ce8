/// A phone number in E.164: `+`, then 8 to 15 digits of which the first is not 0.
///
/// Source: ITU-T E.164, 6.2.1 (15 digits at most, country codes begin with 1 to 9). The shortest numbers in use abroad
/// have 8 digits with their country code. Spaces, dots, dashes and parentheses are what people write between the digits.
package struct PhoneNumber: Sendable, Hashable {
    package let text: String

    /// Nil if it is no number with its country code.
    package init?(_ written: String) {
        var digits: [UInt8] = []
        let bytes = Array(written.utf8)
        guard bytes.count <= 32, bytes.first == UInt8(ascii: "+") else { return nil }
        for byte in bytes.dropFirst() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte)
            case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"): continue
            default: return nil
            }
        }
        guard (8...15).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        text = "+" + String(decoding: digits, as: UTF8.self)
    }
}
