import Foundation
import Testing

@testable import RoostJSON

@Suite("Typed values, beside Foundation's decoder")
struct TypedDecoderTests {
    struct Everything: Decodable, Equatable, Sendable {
        struct Inner: Decodable, Equatable, Sendable {
            var a: Int8?
            var b: [UInt16]?
            var c: [String: [Float]]?
        }
        enum Color: String, Decodable, Sendable { case red, green }
        enum Shape: Decodable, Equatable, Sendable { case circle(radius: Double), empty }

        var text: String
        var list: [String]?
        var map: [String: String]?
        var inner: Inner?
        var inners: [Inner]?
        var color: Color?
        var colors: [Color: Int]?
        var numbers: [Int: Bool]?
        var shape: Shape?
        var date: Date?
        var data: Data?
        var url: URL?
        var decimal: Decimal?
        var uuid: UUID?
        var flag: Bool?
        var double: Double?
        var float: Float?
        var small: UInt8?
        var large: UInt64?
        var huge: Int128?
        var unsigned: UInt128?
        var optionals: [Int?]?
        var nested: [[String: [Int]]]?
    }

    static let members = [
        #""text":"ä\n""#, #""text":7"#, #""text":null"#, #""list":["a","b"]"#, #""list":["a",null]"#, #""list":{}"#,
        #""list":["a",[]]"#,
        #""map":{"a":"b","a":"c","b":"\u0041"}"#, #""map":{"a":1}"#, #""map":{"a":null}"#, #""map":[]"#, #""inner":{"a":127}"#,
        #""inner":{"a":128}"#,
        #""inner":{"a":-128,"b":[0,65535]}"#, #""inner":{"b":[65536]}"#, #""inner":{"b":[1,-1]}"#,
        #""inner":{"c":{"x":[0.1,3.4e38]}}"#,
        #""inner":{"c":{"x":[1,"y"]}}"#, #""inner":[]"#, #""inner":"x""#, #""inners":[{},{"a":1.0},{"a":1e2}]"#,
        #""inners":[{},{"a":1.5}]"#,
        #""inners":[{},null]"#, #""color":"red""#, #""color":"blue""#, #""color":1"#, #""colors":{"a":1}"#,
        #""colors":["red",1]"#,
        #""numbers":{"1":true,"2":false}"#, #""numbers":{"x":true}"#, #""shape":{"circle":{"radius":2}}"#,
        #""shape":{"circle":{}}"#,
        #""shape":{"empty":{}}"#, #""shape":{"square":{}}"#, #""shape":{}"#, #""date":123.456"#, #""date":"2026-01-01""#,
        #""data":"AQI=""#,
        #""data":"???""#, #""data":[1,2]"#, #""url":"https://example.org/a?b=c""#, #""url":7"#, #""decimal":0.1"#,
        #""decimal":12345678901234567890.123456789"#, #""decimal":-1e-5"#, #""decimal":"1""#,
        #""uuid":"8476A536-E9F4-11E8-9739-2DFE598C3FCD""#,
        #""uuid":"x""#, #""flag":true"#, #""flag":0"#, #""flag":"true""#, #""double":1e308"#, #""double":1e309"#,
        #""double":5e-324"#,
        #""double":"1""#, #""double":true"#, #""float":16777217"#, #""float":1e39"#, #""float":0.1"#, #""small":255"#,
        #""small":256"#, #""small":-1"#,
        #""small":-0"#, #""large":18446744073709551615"#, #""large":18446744073709551616"#, #""large":1.8e19"#,
        #""huge":-170141183460469231731687303715884105728"#,
        #""huge":170141183460469231731687303715884105728"#, #""unsigned":340282366920938463463374607431768211455"#,
        #""unsigned":-1"#,
        #""optionals":[1,null,2]"#, #""optionals":[1,"x"]"#, #""nested":[{"a":[1]},{"b":[]}]"#, #""nested":[{"a":[1,"x"]}]"#,
        #""nested":[{"a":{}}]"#, #""nested":null"#,
    ]

