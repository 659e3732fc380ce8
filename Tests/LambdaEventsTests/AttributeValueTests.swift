import Foundation
import LambdaEvents
import Testing

struct AttributeValueTests {
    private func decode(_ text: String) throws -> AttributeValue {
        try JSONDecoder().decode(AttributeValue.self, from: Data(text.utf8))
    }

    @Test(
        "each wire form is its type, and is written back as it came",
        arguments: [
            (#"{"S":"text"}"#, AttributeValue.string("text")),
            (#"{"N":"12345678901234567890123456789012345678"}"#, .number("12345678901234567890123456789012345678")),
            (#"{"B":"AAEqQQ=="}"#, .binary(Data([0, 1, 0x2A, 0x41]))),
            (#"{"BOOL":false}"#, .bool(false)),
            (#"{"NULL":true}"#, .null),
            (#"{"L":[{"S":"a"},{"N":"1"}]}"#, .list([.string("a"), .number("1")])),
            (#"{"M":{"a":{"L":[]}}}"#, .map(["a": .list([])])),
            (#"{"SS":["a","b"]}"#, .stringSet(["a", "b"])),
            (#"{"NS":["1","2.5"]}"#, .numberSet(["1", "2.5"])),
            (#"{"BS":["AA==","AQ=="]}"#, .binarySet([Data([0]), Data([1])])),
        ])
    func wireForms(text: String, value: AttributeValue) throws {
        #expect(try decode(text) == value)
        #expect(String(decoding: try JSONEncoder().encode(value), as: UTF8.self) == text)
    }

    @Test(
        "what is no attribute value is refused",
        arguments: [
            "{}", #"{"S":"a","N":"1"}"#, #"{"NULL":false}"#, #"{"N":1}"#, #"{"B":"*"}"#, #""text""#, #"{"X":"a"}"#,
        ])
    func refused(text: String) {
        #expect(throws: DecodingError.self) { try decode(text) }
    }
}
