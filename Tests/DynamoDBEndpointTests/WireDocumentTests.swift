import Foundation
import LambdaEvents
import Testing

@testable import DynamoDBEndpoint

@Suite("The tokens of a request's text")
struct WireDocumentTests {
    /// Texts around the borders of the scanner's eight-byte steps, and all of JSON's forms.
    static let samples: [String] =
        [
            "{}", "[]", " [ ] ", "null", "-0.5e+10", #""""#, #"{"a":[1,{"b":[]},"c",null,true,false]}"#,
            #"{"a\u0062c":"\ud83d\ude00 \u00e9 \" \\ \/ \b\f\n\r\t","é":"naïve 🚀"}"#,
            "[\n\t{ \"k\" : [ -1 , 0 , 2.50 , 1E3 ] } ]",
        ] + (0...20).map { "[\"\(String(repeating: "x", count: $0))\\n\(String(repeating: "é", count: $0))\",\"\"]" }

    @Test("say the same as a general parser", arguments: samples)
    func general(text: String) throws {
        let general = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        #expect(Self.plain(try WireDocument(Array(text.utf8)).value) == Self.plain(general))
    }

    @Test("of a text that is cut or changed anywhere are made where a general parser reads it, and nowhere else")
    func hostile() throws {
        var generator = Seeded(state: 4)
        let letters = Array(#"{}[]:,"\u0123abcdefE+-.tn "#.utf8) + [0x00, 0x1F, 0x7F, 0xC3, 0xA9, 0xFF]
        for round in 0..<4000 {
            var bytes = Array(Self.samples[round % Self.samples.count].utf8)
            for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &generator)] = letters.randomElement(using: &generator)!
            }
            if round.isMultiple(of: 5) { bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator))) }
            let general = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            let ours = try? WireDocument(Array(bytes)).value
            // The general one refuses a half of a surrogate pair, and lets NUL pass in places; those are no matter here.
            guard let general, !bytes.contains(0) else { continue }
            #expect(ours.map(Self.plain) == Self.plain(general), "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("take a half of a surrogate pair for U+FFFD, as the service's parser does")
    func surrogates() throws {
        let value = try WireDocument(Array(#"["\ud83d","\ud83dx","\ude00","\ud83d\ud83d\ude00"]"#.utf8)).value
        guard case .array(let elements) = value else {
            Issue.record("no array")
            return
        }
        #expect(Array(elements) == [.string("\u{FFFD}"), .string("\u{FFFD}x"), .string("\u{FFFD}"), .string("\u{FFFD}😀")])
    }

    @Test("keep the last of two members of one name, for look-ups and in the order of the first")
    func duplicates() throws {
        guard case .object(let members) = try WireDocument(Array(#"{"a":1,"b":2,"\u0061":3}"#.utf8)).value else {
            Issue.record("no object")
            return
        }
        #expect(members["a"] == .number("3"))
        #expect(members.map(\.key) == ["a", "b"])
        #expect(members.map(\.value) == [.number("3"), .number("2")])
    }

    @Test("give attribute values as a general decoder does")
    func attributes() throws {
        let text = """
            {"s":{"S":"a\\n😀"},"n":{"N":"-1.50"},"b":{"B":"AAH/"},"t":{"BOOL":true},"z":{"NULL":true},
             "l":{"L":[{"S":""},{"M":{"k":{"L":[]}}}]},"ss":{"SS":["a","b"]},"ns":{"NS":["1","2"]},"bs":{"BS":["AA==","/w=="]}}
            """
        guard case .object(let members) = try WireDocument(Array(text.utf8)).value else {
            Issue.record("no object")
            return
        }
        var wire = AttributeValueWire()
        let general = try JSONDecoder().decode(AttributeMap.self, from: Data(text.utf8))
        #expect(try wire.attributes(members) == general)
        #expect(wire.mistake == nil)
    }

    /// A text that two values share if they are the same; numbers by their value, for the general parser keeps no text.
    private static func plain(_ value: WireValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let text): "\(Double(text) ?? .nan)"
        case .string(let text): "\"\(Array(text.utf8))"
        case .array(let elements): "[" + elements.map(plain).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\(Array($0.key.utf8)):" + plain($0.value) }.sorted().joined(separator: ",") + "}"
        }
    }

    private static func plain(_ value: Any) -> String {
        switch value {
        case is NSNull: "null"
        case let text as String: "\"\(Array(text.utf8))"
        case let flag as Bool where "\(type(of: value))".contains("Bool"): "\(flag)"
        case let number as NSNumber: "\(number.doubleValue)"
        case let elements as [Any]: "[" + elements.map(plain).joined(separator: ",") + "]"
        case let members as [String: Any]:
            "{" + members.map { "\(Array($0.key.utf8)):" + plain($0.value) }.sorted().joined(separator: ",") + "}"
        default: "?"
        }
    }

    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
        }
    }
}
