import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Attribute value validation")
struct AttributeValueValidationTests {
    @Test("numbers become their plain form wherever they stand")
    func normalForm() throws {
        let item: [String: AttributeValue] = [
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
            .stringSet(["a", "b", "a"]),
            "One or more parameter values were invalid: Input collection [a, b, a] contains duplicates."
        ),
        (.numberSet(["1", "1.0"]), "Input collection contains duplicates"),
        (
            .binarySet([Data([1]), Data([1])]),
            "One or more parameter values were invalid: Input collection [AQ==, AQ==]of type BS contains duplicates."
        ),
        (.map(["a": .list([.number("x")])]), "The parameter cannot be converted to a numeric value: x"),
    ]

    @Test("broken values are refused with the service's text", arguments: refused)
    func refusals(value: AttributeValue, message: String) {
        #expect(throws: ExpressionError(message)) { try AttributeValueValidation.normalized(value) }
    }

    @Test("texts that differ only in how an accent is composed are two members")
    func composed() throws {
        _ = try AttributeValueValidation.normalized(.stringSet(["\u{E9}", "e\u{301}"]))
    }

    @Test("32 levels are kept and the 33rd is refused")
    func nesting() throws {
        func nested(_ levels: Int) -> AttributeValue { (0..<levels).reduce(.string("x")) { value, _ in .list([value]) } }
        _ = try AttributeValueValidation.normalized(nested(32))
        let message =
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
        #expect(throws: ExpressionError(message)) {
            try AttributeValueValidation.normalized(nested(33))
        }
    }
}
