import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Attribute value validation")
struct AttributeValueValidationTests {
    @Test("numbers become their plain form wherever they stand")
    func normalForm() throws {
        let item: AttributeMap = [
            "n": .number("1.50e1"), "l": .list([.number("007")]), "m": .map(["x": .numberSet(["1.0", "2e1"])]), "s": .string(""),
        ]
        #expect(
            try AttributeValueValidation.normalized(item) == [
                "n": .number("15"), "l": .list([.number("7")]), "m": .map(["x": .numberSet(["1", "20"])]), "s": .string(""),
            ])
    }

    static let refused: [(AttributeValue, String)] = [
        (.stringSet([]), "One or more parameter values were invalid: An string set  may not be empty"),
        (.numberSet([]), "One or more parameter values were invalid: An number set  may not be empty"),
        (.binarySet([]), "One or more parameter values were invalid: Binary sets should not be empty"),
        (
            .stringSet(["c", "a", "c", "b"]),
            #"One or more parameter values were invalid: Input collection ["a", "c", "c", "b"] contains duplicates."#
        ),
        (.numberSet(["1", "1.0"]), "One or more parameter values were invalid: Input collection contains duplicates."),
        (
            .binarySet([Data([255]), Data([0]), Data([0])]),
            #"One or more parameter values were invalid: Input collection ["AA==","/w==","AA=="]of type BS contains duplicates."#
        ),
        (.map(["a": .null, "": .null]), "Empty attribute name"),
        (
            .map([String(repeating: "n", count: 65_536): .null]),
            "One or more parameter values were invalid: Attribute name is too large, must be less than 65536 bytes"
        ),
        (.map(["a": .list([.number("x")])]), "The parameter cannot be converted to a numeric value: x"),
    ]

    @Test("broken values are refused with the service's text", arguments: refused)
    func refusals(value: AttributeValue, message: String) {
        #expect(throws: ExpressionError(message)) { try AttributeValueValidation.normalized(value) }
    }

    @Test("the older wording shows a set as it was sent")
    func olderWording() {
        let refused: [(AttributeValue, String)] = [
            (
                .stringSet(["b", "a", "b"]),
                "One or more parameter values were invalid: Input collection [b, a, b] contains duplicates."
            ),
            (.numberSet(["2", "1", "2"]), "Input collection contains duplicates"),
            (
                .binarySet([Data([255]), Data([0]), Data([0])]),
                "One or more parameter values were invalid: Input collection [/w==, AA==, AA==]of type BS contains duplicates."
            ),
        ]
        for (value, message) in refused {
            #expect(throws: ExpressionError(message)) { try AttributeValueValidation.normalized(value, wording: .older) }
        }
    }

    @Test("sets come into order: texts and binaries by bytes, numbers by value")
    func order() throws {
        #expect(
            try AttributeValueValidation.normalized(.stringSet(["b", "", "\u{E9}", "a", "e\u{301}"]))
                == .stringSet(["", "a", "b", "e\u{301}", "\u{E9}"]))
        #expect(try AttributeValueValidation.normalized(.numberSet(["10", "9.50", "-1"])) == .numberSet(["-1", "9.5", "10"]))
        #expect(
            try AttributeValueValidation.normalized(.binarySet([Data([200]), Data(), Data([3, 1])]))
                == .binarySet([Data(), Data([3, 1]), Data([200])]))
    }

    @Test("the names of an item come before the nesting of its values")
    func names() {
        let deep = (0..<100).reduce(AttributeValue.null) { value, _ in .map(["n": value]) }
        #expect(throws: ExpressionError("Empty attribute name")) {
            try AttributeValueValidation.normalized(["": .null, "d": deep])
        }
    }

    @Test("texts that differ only in how an accent is composed are two members")
    func composed() throws {
        _ = try AttributeValueValidation.normalized(.stringSet(["\u{E9}", "e\u{301}"]))
    }

    @Test("32 levels are kept and the 33rd is refused, the innermost value counting as one")
    func nesting() throws {
        func nested(_ levels: Int) -> AttributeValue { (0..<levels).reduce(.string("x")) { value, _ in .list([value]) } }
        _ = try AttributeValueValidation.normalized(nested(31))
        let message =
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
        #expect(throws: ExpressionError(message)) {
            try AttributeValueValidation.normalized(nested(32))
        }
    }
}
