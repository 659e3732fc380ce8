internal import LambdaEvents

/// One value among several of a composite key: its bytes with an end of their own, so that the values one after the other
/// sort as the service sorts them, by the first, then the second, and so on.
///
/// A text or binary value has each 0 byte followed by 255, and ends with 0 and 1: its end sorts before any byte that goes on.
/// A positive number ends with 0, below any digit pair; zero and negative numbers have their end already (`KeyEncoding`).
enum CompositeKeyPart {
    static func bytes(_ value: AttributeValue) throws(StoreError) -> [UInt8] {
        let plain = try KeyAttributes.bytes(value)
        guard case .number = value else { return escaped(plain) + [0, 1] }
        return plain.count > 1 && plain.last != 0xff ? plain + [0] : plain
    }

    /// What the parts of all values that begin with this one begin with.
    static func prefix(_ value: AttributeValue) throws(StoreError) -> [UInt8] { escaped(try KeyAttributes.bytes(value)) }

    private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0) else { return bytes }
        return bytes.flatMap { $0 == 0 ? [0, 0xff] : [$0] }
    }
}
