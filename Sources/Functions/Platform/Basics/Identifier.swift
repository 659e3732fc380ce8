#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
import RoostCryptography

/// Ids: new ones that sort by time, and ones that follow from what they name.
package enum Identifier {
    /// A new UUID of version 7 in lower case: 48 bits of milliseconds, then random bits (RFC 9562, 5.7).
    package static func new(at date: Date) -> String {
        let milliseconds = UInt64(bitPattern: date.wholeMilliseconds)
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * $0)) }
        bytes += [UInt8](RandomBytes.make(10))
        bytes[6] = bytes[6] & 0x0f | 0x70
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = Hex.encode(Data(bytes))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    /// Whether a text is a UUID as ``new(at:)`` writes them, of any version.
    package static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 36
            && bytes.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index)
                    ? byte == UInt8(ascii: "-")
                    : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }

    /// An id from a path; what is no id names nothing.
    ///
    /// - Throws: ``PlatformError`` with 404.
    package static func check(_ text: String, of what: String) throws(PlatformError) -> String {
        guard isValid(text) else { throw .notFound(what) }
        return text
    }

    /// The id of one delivery: the first 32 hexadecimal digits of SHA-256 over `<event>|<recipient>|<channel>`.
    ///
    /// The same event makes the same id however often it is processed, so a receiver can see a repetition.
    package static func delivery(event: String, recipient: String, channel: Channel) -> String {
        let digest = SHA256.digest(Data("\(event)|\(recipient)|\(channel.rawValue)".utf8))
        return Hex.encode(digest.prefix(16))
    }

    /// The event that a new message is.
    package static func messageCreated(_ messageID: String) -> String { "message-created:\(messageID)" }

    /// The conversation of a forum.
    package static func conversation(forum forumID: String) -> String { "forum:\(forumID)" }

    /// The conversation of two people, the same from both sides.
    package static func conversation(between first: String, and second: String) -> String {
        "direct:\(min(first, second)):\(max(first, second))"
    }

    /// The shard of a user's presence: the first byte of SHA-256 over the id, modulo 4.
    package static func presenceShard(user userID: String) -> Int {
        Int(SHA256.digest(Data(userID.utf8)).first ?? 0) % presenceShardCount
    }

    package static let presenceShardCount = 4

    /// The shard of a waiting delivery in the index `due`: the first byte of its id, modulo 8.
    package static func dueShard(delivery deliveryID: String) -> String {
        "due#\((Int(deliveryID.prefix(2), radix: 16) ?? 0) % dueShardCount)"
    }

    package static let dueShardCount = 8

    package static var dueShards: [String] { (0..<dueShardCount).map { "due#\($0)" } }
}
