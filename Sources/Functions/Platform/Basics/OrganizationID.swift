/// The id of an organization: 1 to 40 of `a`-`z`, `0`-`9` and inner `-`. It stands first in every key.
package enum OrganizationID {
    package static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...40).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen else { return false }
        return bytes.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
    }

    /// The id that a name gives: lower case, runs of anything else as one `-`, `Lincoln High, '90` as `lincoln-high-90`.
    ///
    /// Nil if nothing is left, as for a name without any Latin letter or digit.
    package static func slug(of name: String) -> String? {
        var bytes: [UInt8] = []
        for byte in name.lowercased().utf8 {
            if isLetterOrDigit(byte) {
                bytes.append(byte)
            } else if let last = bytes.last, last != hyphen {
                bytes.append(hyphen)
            }
        }
        bytes = Array(bytes.prefix(40))
        while bytes.last == hyphen { bytes.removeLast() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
