#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A time zone, read from a TZif file: what a static binary's Foundation cannot give.
///
/// Source: RFC 9636, "The Time Zone Information Format (TZif)".
public struct TimeZoneRules: Sendable, Equatable {
    struct Transition: Sendable, Equatable {
        /// Seconds since 1970 from which `offset` holds.
        var at: Int64
        var offset: Int
    }

    var transitions: [Transition]
    /// What holds before the first transition.
    var firstOffset: Int
    /// What holds after the last one; nil where the file says nothing of it.
    var tail: PosixTimeZone?

    public static let utc = TimeZoneRules(transitions: [], firstOffset: 0, tail: nil)

    /// Seconds east of UTC at a moment, in seconds since 1970.
    public func offsetSeconds(at moment: Int64) -> Int {
        guard let last = transitions.last else { return tail?.offset(at: moment) ?? firstOffset }
        if moment >= last.at, let tail { return tail.offset(at: moment) }
        // The last transition at or before the moment, by bisection.
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].at <= moment { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : transitions[low - 1].offset
    }

    /// The moment at which clocks show a local time. Of two such moments it is the earlier one; a local time that clocks
    /// skip is taken as if they had not yet been put forward.
    public func utcSeconds(local: Int64) -> Int64 {
        let before = offsetSeconds(at: local - 86_400)
        let after = offsetSeconds(at: local + 86_400)
        for offset in [before, after] where offsetSeconds(at: local - Int64(offset)) == offset {
            return local - Int64(offset)
        }
        return local - Int64(before)
    }
}

extension TimeZoneRules {
    /// Reads a whole file of version 2 or later; nil if it is not one.
    public init?(tzif data: Data) {
        var reader = TZifReader(bytes: [UInt8](data))
        guard let first = reader.header(), first.version >= UInt8(ascii: "2") else { return nil }
        reader.skip(first.bodyLength(timeSize: 4))
        guard let header = reader.header(), let body = reader.body(header) else { return nil }
        self.init(transitions: body.transitions, firstOffset: body.firstOffset, tail: reader.footer().flatMap(PosixTimeZone.init))
    }
}

/// Walks through the bytes of a TZif file.
private struct TZifReader {
    struct Header {
        var version: UInt8
        var isUTCount: Int
        var isStandardCount: Int
        var leapCount: Int
        var timeCount: Int
        var typeCount: Int
        var characterCount: Int

        func bodyLength(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + isStandardCount + isUTCount
        }
    }

    var bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func skip(_ count: Int) {
        position += count
    }

    /// Section 3.1: magic, version, 15 reserved bytes, six counts.
    mutating func header() -> Header? {
        guard position >= 0, bytes.count - position >= 44, Array(bytes[position..<position + 4]) == Array("TZif".utf8) else {
            return nil
        }
        let version = bytes[position + 4]
        let counts = (0..<6).map { Int(big(at: position + 20 + 4 * $0, size: 4)) }
        position += 44
        return Header(
            version: version, isUTCount: counts[0], isStandardCount: counts[1], leapCount: counts[2], timeCount: counts[3],
            typeCount: counts[4], characterCount: counts[5])
    }

    /// Section 3.2, with times of 8 bytes.
    mutating func body(_ header: Header) -> (transitions: [TimeZoneRules.Transition], firstOffset: Int)? {
        let start = position
        guard bytes.count - start >= header.bodyLength(timeSize: 8), header.typeCount > 0 else { return nil }
        let indexes = start + header.timeCount * 8
        let types = indexes + header.timeCount
        let offsets = (0..<header.typeCount).map { Int(Int32(truncatingIfNeeded: big(at: types + 6 * $0, size: 4))) }
        var transitions: [TimeZoneRules.Transition] = []
        for index in 0..<header.timeCount {
            let type = Int(bytes[indexes + index])
            guard offsets.indices.contains(type) else { return nil }
            transitions.append(.init(at: Int64(bitPattern: big(at: start + 8 * index, size: 8)), offset: offsets[type]))
        }
        position += header.bodyLength(timeSize: 8)
        return (transitions, offsets[0])
    }

    /// Section 3.3: a POSIX time zone text between two newlines; empty where the zone has no rule.
    mutating func footer() -> String? {
        let newline = UInt8(ascii: "\n")
        guard position < bytes.count, bytes[position] == newline,
            let end = bytes[(position + 1)...].firstIndex(of: newline)
        else { return nil }
        return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
    }

    private func big(at start: Int, size: Int) -> UInt64 {
        bytes[start..<start + size].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
