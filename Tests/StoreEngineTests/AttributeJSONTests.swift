import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("The stored form of an item")
struct AttributeJSONTests {
    static let item: AttributeMap = [
        "s": .string("quote \" slash \\ line \n tab \t bell \u{7} naïve 🚀 /"),
        "": .string(""),
        "n": .number("-12345678901234567890.123456789012345678"),
        "b": .binary(Data([0, 1, 254, 255])), "empty": .binary(Data()),
        "t": .bool(true), "f": .bool(false), "null": .null,
        "l": .list([.string("a"), .list([]), .map([:])]),
        "m": .map(["k\"": .map(["deep": .number("1")])]),
        "ss": .stringSet(["a", "b\n"]), "ns": .numberSet(["1", "2"]), "bs": .binarySet([Data([1]), Data([2, 3])]),
    ]

    @Test("is JSON that a general decoder reads as the same item")
    func generalDecoder() throws {
        let json = AttributeJSONWriter.item(Self.item)
        #expect(try JSONDecoder().decode(AttributeMap.self, from: Data(json)) == Self.item)
    }

    @Test("reads back as what was written")
    func reader() throws {
        #expect(try AttributeJSONReader.item(AttributeJSONWriter.item(Self.item)) == Self.item)
        #expect(try AttributeJSONReader.item(Array("{}".utf8)).isEmpty)
    }

    @Test("has one text for one item, with names in order")
    func text() {
        let json = AttributeJSONWriter.item(["b": .number("1"), "a": .string("x"), "c": .bool(true)])
        #expect(String(decoding: json, as: UTF8.self) == #"{"a":{"S":"x"},"b":{"N":"1"},"c":{"BOOL":true}}"#)
    }

    @Test(
        "a cut or foreign text is answered as damage",
        arguments: [
            "", "{", #"{"a""#, #"{"a":{"S":"x"}"#, #"{"a":{"S":"x}"#, #"{"a":{"X":"x"}}"#, #"{"a":{"S":"\u00"#,
            #"{"a":{"B":"?"}}"#,
        ])
    func damage(text: String) {
        let error = #expect(throws: StoreError.self) { try AttributeJSONReader.item(Array(text.utf8)) }
        #expect(error?.code == "InternalServerError")
    }
}
