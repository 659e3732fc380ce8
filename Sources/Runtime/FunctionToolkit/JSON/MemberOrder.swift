#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The names of an object's members in the order of the text, which decoders do not keep.
///
/// The text must be valid JSON: a decoder has read it before.
struct MemberOrder {
    private let bytes: [UInt8]
    private var position = 0

    init(_ data: Data) {
        bytes = Array(data)
    }

    /// The names in the object at a path of members; empty where there is none. A name that stands there twice counts where it
    /// stands first.
    func names(at path: [String]) -> [String] {
        var scanner = self
        scanner.position = 0
        for name in path {
            guard let member = scanner.members().last(where: { $0.name == name }) else { return [] }
            scanner.position = member.start
        }
        var seen: Set<String> = []
        return scanner.members().map(\.name).filter { seen.insert($0).inserted }
    }

    /// The members of the object that begins here, with where their values begin.
    private mutating func members() -> [(name: String, start: Int)] {
        skipBlanks()
        guard current == UInt8(ascii: "{") else { return [] }
        var members: [(name: String, start: Int)] = []
        position += 1
        skipBlanks()
        while current == UInt8(ascii: "\"") {
            let start = position
            skipString()
            // The literal alone is a document of its own.
            guard let name = try? JSONDecoder().decode(String.self, from: Data(bytes[start..<position])) else { break }
            skipBlanks()
            position += 1
            skipBlanks()
            members.append((name, position))
            skipValue()
            skipBlanks()
            position += 1
            skipBlanks()
        }
        return members
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = current, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func skipString() {
        position += 1
        while let byte = current, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        position += 1
    }

    /// Up to the comma or bracket behind the value.
    private mutating func skipValue() {
        var depth = 0
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                skipString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
                if depth == 0 { return }
                if byte != UInt8(ascii: ",") { depth -= 1 }
            default: break
            }
            position += 1
        }
    }
}
