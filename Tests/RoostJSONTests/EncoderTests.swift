import Foundation
import Testing

@testable import RoostJSON

@Suite("The encoder, beside Foundation's")
struct EncoderTests {
    private func parsed(_ data: Data) throws -> NSObject {
        try #require(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) as? NSObject)
    }

    private func theirs(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return try encoder.encode(value)
    }

    @Test("random documents come out as what Foundation reads back", arguments: 0..<4)
    func random(part: UInt64) throws {
        for seed in part * 100..<(part + 1) * 100 {
            let tree = try JSONDecoder().decode(Tree.self, from: Data(RandomDocument(seed: seed).text.utf8))
            let data = try LeanJSONEncoder().encode(tree)
            #expect(try parsed(data) == parsed(theirs(tree)), "seed \(seed)")
            #expect(try LeanJSONDecoder().decode(Tree.self, from: data) == tree, "seed \(seed)")
        }
    }

    /// One value as its own text: what a list of one element shows of it, beyond the order of members.
    @Test("each kind of value has the text that Foundation gives it")
    func texts() throws {
        func compare<Value: Encodable>(_ value: Value) throws {
            #expect(
                String(decoding: try LeanJSONEncoder().encode(value), as: UTF8.self)
                    == String(decoding: try theirs(value), as: UTF8.self))
        }
        for byte in UInt8.min...UInt8.max { try compare(String(UnicodeScalar(byte)) + "x") }
        for count in 0..<20 { try compare(String(repeating: "a", count: count) + "\"\\\n/") }
        try compare("é\u{2028}😀\u{7F}")
        for number in [0, -0.0, 1, 1.5, -1, 1e15, 1e16, 1e17, 1e100, 5e-324, 0.1, 123_456_789.123, .pi, .greatestFiniteMagnitude]
        {
            try compare(number)
            if number < 1e30 { try compare(Float(number)) }
        }
        for number in [Int64.min, .max, 0, -1, 10, 99, 100] { try compare(number) }
        try compare(UInt64.max)
        try compare([Int8.min, .max])
        try compare([Int128.min, .max])
        try compare(UInt128.max)
        try compare([true, false])
        try compare([nil, 1] as [Int?])
        try compare(nil as String?)
        try compare(Data([0, 255, 3]))
        try compare(URL(string: "https://example.org/a/b?c=d"))
        try compare(Decimal(string: "12345678901234567890.0987654321"))
        try compare(Date(timeIntervalSinceReferenceDate: 123.25))
        try compare(UUID(uuidString: "8476A536-E9F4-11E8-9739-2DFE598C3FCD"))
        try compare(["a": "b/\""])
        try compare(["a": ["b": [1, 2]]])
        try compare([String: String]())
        try compare([String]())
        try compare([Int]())
        try compare([1: "a"])
        try compare(["a", "\n"])
    }

    @Test("members stand in the order in which they are encoded")
    func order() throws {
        struct Answer: Encodable {
            var statusCode = 200, headers = ["a": "b"], body = "x", isBase64Encoded = false
        }
        let text = #"{"statusCode":200,"headers":{"a":"b"},"body":"x","isBase64Encoded":false}"#
        #expect(String(decoding: try LeanJSONEncoder().encode(Answer()), as: UTF8.self) == text)
    }

    /// Encodes as `body` says.
    struct ByHand: Encodable {
        var body: @Sendable (any Encoder) throws -> Void
        func encode(to encoder: any Encoder) throws { try body(encoder) }
    }

    struct Name: CodingKey, ExpressibleByStringLiteral {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringLiteral value: String) { stringValue = value }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    static let shapes: [(name: String, body: @Sendable (any Encoder) throws -> Void)] = [
        (
            "nothing in a member",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                try top.encode(ByHand { _ in }, forKey: "a")
                try top.encode(1, forKey: "b")
            }
        ),
        (
            "empty containers",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                _ = top.nestedContainer(keyedBy: Name.self, forKey: "a")
                _ = top.nestedUnkeyedContainer(forKey: "b")
                try top.encode([Int](), forKey: "c")
            }
        ),
        (
            "a container asked for twice",
            { encoder in
                var first = encoder.container(keyedBy: Name.self)
                try first.encode(1, forKey: "a")
                var second = encoder.container(keyedBy: Name.self)
                try second.encode(2, forKey: "b")
                try first.encode(3, forKey: "c")
            }
        ),
        (
            "nested containers in turns",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                var left = top.nestedContainer(keyedBy: Name.self, forKey: "left")
                var right = top.nestedUnkeyedContainer(forKey: "right")
                try left.encode(1, forKey: "a")
                try right.encode(2)
                try left.encode("x", forKey: "b")
                try right.encode("y")
                try top.encode(true, forKey: "end")
            }
        ),
        (
            "a member twice",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                try top.encode(1, forKey: "same")
                try top.encode(["x": [1]], forKey: "other")
                try top.encode("last", forKey: "same")
            }
        ),
        (
            "the same name at two depths",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                try top.encode(["same": ["same": 1]], forKey: "same")
                var list = top.nestedUnkeyedContainer(forKey: "list")
                for _ in 0..<3 {
                    var inner = list.nestedContainer(keyedBy: Name.self)
                    try inner.encode(list.count, forKey: "same")
                }
            }
        ),
        (
            "an encoder for later",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                let later = top.superEncoder(forKey: "later")
                try top.encode(1, forKey: "a")
                try [1, 2].encode(to: later)
            }
        ),
        (
            "encoders used at once and never",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                try ["x": "y"].encode(to: top.superEncoder())
                _ = top.superEncoder(forKey: "never")
                var list = top.nestedUnkeyedContainer(forKey: "list")
                try 7.encode(to: list.superEncoder())
                _ = list.superEncoder()
            }
        ),
        (
            "an error that is caught",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                try? top.encode(
                    ByHand { encoder in
                        var inner = encoder.container(keyedBy: Name.self)
                        try inner.encode(1, forKey: "half")
                        throw CancellationError()
                    }, forKey: "a")
                try top.encode(2, forKey: "b")
            }
        ),
        (
            "a number that JSON lacks, caught",
            { encoder in
                var list = encoder.unkeyedContainer()
                try list.encode(1)
                try? list.encode(Double.nan)
                try list.encode(2)
            }
        ),
        (
            "many members",
            { encoder in
                var top = encoder.container(keyedBy: Name.self)
                for number in 0..<6000 { try top.encode(number, forKey: Name(stringValue: "name\(number)")) }
            }
        ),
    ]

    @Test("values that encode themselves in unusual ways", arguments: 0..<11)
    func unusual(index: Int) throws {
        let value = ByHand(body: Self.shapes[index].body)
        let data = try LeanJSONEncoder().encode(value)
        #expect(
            try parsed(data) == parsed(theirs(value)),
            "\(Self.shapes[index].name): \(String(decoding: data.prefix(300), as: UTF8.self))")
    }

    @Test("errors have the case and the place that Foundation's have")
    func errors() {
        struct Inner: Encodable { var list: [[String: Double]] }
        struct Outer: Encodable { var before = 1, inner: Inner }
        func place(_ body: () throws -> Data) -> String {
            do {
                return String(decoding: try body(), as: UTF8.self)
            } catch EncodingError.invalidValue(let value, let context) {
                return "\(value) at "
                    + context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
            } catch {
                return "\(error)"
            }
        }
        let values: [any Encodable] = [
            Outer(inner: Inner(list: [["a": 1], ["b\"\n": .infinity]])), Double.nan, [Float.infinity], ByHand { _ in },
            ByHand { _ in throw CancellationError() },
        ]
        for value in values {
            #expect(place { try LeanJSONEncoder().encode(value) } == place { try theirs(value) })
        }
    }

    @Test("a decimal that is no number is refused, where Foundation writes a text that is no JSON")
    func notANumber() {
        struct Price: Encodable { var amount: Decimal }
        #expect(throws: EncodingError.self) { try LeanJSONEncoder().encode(Price(amount: .nan)) }
    }
}
