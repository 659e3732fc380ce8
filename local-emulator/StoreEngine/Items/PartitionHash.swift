internal import DynamoDBExpressions
internal import LambdaEvents
internal import RoostCryptography

/// Where a partition key's value stands among the others of its table: four bytes before the key's own.
///
/// A scan gives partitions in the order of their hash, and a parallel scan's segments are equal ranges of it, which makes
/// each of them a range of the stored keys. The hash is the service's: MD5 over `Outliers` and the value, as the orders and
/// segments recorded by dynalite's tests against the service show; so is the order of an index's entries with equal keys, by
/// the hash of the table's whole key.
enum PartitionHash {
    static let byteCount = 4
    private static let salt = Array("Outliers".utf8)

    /// - Parameters:
    ///   - values: strings, numbers and binary values, one after the other.
    ///   - room: for how many more bytes the answer is to have room.
    static func prefix(_ values: some Collection<AttributeValue>, room: Int = 0) throws(StoreError) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(64)
        message += salt
        for value in values { message += try bytes(value) }
        do {
            var prefix = try ProtocolDigest.md5(message)
            prefix.removeLast(prefix.count - byteCount)
            prefix.reserveCapacity(byteCount + room)
            return prefix
        } catch {
            throw .internalFailure("libcrypto refuses MD5, by which the store orders partitions")
        }
    }

    private static func bytes(_ value: AttributeValue) throws(StoreError) -> [UInt8] {
        guard case .number(let text) = value else { return try KeyAttributes.bytes(value) }
        return bytes(try RequestExpressions.storeError { () throws(ExpressionError) in try DecimalNumber(parsing: text) })
    }

    /// A number as the service hashes it: a sign and power of 100 in one byte, then base-100 digits plus one; for a negative
    /// number both complemented, with 102 at the end where there is room.
    static func bytes(_ number: DecimalNumber) -> [UInt8] {
        guard !number.isZero else { return [0x80] }
        let places = number.exponent + 1
        let isOdd = places & 1 == 1
        var digits = isOdd ? [UInt8(0)] : []
        digits += String(number.coefficient).utf8.map { $0 - UInt8(ascii: "0") }
        if !digits.count.isMultiple(of: 2) { digits.append(0) }
        let pairs = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        let power = UInt8(truncatingIfNeeded: (places + (isOdd ? 1 : 0)) >> 1 - 64)
        guard number.isNegative else { return [power] + pairs.map { $0 + 1 } }
        return [~power] + pairs.map { 101 - $0 } + (pairs.count < 20 ? [102] : [])
    }
}

/// A part of a parallel scan: an equal share of all hashes.
struct ScanSegment: Sendable, Equatable {
    var number: Int
    var total: Int

    /// The first hash of the segment as stored bytes.
    var lower: [UInt8] { Self.bytes(Self.boundary(number, total)) }
    /// The first hash after the segment; nil for the last one.
    var upper: [UInt8]? { number + 1 == total ? nil : Self.bytes(Self.boundary(number + 1, total)) }

    func contains(_ key: ItemKey) -> Bool {
        !key.hash.lexicographicallyPrecedes(lower) && (upper.map { key.hash.lexicographicallyPrecedes($0) } ?? true)
    }

    private static func boundary(_ number: Int, _ total: Int) -> Int { (number << 32 + total - 1) / total }

    private static func bytes(_ hash: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: hash >> $0) }
    }
}
