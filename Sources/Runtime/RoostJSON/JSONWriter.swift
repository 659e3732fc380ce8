#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Writes a JSON text from its first byte to its last while values encode themselves.
///
/// `Encoder` allows more than that: containers filled in turns, a member encoded twice, an encoder used later. Whoever does
/// so finds ``isOutOfOrder`` set, and what was written is of no use: ``LeanJSONEncoder`` then lets Foundation do it.
/// Belongs to one thread.
final class JSONWriter {
    /// An array or object that has begun and not ended.
    struct Frame {
        var isObject: Bool
        /// Where its bracket stands: nothing else begins there.
        var start: Int
        var count = 0
        /// Where its members' names begin in ``names``.
        var firstName: Int
        /// A bit for each name's hash: most names are seen to be new by it.
        var nameBits: UInt64 = 0
    }

    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int
    private(set) var frames: [Frame] = []
    /// The members' names of the open objects: their places in ``bytes``, as they are written.
    private var names: [Range<Int>] = []
    /// A member's name or an element's comma is written and its value is not.
    private(set) var awaitsValue = true
    private(set) var isOutOfOrder = false

    init(capacity: Int) {
        self.capacity = capacity
        bytes = .allocate(capacity: capacity)
    }

    deinit {
        bytes.deallocate()
    }

    var text: Data { Data(bytes: bytes, count: count) }

    func setOutOfOrder() {
        isOutOfOrder = true
    }

    /// Opens the container that belongs at `position`, or comes back to it. nil, and out of order, when something else
    /// stands there or it has ended.
    ///
    /// - Returns: its place among the open ones.
    func open(isObject: Bool, at position: Int) -> Int? {
        if awaitsValue, position == count {
            awaitsValue = false
            frames.append(Frame(isObject: isObject, start: position, firstName: names.count))
            append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
            return frames.count - 1
        }
        if let place = frames.lastIndex(where: { $0.start == position }), frames[place].isObject == isObject { return place }
        isOutOfOrder = true
        return nil
    }

    /// Ends what is open inside the container of this place, before something is added to that.
    ///
    /// - Returns: false when the container itself has ended.
    private func returnTo(_ place: Int, start: Int) -> Bool {
        guard !isOutOfOrder, place < frames.count, frames[place].start == start else {
            isOutOfOrder = true
            return false
        }
        if awaitsValue { writeEmptyObject() }
        while frames.count - 1 > place { close() }
        return true
    }

    func beginElement(of place: Int, start: Int) {
        guard returnTo(place, start: start) else { return }
        if frames[place].count > 0 { append(UInt8(ascii: ",")) }
        frames[place].count += 1
        awaitsValue = true
    }

    func beginMember(_ name: String, of place: Int, start: Int) {
        guard returnTo(place, start: start) else { return }
        if frames[place].count > 0 { append(UInt8(ascii: ",")) }
        frames[place].count += 1
        let begin = count
        appendString(name)
        noteName(begin..<count, of: place)
        append(UInt8(ascii: ":"))
        awaitsValue = true
    }

    /// More names than this in one object are not compared any more.
    private static let largestCompared = 4096

    private func noteName(_ name: Range<Int>, of place: Int) {
        let first = UInt64(bytes[name.lowerBound + 1])
        let middle = UInt64(bytes[name.lowerBound + name.count / 2])
        let last = UInt64(bytes[name.upperBound - 2])
        let hash = UInt64(name.count) &+ first &* 7 &+ middle &* 13 &+ last &* 31
        let bit: UInt64 = 1 << (hash & 63)
        if frames[place].nameBits & bit != 0 {
            let same = names[frames[place].firstName...].contains { other in
                other.count == name.count && memcmp(bytes + other.lowerBound, bytes + name.lowerBound, name.count) == 0
            }
            if same || frames[place].count > Self.largestCompared { isOutOfOrder = true }
        }
        frames[place].nameBits |= bit
        names.append(name)
    }

