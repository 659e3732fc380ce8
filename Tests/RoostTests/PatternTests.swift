import LambdaEvents
import Testing

@testable import Roost

@Suite("Patterns of expectations")
struct PatternTests {
    @Test("an object may have more keys than the pattern, an array not more elements")
    func subsets() {
        #expect(Pattern.mismatch(["a": 1], ["a": 1, "b": 2], at: "") == nil)
        #expect(Pattern.mismatch(["list": [1]], ["list": [1, 2]], at: "") == "list: expected 1 elements, got 2: [1,2]")
    }

    @Test(
        "wildcards match by kind",
        arguments: [
            ("<any>", nil, true), ("<string>", "x", true), ("<string>", 1, false), ("<number>", 1.5, true),
            ("<bool>", true, true), ("<array>", [], true), ("<object>", [:], true), ("<object>", [], false),
            ("<uuid>", "0199a3f0-0000-7000-8000-000000000000", true), ("<uuid>", "0199", false),
            ("<matches [0-9]{6}>", "123456", true), ("<matches [0-9]{6}>", "1234567", false),
        ] as [(String, JSONValue, Bool)])
    func wildcards(pattern: String, value: JSONValue, matches: Bool) {
        #expect((Pattern.mismatch(.string(pattern), value, at: "x") == nil) == matches)
    }

    @Test("a difference names its place and both sides")
    func places() {
        let difference = Pattern.mismatch(["error": ["code": "A"]], ["error": ["code": "B"]], at: "body")
        #expect(difference == #"body.error.code: expected "A", got "B""#)
        #expect(Pattern.mismatch(["x": "<absent>"], ["x": nil], at: "") == "x: expected nothing, got null")
        #expect(Pattern.mismatch(["x": 1], [:], at: "") == "x: expected 1, got nothing")
    }
}

@Suite("Variables of steps")
struct VariablesTests {
    @Test("names are replaced everywhere in a document, keys too")
    func substitution() throws {
        var variables = Variables(tables: ["Users": "roost-users"])
        variables.set("id", "42")
        let document: JSONValue = ["${id}": ["a ${id} b", ["${table:Users}"]], "n": 1]
        #expect(try variables.substitute(document) == ["42": ["a 42 b", ["roost-users"]], "n": 1])
    }

    @Test("a time of day wraps around midnight")
    func timeOfDay() throws {
        let variables = Variables(tables: [:], now: .init(timeIntervalSince1970: 30 * 60))
        #expect(try variables.substitute("${utc:-60} ${utc:0} ${utc:120}") == "23:30 00:30 02:30")
    }

    @Test("an unknown name is an error that lists the known ones")
    func unknown() {
        var variables = Variables(tables: [:])
        variables.set("ada", "1")
        let error = #expect(throws: StepError.self) { _ = try variables.substitute("${ben}") }
        #expect(error?.description == "nothing is called ${ben}; known: ada")
    }

    @Test("a value is captured by its path, or by a group of an expression")
    func captures() throws {
        let visible: JSONValue = ["message": ["body": "Your code is 123456."], "items": [["n": 7]]]
        #expect(try Capture.path("items.0.n").value(in: visible) == "7")
        #expect(try Capture.group(path: "message.body", expression: "([0-9]{6})").value(in: visible) == "123456")
        #expect(throws: StepError.self) { _ = try Capture.path("items.1.n").value(in: visible) }
    }
}
