#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents

/// A request's JSON text with the list of its tokens. Values are made of it when they are asked for, and not before.
final class WireDocument: Sendable {
    let bytes: [UInt8]
    let tokens: [WireToken]

    /// - Throws: ``WireParser/Malformed`` for what is no JSON.
    init(_ body: [UInt8]) throws(WireParser.Malformed) {
        bytes = body
        tokens = try WireParser.tokens(body)
    }

    var value: WireValue { value(at: 0) }

    func value(at index: Int) -> WireValue {
        let token = tokens[index]
        switch token.kind {
        case .null: return .null
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .number: return .number(String(decoding: bytes[token.range], as: UTF8.self))
        case .plainString, .escapedString: return .string(text(of: token))
        case .array: return .array(WireArray(document: self, index: index))
        case .object: return .object(WireObject(document: self, index: index))
        }
    }

    /// How many objects and arrays stand in each other at the deepest place; counted anew each time.
    var depth: Int {
        var deepest = 0
        var ends: [UInt32] = []
        for (index, token) in tokens.enumerated() {
            while let end = ends.last, end <= index { ends.removeLast() }
            guard token.kind == .object || token.kind == .array else { continue }
            ends.append(token.next)
            deepest = max(deepest, ends.count)
        }
        return deepest
    }

    /// A string's text, its escapes resolved.
    func text(of token: WireToken) -> String {
        bytes.withUnsafeBufferPointer { WireText.string($0, token) }
    }
}

/// The members of a JSON object. Of a name that comes twice the last value counts.
struct WireObject: Sequence, Equatable {
    let document: WireDocument
    let index: Int

    /// The member's value; nil when there is none of that name.
    subscript(name: String) -> WireValue? {
        var found: Int?
        var name = name
        name.withUTF8 { name in
            document.bytes.withUnsafeBufferPointer { bytes in
                forEachMember { key, value in
                    if document.tokens[key].isNamed(name, in: bytes) { found = value }
                }
            }
        }
        return found.map(document.value(at:))
    }

    /// In the order in which the names came first.
    func makeIterator() -> [(key: String, value: WireValue)].Iterator {
        var members: [(key: String, value: WireValue)] = []
        var positions: NameMap<Int> = [:]
        forEachMember { key, value in
            let member = (key: document.text(of: document.tokens[key]), value: document.value(at: value))
            if let position = positions[member.key] {
                members[position].value = member.value
            } else {
                positions[member.key] = members.count
                members.append(member)
            }
        }
        return members.makeIterator()
    }

    var isEmpty: Bool { document.tokens[index].next == UInt32(index + 1) }

    private func forEachMember(_ body: (_ key: Int, _ value: Int) -> Void) {
        let end = Int(document.tokens[index].next)
        var key = index + 1
        while key < end {
            body(key, key + 1)
            key = Int(document.tokens[key + 1].next)
        }
    }

    static func == (left: WireObject, right: WireObject) -> Bool {
        left.document === right.document && left.index == right.index
    }
}

/// The elements of a JSON array.
struct WireArray: Sequence, Equatable {
    let document: WireDocument
    let index: Int

    func makeIterator() -> AnyIterator<WireValue> {
        let end = Int(document.tokens[index].next)
        var position = index + 1
        return AnyIterator {
            guard position < end else { return nil }
            defer { position = Int(document.tokens[position].next) }
            return document.value(at: position)
        }
    }

    static func == (left: WireArray, right: WireArray) -> Bool {
        left.document === right.document && left.index == right.index
    }
}

extension WireToken {
    func isNamed(_ name: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard kind == .plainString else { return WireText.string(bytes, self).utf8.elementsEqual(name) }
        return Int(end - start) == name.count && bytes[range].elementsEqual(name)
    }
}