    private func close() {
        guard let frame = frames.popLast() else { return }
        names.removeLast(names.count - frame.firstName)
        append(frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }

    /// Ends the value that `body` was given a place for: what it opened is closed; what encodes nothing is `{}`, as it is
    /// to Foundation.
    func finishValue(depth: Int) {
        guard !isOutOfOrder else { return }
        if awaitsValue { writeEmptyObject() }
        while frames.count > depth { close() }
    }

    private func writeEmptyObject() {
        // At the top Foundation throws an error of its own.
        if frames.isEmpty { isOutOfOrder = true }
        awaitsValue = false
        append(UInt8(ascii: "{"))
        append(UInt8(ascii: "}"))
    }

    /// Writes a scalar where a value is awaited.
    @inline(__always)
    func writeValue(_ write: (JSONWriter) -> Void) {
        guard awaitsValue else {
            isOutOfOrder = true
            return
        }
        awaitsValue = false
        write(self)
    }
}

extension JSONWriter {
    @inline(__always)
    func reserve(_ additional: Int) {
        if capacity - count < additional { grow(additional) }
    }

    private func grow(_ additional: Int) {
        capacity = max(capacity * 2, count + additional)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.moveInitialize(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        reserve(1)
        bytes[count] = byte
        count += 1
    }

    /// Digits, signs, words: nothing that would need an escape.
    func appendPlain(_ text: String) {
        var text = text
        text.withUTF8 { appendBytes($0[...]) }
    }

    @inline(__always)
    private func appendBytes(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
        reserve(text.count)
        for (offset, byte) in text.enumerated() { bytes[count + offset] = byte }
        count += text.count
    }

    /// Escapes what RFC 8259, section 7 says must be: quotation mark, backslash, control characters.
    func appendString(_ string: String) {
        var string = string
        string.withUTF8 { text in
            // Six for each byte is the most that it can become.
            reserve(text.count + 2)
            bytes[count] = UInt8(ascii: "\"")
            count += 1
            var offset = 0
            while offset < text.count {
                let plain = plainLength(text, from: offset)
                if plain > 0 {
                    (bytes + count).update(from: text.baseAddress.unsafelyUnwrapped + offset, count: plain)
                    count += plain
                    offset += plain
                }
                if offset < text.count {
                    appendEscape(text[offset])
                    offset += 1
                    reserve(text.count - offset + 1)
                }
            }
            bytes[count] = UInt8(ascii: "\"")
            count += 1
        }
    }

    @inline(__always)
    private func plainLength(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = text.baseAddress else { return 0 }
        var offset = start
        while offset + 8 <= text.count {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
            let quotes = word ^ 0x2222_2222_2222_2222
            let backslashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let found =
                (((quotes &- 0x0101_0101_0101_0101) & ~quotes)
                    | ((backslashes &- 0x0101_0101_0101_0101) & ~backslashes)
                    | ((word &- 0x2020_2020_2020_2020) & ~word)) & 0x8080_8080_8080_8080
            if found != 0 { return offset - start + found.trailingZeroBitCount >> 3 }
            offset += 8
        }
        while offset < text.count, text[offset] >= 0x20, text[offset] != UInt8(ascii: "\""), text[offset] != UInt8(ascii: "\\") {
            offset += 1
        }
        return offset - start
    }

    private func appendEscape(_ byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0..<0x20:
            appendPlain("u00")
            append(Self.hexDigit(byte >> 4))
            append(Self.hexDigit(byte & 15))
        default: append(byte)
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    func appendInteger(_ number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        appendInteger(number.magnitude)
    }

    func appendInteger(_ number: UInt64) {
        reserve(20)
        var (rest, length) = (number, 1)
        while rest > 9 { (rest, length) = (rest / 10, length + 1) }
        rest = number
        for offset in (0..<length).reversed() {
            bytes[count + offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }

    /// As Foundation has it: the shortest digits that give the same number back, without `.0`.
    func appendNumber(_ description: String) {
        appendPlain(description.hasSuffix(".0") ? String(description.dropLast(2)) : description)
    }
}

extension JSONWriter {
    /// The way to the value that is being written, for an error.
    var path: [any CodingKey] {
        frames.enumerated().compactMap { place, frame in
            guard frame.count > 0 else { return nil }
            guard frame.isObject else { return JSONPathKey.element(frame.count - 1) }
            let last = place + 1 < frames.count ? frames[place + 1].firstName - 1 : names.count - 1
            let written = Data(bytes: bytes + names[last].lowerBound, count: names[last].count)
            return JSONPathKey.member((try? JSONDocument(written).string(at: 0)) ?? "")
        }
    }
}
