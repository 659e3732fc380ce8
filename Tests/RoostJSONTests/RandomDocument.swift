import Foundation

/// Any JSON document, by way of a coder under test: tells booleans from numbers, whole numbers from others.
enum Tree: Codable, Hashable, Sendable {
    case null, bool(Bool), int(Int64), double(Double), text(String), list([Tree]), members([String: Tree])

    init(from decoder: any Decoder) throws {
        if var container = try? decoder.unkeyedContainer() {
            var list: [Tree] = []
            while !container.isAtEnd { list.append(try container.decode(Tree.self)) }
            self = .list(list)
        } else if let container = try? decoder.container(keyedBy: Name.self) {
            var members: [String: Tree] = [:]
            for key in container.allKeys { members[key.stringValue] = try container.decode(Tree.self, forKey: key) }
            self = .members(members)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .bool(flag)
            } else if let number = try? container.decode(Int64.self) {
                self = .int(number)
            } else if let number = try? container.decode(Double.self) {
                self = .double(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value): try value.encode(to: encoder)
        case .int(let value): try value.encode(to: encoder)
        case .double(let value): try value.encode(to: encoder)
        case .text(let value): try value.encode(to: encoder)
        case .list(let list):
            var container = encoder.unkeyedContainer()
            for element in list { try container.encode(element) }
        case .members(let members):
            var container = encoder.container(keyedBy: Name.self)
            for (name, value) in members { try container.encode(value, forKey: Name(stringValue: name)) }
        }
    }

    struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// The same documents for the same seed: a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

/// Texts of documents: all escapes, all spaces, numbers of every form, names that come twice.
struct RandomDocument {
    private var generator: SeededGenerator
    private(set) var text = ""

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        add(depth: 0)
        space()
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &generator)]
    }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func space() {
        if number(0...3) == 0 { text += pick([" ", "\n", "\t", "\r\n", "  "]) }
    }

    private mutating func add(depth: Int) {
        space()
        switch number(0...(depth > 4 ? 5 : 9)) {
        case 0: text += pick(["null", "true", "false"])
        case 1, 2: text += pick(Self.numbers)
        case 3, 4, 5: addString()
        case 6, 7: addList(depth)
        default: addMembers(depth)
        }
    }

    private static let numbers = [
        "0", "-0", "1", "-1", "12", "9007199254740993", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "1.0", "1.5", "-0.0", "0.1", "1e2", "1E+2", "1e-2",
        "1.7976931348623157e308",
        "5e-324", "123456789.123456789", "0.000001", "1e23", "3.14159265358979", "72057594037927945", "1e15",
        "123456789012345678",
    ]

    private mutating func addString() {
        text += "\""
        for _ in 0..<number(0...12) {
            text += pick([
                "a", "Z", " ", "0", "/", "é", "e\u{301}", "ß", "日本", "😀", "\u{7F}", "\u{2028}", "\\\"", "\\\\", "\\/", "\\b",
                "\\f", "\\n",
                "\\r", "\\t", "\\u0000", "\\u001f", "\\u00e9", "\\uD83D\\uDE00", "\\uffff", "longer text of ASCII only",
                "\\u0041",
            ])
        }
        text += "\""
    }

    private mutating func addList(_ depth: Int) {
        text += "["
        for index in 0..<number(0...5) {
            if index > 0 { text += "," }
            add(depth: depth + 1)
            space()
        }
        space()
        text += "]"
    }

    private mutating func addMembers(_ depth: Int) {
        text += "{"
        for index in 0..<number(0...pick([3, 6, 40])) {
            if index > 0 { text += "," }
            space()
            if number(0...2) == 0 {
                addString()
            } else {
                text += pick(["\"a\"", "\"b\"", "\"name\"", "\"\\u0061\"", "\"é\"", "\"e\u{301}\"", "\"\""])
            }
            space()
            text += ":"
            add(depth: depth + 1)
            space()
        }
        space()
        text += "}"
    }

    /// The document with a few bytes changed, left out or put in.
    mutating func damaged() -> Data {
        var bytes = Array(text.utf8)
        for _ in 0..<number(1...2) where !bytes.isEmpty {
            let place = number(0...(bytes.count - 1))
            let byte = pick(Array("{}[]\",:\\u0123456789eE+-. \u{0}\ntfn".utf8) + [0x80, 0xC0, 0xE2, 0xED, 0xF4, 0xFF, 0x1F])
            switch number(0...3) {
            case 0: bytes[place] = byte
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(byte, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return Data(bytes)
    }
}
