import Foundation
import LambdaEvents
import Testing

struct JSONValueTests {
    private func decode(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    @Test(
        "each kind of JSON value keeps its kind",
        arguments: [
            ("null", JSONValue.null), ("true", true), ("false", false), ("0", 0), ("1", 1), ("-7", -7), ("1.5", 1.5),
            ("\"1\"", "1"), ("[]", []), ("{}", [:]), ("9223372036854775807", JSONValue.integer(.max)), ("1e2", 100),
            (#"{"a":[1,{"b":null}],"c":"é\n"}"#, ["a": [1, ["b": nil]], "c": "é\n"]),
        ] as [(String, JSONValue)])
    func kinds(text: String, value: JSONValue) throws {
        #expect(try decode(text) == value)
    }

    @Test("accessors answer for their own kind only")
    func accessors() throws {
        let value = try decode(#"{"n":3,"f":3.0,"h":3.5,"s":"3","a":[true,"x"]}"#)
        #expect(value["n"]?.intValue == 3)
        #expect(value["f"]?.intValue == 3)
        #expect(value["h"]?.intValue == nil)
        #expect(value["h"]?.doubleValue == 3.5)
        #expect(value["s"]?.intValue == nil)
        #expect(value["a"]?[0]?.boolValue == true)
        #expect(value["a"]?[2] == nil)
        #expect(value["missing"] == nil)
    }
}
