#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Texts and buffers as DynamoDB compares them: by unsigned bytes.
///
/// Swift's `==` and `<` on strings take canonically equivalent texts for one ("é" composed and decomposed); the service does
/// not, so that no comparison of values may go through them.
enum ByteOrder {
    /// Negative if the left text comes first, 0 if both have the same bytes.
    static func compare(_ left: String, _ right: String) -> Int {
        withBytes(of: left) { left in withBytes(of: right) { right in compare(left, right) } }
    }

    static func compare(_ left: Data, _ right: Data) -> Int {
        left.withUnsafeBytes { left in right.withUnsafeBytes { right in compare(left, right) } }
    }

    static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
        withBytes(of: text) { text in withBytes(of: prefix) { prefix in hasPrefix(text, prefix) } }
    }

    static func hasPrefix(_ data: Data, _ prefix: Data) -> Bool {
        data.withUnsafeBytes { data in prefix.withUnsafeBytes { prefix in hasPrefix(data, prefix) } }
    }

    static func contains(_ text: String, _ part: String) -> Bool {
        withBytes(of: text) { text in withBytes(of: part) { part in contains(text, part) } }
    }

    static func contains(_ data: Data, _ part: Data) -> Bool {
        data.withUnsafeBytes { data in part.withUnsafeBytes { part in contains(data, part) } }
    }

    // MARK: Bytes

    private static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let common = min(left.count, right.count)
        if common > 0, let first = left.baseAddress, let second = right.baseAddress {
            let order = memcmp(first, second, common)
            if order != 0 { return Int(order) }
        }
        return left.count - right.count
    }

    private static func hasPrefix(_ whole: UnsafeRawBufferPointer, _ prefix: UnsafeRawBufferPointer) -> Bool {
        prefix.count <= whole.count && compare(UnsafeRawBufferPointer(rebasing: whole[..<prefix.count]), prefix) == 0
    }

    private static func contains(_ whole: UnsafeRawBufferPointer, _ part: UnsafeRawBufferPointer) -> Bool {
        guard let first = part.first else { return true }
        guard part.count <= whole.count else { return false }
        for start in 0...(whole.count - part.count)
        where whole[start] == first && hasPrefix(UnsafeRawBufferPointer(rebasing: whole[start...]), part) {
            return true
        }
        return false
    }

    private static func withBytes<Result>(of text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        // Every text that this program makes is contiguous; a bridged one is copied.
        if let result = text.utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return result }
        return Array(text.utf8).withUnsafeBytes(body)
    }
}
