/// A mail address, `local@domain`: the dot-atom form of RFC 5322, 3.4.1, with a domain of two labels or more.
///
/// Quoted local parts and address literals are refused: nobody's mail goes there, and much software stumbles on them.
/// Lengths: 64 before the `@`, 254 in all (RFC 5321, 4.5.3.1), labels of 1 to 63.
package struct EmailAddress: Sendable, Hashable {
    /// The domain in lower case; the local part as written.
    package let text: String

    /// What two spellings of one address share: lower case throughout.
    package var canonical: String { text.lowercased() }

    package init?(_ written: String) {
        let bytes = Array(written.utf8)
        guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
        guard (1...64).contains(local.count), Self.isDotAtom(local), Self.isDomain(domain) else { return nil }
        text = String(decoding: local, as: UTF8.self) + "@" + String(decoding: domain, as: UTF8.self).lowercased()
    }

    private static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
        }
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let hyphen = UInt8(ascii: "-")
        guard labels.count >= 2, let last = labels.last, !last.allSatisfy({ (48...57).contains($0) }) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xdf) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