    /// Foundation says of a number that does not fit where it is in its text only, of null in place of a bool that its type
    /// is wrong, and of null in place of `Data` that a string is missing.
    private func agree<Value>(_ ours: Outcome<Value>, _ theirs: Outcome<Value>) -> Bool {
        if theirs == .error("data "), case .error(let text) = ours { return text.hasPrefix("data ") }
        if case .error(let text) = ours, text.hasPrefix("value "), case .error = theirs { return true }
        return ours == theirs
    }

    @Test("each member alone, and none: the same value, or an error of the same case at the same place", arguments: members)
    func alone(member: String) {
        for text in [
            "{\(member)}", #"{"text":"","# + "\(member)}", #"{"other":[{}],"# + member + #","text":""}"#, "[{\(member)}]",
        ] {
            let (ours, theirs) = outcomes(Everything.self, Data(text.utf8))
            #expect(agree(ours, theirs), "\(text): \(ours), \(theirs)")
        }
    }

    @Test("members in random company")
    func together() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let some = (0..<8).map { _ in Self.members[Int.random(in: 0..<Self.members.count, using: &generator)] }
            let text = "{\(some.joined(separator: ","))}"
            let (ours, theirs) = outcomes(Everything.self, Data(text.utf8))
            #expect(agree(ours, theirs), "\(text): \(ours), \(theirs)")
        }
    }

    @Test("a value of another type at the top", arguments: ["1", "\"a\"", "null", "true", "[]", "{}", "[1,2]", "1.5", "-1"])
    func top(text: String) {
        func compare<Value: Decodable & Equatable & Sendable>(_ type: Value.Type) {
            let (ours, theirs) = outcomes(type, Data(text.utf8))
            #expect(agree(ours, theirs), "\(text) as \(type)")
        }
        compare(Int.self)
        compare(UInt.self)
        compare(String.self)
        compare(Bool.self)
        compare(Double.self)
        compare([Int].self)
        compare([String].self)
        compare([String: String].self)
        compare([String: Int].self)
        compare(Int?.self)
        compare(Everything.Inner.self)
        compare(Data.self)
        compare(Decimal.self)
    }

    /// What hand-written initializers do with containers.
    struct ByHand: Decodable, Equatable, Sendable {
        var log: [String] = []

        init(from decoder: any Decoder) throws {
            let top = try decoder.container(keyedBy: Tree.Name.self)
            log.append(top.allKeys.map(\.stringValue).sorted().joined(separator: ","))
            log.append("\(top.contains(.init(stringValue: "list")))")
            var list = try top.nestedUnkeyedContainer(forKey: .init(stringValue: "list"))
            while !list.isAtEnd {
                log.append("\(list.currentIndex) of \(list.count ?? -1)")
                if try list.decodeNil() {
                    log.append("nil")
                } else if let number = try? list.decode(Int.self) {
                    log.append("\(number)")
                } else if var inner = try? list.nestedUnkeyedContainer() {
                    log.append("inner \(try inner.decodeIfPresent(String.self) ?? "none") \(inner.isAtEnd)")
                } else {
                    let inner = try list.nestedContainer(keyedBy: Tree.Name.self)
                    log.append(inner.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/"))
                    log.append(try inner.decode(String.self, forKey: .init(stringValue: "a")))
                }
            }
            let parent = try top.superDecoder(forKey: .init(stringValue: "parent"))
            log.append(try parent.singleValueContainer().decode(String.self))
            log.append(try top.superDecoder().singleValueContainer().decode(String.self))
            log.append("\(try top.decodeNil(forKey: .init(stringValue: "none")))")
            log.append("\(try top.decodeIfPresent(UInt8.self, forKey: .init(stringValue: "missing")) as Any)")
        }
    }

    @Test(
        "containers by hand",
        arguments: [
            #"{"list":[1,null,["x"],[],[null],{"a":"b"}],"parent":"p","super":"s","none":null}"#,
            #"{"list":[{"a":1}],"parent":"p","super":"s","none":null}"#, #"{"list":[],"parent":7}"#,
            #"{"list":[],"parent":"p","super":"s"}"#, #"{}"#, #"{"list":{}}"#, #"{"list":["x"]}"#,
        ])
    func byHand(text: String) {
        let (ours, theirs) = outcomes(ByHand.self, Data(text.utf8))
        #expect(agree(ours, theirs), "\(text): \(ours), \(theirs)")
    }
}
