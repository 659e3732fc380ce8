import Foundation
import Testing

@testable import RoostJSON

/// What a decoder makes of a document: a value, or an error's case and path, which users see of it.
enum Outcome<Value: Equatable & Sendable>: Equatable, Sendable, CustomStringConvertible {
    case value(Value)
    case error(String)

    init(_ body: () throws -> Value) {
        do {
            self = .value(try body())
        } catch let error as DecodingError {
            self = .error(Self.summary(error))
        } catch {
            self = .error("\(error)")
        }
    }

    private static func summary(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "key \(key.stringValue) \(path(context))"
        case .valueNotFound(let type, let context): "value \(type) \(path(context))"
        case .typeMismatch(let type, let context): "type \(type) \(path(context))"
        case .dataCorrupted(let context): "data \(path(context))"
        @unknown default: "\(error)"
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
    }

    var description: String {
        switch self {
        case .value(let value): "\(value)"
        case .error(let text): "error: \(text)"
        }
    }
}

func outcomes<Value: Decodable & Equatable & Sendable>(_ type: Value.Type, _ data: Data) -> (
    ours: Outcome<Value>, theirs: Outcome<Value>
) {
    (Outcome { try LeanJSONDecoder().decode(type, from: data) }, Outcome { try JSONDecoder().decode(type, from: data) })
}

@Suite("The decoder, beside Foundation's")
struct DecoderTests {
    @Test("random documents are the same trees", arguments: 0..<4)
    func random(part: UInt64) {
        for seed in part * 100..<(part + 1) * 100 {
            let text = RandomDocument(seed: seed).text
            let (ours, theirs) = outcomes(Tree.self, Data(text.utf8))
            #expect(ours == theirs, "seed \(seed): \(text)")
        }
    }

    /// The other way round it is not so: Foundation looks at a number or a string when it is asked for, never at those of a
    /// name's second member, and takes a comma after the last member.
    @Test("a damaged document that is taken is read as Foundation reads it", arguments: 0..<4)
    func damage(part: UInt64) {
        for seed in part * 200..<(part + 1) * 200 {
            var document = RandomDocument(seed: seed)
            let data = document.damaged()
            guard let ours = try? LeanJSONDecoder().decode(Tree.self, from: data) else { continue }
            // Foundation reads 1e-400 as the whole number 0.
            if data.contains(UInt8(ascii: "e")), String(decoding: data, as: UTF8.self).contains(/e-[0-9]{3}/) { continue }
            let theirs = try? JSONDecoder().decode(Tree.self, from: data)
            #expect(ours == theirs, "seed \(seed)")
        }
    }

    @Test(
        "what is no JSON is refused",
        arguments: [
            "", " ", "{", "[", "}", "]", "[1,]", "[,1]", "[1 2]", "[1,,2]", "[1", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":}", "{a:1}",
            "{1:1}",
            "{\"a\":1 \"b\":2}", "[}", "{]", "[1}", "01", "-01", "-", "+1", ".5", "1.", "1.e3", "1e", "1e+", "1-2", "0x10", "NaN",
            "Infinity",
            "-Infinity", "tru", "nul", "True", "nulll", "\"", "\"a", "\"\\\"", "\"\\q\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\",
            "\"a\nb\"", "\"a\tb\"", "\"\u{0}\"", "\"\u{1F}\"", "1 2", "{} {}", "[]\u{0}", "// x\n1", "/* */ 1", "'a'",
            "\u{FEFF}\u{FEFF}1",
            "\u{A0}1",
        ])
    func notJSON(text: String) {
        let result = Outcome { try LeanJSONDecoder().decode(Tree.self, from: Data(text.utf8)) }
        #expect(result == .error("data "))
    }

    @Test(
        "a whole number whose exponent is as large as one can be is refused",
        arguments: [
            "1e9223372036854775807", "10e9223372036854775807", "-1e9223372036854775807", "1.5e-9223372036854775808",
            "1e-9223372036854775808", "1e99999999999999999999",
        ])
    func largeExponents(text: String) {
        #expect(Outcome { try LeanJSONDecoder().decode(Int.self, from: Data(text.utf8)) } == .error("data "))
        #expect(Outcome { try LeanJSONDecoder().decode([UInt64].self, from: Data("[\(text)]".utf8)) } == .error("data 0"))
    }

    @Test(
        "zero is zero with any exponent",
        arguments: ["0e9223372036854775807", "-0.0e-9223372036854775808", "0e99999999999999999999"])
    func zeroWithExponent(text: String) throws {
        #expect(try LeanJSONDecoder().decode(Int.self, from: Data(text.utf8)) == 0)
    }

    @Test(
        "bytes that are no UTF-8 are refused (table 3-7 of the Unicode Standard)",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        for filling in 0..<9 {
            let data = Data([0x22] + Array(repeating: 0x61, count: filling) + bytes + [0x22])
            #expect(Outcome { try LeanJSONDecoder().decode(String.self, from: data) } == .error("data "))
        }
    }

    @Test(
        "half a surrogate pair is found where its string is read",
        arguments: ["\\ud800", "\\udc00", "\\ud800\\ud800", "\\ud800a", "\\udc00\\ud800"])
    func surrogates(text: String) {
        let data = Data("{\"a\":[\"\(text)\"]}".utf8)
        #expect(Outcome { try LeanJSONDecoder().decode([String: [String]].self, from: data) } == .error("data a/0"))
        #expect(
            Outcome { try LeanJSONDecoder().decode([String: Int].self, from: Data("{\"\(text)\":1}".utf8)) } == .error("data "))
    }

    @Test("512 levels are decoded, one more is refused")
    func depth() {
        for (depth, isTaken) in [(512, true), (513, false), (1_000_000, false)] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(((try? LeanJSONDecoder().decode(Tree.self, from: Data(text.utf8))) != nil) == isTaken)
        }
        let unclosed = String(repeating: "[{\"a\":", count: 500_000)
        #expect(Outcome { try LeanJSONDecoder().decode(Tree.self, from: Data(unclosed.utf8)) } == .error("data "))
    }

    @Test("a byte order mark is passed over; a slice of data is read from its own beginning")
    func beginnings() throws {
        #expect(try LeanJSONDecoder().decode(Int.self, from: Data("\u{FEFF} 7 ".utf8)) == 7)
        let data = Data("xx[1,2]yy".utf8)
        #expect(try LeanJSONDecoder().decode([Int].self, from: data[2..<7]) == [1, 2])
    }

    @Test("a large object with all its members, and one of them twice, in linear time")
    func largeObject() throws {
        let text = "{" + (0..<100_000).map { "\"name\($0)\":\($0)" }.joined(separator: ",") + ",\"name7\":0}"
        let members = try LeanJSONDecoder().decode([String: Int].self, from: Data(text.utf8))
        #expect(members.count == 100_000)
        #expect(members["name99999"] == 99_999)
        #expect(members["name7"] == 7)
    }
}
