#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A JSON text and the places of its values, found in one pass: nothing is copied out before a decoder asks for it.
///
/// Owns its bytes, so that a decoder which outlives the call reads no freed memory. Not changed once it is made, apart
/// from the tables of large objects, which belong to the thread that decodes.
final class JSONDocument {
    /// One value or one member's name. An object's nodes are name, value, name, value, …; a value's own nodes follow it.
    struct Node {
        enum Kind: UInt8 {
            case null, `true`, `false`, integer, number, string, array, object
        }

        /// The first byte: of a string, the one after the quotation mark.
        var start: UInt32
        /// In bytes; of an array or an object, in elements or members.
        var length: UInt32
        /// The node after this one and all that it holds.
        var next: UInt32
        /// The array or object that it stands in; its own index at the top.
        var parent: UInt32
        /// Its place there.
        var ordinal: UInt32
        var kind: Kind
        var hasEscapes = false
        var isASCII = true
    }

    /// Followed by ``padding`` zeros.
    let bytes: UnsafeMutablePointer<UInt8>
    let count: Int
    private(set) var nodes: UnsafeMutablePointer<Node>
    private(set) var nodeCount = 0
    private var capacity: Int
    private var tables: [Int: [String: Int]] = [:]

    /// So that eight bytes can be read at any place of the text.
    static let padding = 8

    /// - Throws: ``JSONSyntaxError``.
    init(_ data: Data) throws(JSONSyntaxError) {
        count = data.count
        capacity = count / 12 + 8
        bytes = .allocate(capacity: count + Self.padding)
        data.copyBytes(to: bytes, count: count)
        (bytes + count).initialize(repeating: 0, count: Self.padding)
        nodes = .allocate(capacity: capacity)
        guard count < UInt32.max else { throw JSONSyntaxError("it is longer than 4 GB", at: 0) }
        var scanner = JSONScanner(self)
        try scanner.scan()
    }

    deinit {
        bytes.deallocate()
        nodes.deallocate()
    }

    /// - Returns: its index.
    @inline(__always)
    func append(_ node: Node) -> Int {
        if nodeCount == capacity { grow() }
        (nodes + nodeCount).initialize(to: node)
        nodeCount += 1
        return nodeCount - 1
    }

    private func grow() {
        capacity *= 2
        let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity)
        larger.moveInitialize(from: nodes, count: nodeCount)
        nodes.deallocate()
        nodes = larger
    }

    func isNull(_ index: Int) -> Bool {
        nodes[index].kind == .null
    }

    /// The names and values in their order; of names that come twice, as of all, the first value counts.
    func forEachMember(of object: Int, _ body: (_ name: Int, _ value: Int) throws -> Void) rethrows {
        var name = object + 1
        for _ in 0..<nodes[object].length {
            try body(name, name + 1)
            name = Int(nodes[name + 1].next)
        }
    }

    /// The value of the first member of that name.
    func value(of name: String, in object: Int) -> Int? {
        guard nodes[object].length <= Self.largestListed else { return table(of: object)[name] }
        var name = name
        return name.withUTF8 { wanted in
            var index = object + 1
            for _ in 0..<nodes[object].length {
                if isName(index, wanted) { return index + 1 }
                index = Int(nodes[index + 1].next)
            }
            return nil
        }
    }

    /// Objects with more members are looked up in a table, so that decoding all of a large one stays linear.
    private static let largestListed = 32

    @inline(__always)
    private func isName(_ index: Int, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        let node = nodes[index]
        if node.isASCII, !node.hasEscapes {
            return node.length == wanted.count
                && (wanted.isEmpty || equalBytes(bytes + Int(node.start), wanted.baseAddress.unsafelyUnwrapped, wanted.count))
        }
        // Names compare as Swift's strings do: by what they mean, not by their code units.
        return (try? string(at: index)) == String(decoding: wanted, as: UTF8.self)
    }

    private func table(of object: Int) -> [String: Int] {
        if let table = tables[object] { return table }
        var table = [String: Int](minimumCapacity: Int(nodes[object].length))
        forEachMember(of: object) { name, value in
            // A name that is no Unicode text can be asked for by nobody.
            if let text = try? string(at: name), table[text] == nil { table[text] = value }
        }
        tables[object] = table
        return table
    }
}

@inline(__always)
private func equalBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for offset in 0..<count where left[offset] != right[offset] { return false }
    return true
}

/// Why a text is no JSON, and where.
struct JSONSyntaxError: Error {
    var reason: String
    var offset: Int

    init(_ reason: String, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    func decodingError(_ path: [any CodingKey] = []) -> DecodingError {
        .dataCorrupted(.init(codingPath: path, debugDescription: "not valid JSON: \(reason), at byte \(offset)"))
    }
}
