import FunctionToolkit
import LambdaEvents
import Testing

struct HTTPRequestTests {
    private struct Input: Decodable, Equatable {
        struct Part: Decodable, Equatable { var size: Int }
        var name: String
        var parts: [Part]?
    }

    private func decode(_ body: String?, type: String? = "application/json", isBase64Encoded: Bool = false) throws -> Input {
        let headers = type.map { ["Content-Type": $0] } ?? [:]
        return try HTTPAPIRequest.test("POST", headers: headers, body: body, isBase64Encoded: isBase64Encoded).decodeJSONBody()
    }

    @Test("a JSON body, plain or in base64, whatever the media type's parameters and case")
    func body() throws {
        #expect(try decode(#"{"name":"ü","parts":[{"size":1}],"more":0}"#) == Input(name: "ü", parts: [.init(size: 1)]))
        #expect(try decode("eyJuYW1lIjoiYSJ9", isBase64Encoded: true) == Input(name: "a"))
        #expect(try decode(#"{"name":"a"}"#, type: "Application/JSON ; charset=utf-8") == Input(name: "a"))
    }

    @Test(
        "another media type, or none, is a 415",
        arguments: [nil, "text/plain", "application/json-patch+json", "application/x-www-form-urlencoded"])
    func mediaType(type: String?) {
        let expected = HTTPBodyError.unsupportedMediaType(expected: "application/json", actual: type)
        #expect(throws: expected) { try decode("{}", type: type) }
        #expect(expected.status == 415)
    }

    @Test("a body that is none is a 400 that says why")
    func malformed() {
        #expect(throws: HTTPBodyError.missing) { try decode(nil) }
        #expect(throws: HTTPBodyError.missing) { try decode("") }
        #expect(throws: HTTPBodyError.malformedJSON) { try decode("{") }
        #expect(throws: HTTPBodyError.malformedJSON) { try decode(#"{"name":"a"} x"#) }
        #expect(throws: HTTPBodyError.invalidBase64) { try decode("*", isBase64Encoded: true) }
        #expect(HTTPBodyError.malformedJSON.status == 400)
    }

    @Test(
        "a field that does not fit is named with its place",
        arguments: [
            (#"{}"#, "name", "This field is required"), (#"{"name":null}"#, "name", "This field must not be null"),
            (#"{"name":5}"#, "name", "This field must be a text"),
            (#"{"name":"a","parts":{}}"#, "parts", "This field must be a list"),
            (#"{"name":"a","parts":[{"size":1},{"size":"x"}]}"#, "parts.1.size", "This field must be a whole number"),
            (#"{"name":"a","parts":[{}]}"#, "parts.0.size", "This field is required"),
            (#"[]"#, "", "This field must be an object"),
        ])
    func fields(body: String, field: String, text: String) {
        #expect(throws: FieldErrors([field: [text]])) { try decode(body) }
    }

    @Test("query parameters apart and decoded")
    func query() {
        let items = HTTPAPIRequest.test(query: "a=1&a=2%2C3&b=x+y%26&c&=d&e==f&").queryItems
        #expect(items.map { "\($0.name)|\($0.value)" } == ["a|1", "a|2,3", "b|x y&", "c|", "|d", "e|=f"])
    }

    @Test("a cookie by its name")
    func cookies() {
        let request = HTTPAPIRequest.test(cookies: ["ab=1", "a=x=y", "a=2", "flag"])
        #expect(request.cookie("a") == "x=y" && request.cookie("flag") == nil && request.cookie("c") == nil)
    }
}
