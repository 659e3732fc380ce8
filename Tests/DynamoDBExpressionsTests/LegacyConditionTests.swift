import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Legacy conditions")
struct LegacyConditionTests {
    private static let item: AttributeMap = [
        "s": .string("hello"), "n": .number("7"), "b": .binary(Data([1, 2, 3])), "none": .null, "l": .list([.number("4")]),
        "ns": .numberSet(["2", "4"]), "dotted.name": .bool(true),
    ]

    private func holds(_ name: String, _ condition: LegacyCondition) throws -> Bool? {
        try ConditionExpression.filter([name: condition], nil, .current)?.evaluate(Self.item)
    }

    static let cases: [(String, ComparisonOperator, [AttributeValue], Bool)] = [
        ("n", .equal, [.number("7.0")], true), ("n", .equal, [.string("7")], false),
        ("ns", .equal, [.numberSet(["4", "2.0"])], true), ("l", .equal, [.list([.number("4")])], true),
        ("n", .notEqual, [.string("7")], true), ("nowhere", .notEqual, [.number("7")], true),
        ("n", .notEqual, [.number("7")], false),
        ("n", .less, [.number("10")], true), ("n", .less, [.string("10")], false), ("s", .lessOrEqual, [.string("hello")], true),
        ("b", .greater, [.binary(Data([1, 2]))], true), ("n", .greaterOrEqual, [.number("8")], false),
        ("none", .null, [], false), ("nowhere", .null, [], true), ("none", .notNull, [], true), ("nowhere", .notNull, [], false),
        ("s", .contains, [.string("ell")], true), ("ns", .contains, [.number("4")], true), ("l", .contains, [.number("4")], true),
        ("s", .notContains, [.string("dog")], true), ("s", .notContains, [.number("1")], true),
        ("nowhere", .notContains, [.string("dog")], false), ("nowhere", .contains, [.string("dog")], false),
        ("s", .beginsWith, [.string("he")], true), ("n", .beginsWith, [.string("7")], false),
        ("n", .isIn, [.number("1"), .number("7")], true), ("ns", .isIn, [.number("4")], false),
        ("n", .between, [.number("7"), .number("7")], true), ("s", .between, [.string("i"), .string("z")], false),
        ("dotted.name", .equal, [.bool(true)], true),
    ]

    @Test("each operator has the service's meaning", arguments: cases)
    func meaning(name: String, comparison: ComparisonOperator, values: [AttributeValue], expected: Bool) throws {
        #expect(try holds(name, LegacyCondition(comparison, values)) == expected)
    }

    static let refused: [(ComparisonOperator, [AttributeValue], String)] = [
        (.equal, [], "Invalid number of argument(s) for the EQ ComparisonOperator"),
        (.null, [.number("1")], "Invalid number of argument(s) for the NULL ComparisonOperator"),
        (.isIn, [], "Invalid number of argument(s) for the IN ComparisonOperator"),
        (.between, [.number("1")], "Invalid number of argument(s) for the BETWEEN ComparisonOperator"),
        (.isIn, [.number("1"), .string("a")], "AttributeValues inside AttributeValueList must be of same type"),
        (.less, [.bool(true)], "ComparisonOperator LT is not valid for BOOL AttributeValue type"),
        (.beginsWith, [.number("1")], "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type"),
        (.contains, [.list([])], "ComparisonOperator CONTAINS is not valid for L AttributeValue type"),
        (.notContains, [.stringSet(["a"])], "ComparisonOperator NOT_CONTAINS is not valid for SS AttributeValue type"),
    ]

    @Test("arguments are held against the operator", arguments: refused)
    func arguments(comparison: ComparisonOperator, values: [AttributeValue], reason: String) {
        #expect(throws: ExpressionError("One or more parameter values were invalid: \(reason)")) {
            try holds("a", LegacyCondition(comparison, values))
        }
    }

    @Test("bounds that are the wrong way round are refused")
    func bounds() {
        let message = "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"
        #expect(throws: ExpressionError(message)) {
            try holds("a", LegacyCondition(.between, [.number("10"), .number("9")]))
        }
    }

    @Test("CONTAINS takes BOOL and NULL, EQ takes anything")
    func types() throws {
        _ = try holds("a", LegacyCondition(.contains, [.bool(true)]))
        _ = try holds("a", LegacyCondition(.notContains, [.null]))
        _ = try holds("a", LegacyCondition(.equal, [.map([:])]))
    }

    @Test("conditions are joined by AND unless OR is asked for; none is no filter")
    func joined() throws {
        let conditions: NameMap = ["n": LegacyCondition(.equal, [.number("7")]), "s": LegacyCondition(.equal, [.string("no")])]
        #expect(try ConditionExpression.filter(conditions, nil, .older)?.evaluate(Self.item) == false)
        #expect(try ConditionExpression.filter(conditions, .and, .older)?.evaluate(Self.item) == false)
        #expect(try ConditionExpression.filter(conditions, .or, .older)?.evaluate(Self.item) == true)
        #expect(try ConditionExpression.filter([:], nil, .older) == nil)
    }
}

@Suite("Expected")
struct ExpectedAttributeTests {
    private func holds(_ expected: ExpectedAttribute) throws -> Bool? {
        try ConditionExpression.expected(["a": expected], nil, .current)?.evaluate(["a": .number("1")])
    }

    @Test("a value, no value, or a comparison")
    func forms() throws {
        #expect(try holds(ExpectedAttribute(value: .number("1"))) == true)
        #expect(try holds(ExpectedAttribute(value: .number("2"), exists: true)) == false)
        #expect(try holds(ExpectedAttribute(exists: false)) == false)
        #expect(try holds(ExpectedAttribute(value: .number("2"), comparisonOperator: .less)) == true)
        #expect(try holds(ExpectedAttribute(comparisonOperator: .notNull)) == true)
        #expect(
            try holds(ExpectedAttribute(comparisonOperator: .isIn, attributeValueList: [.number("3"), .number("1")])) == true)
    }

    static let refused: [(ExpectedAttribute, String)] = [
        (ExpectedAttribute(exists: true), "Value must be provided when Exists is true for Attribute: a"),
        (ExpectedAttribute(), "Value must be provided when Exists is null for Attribute: a"),
        (ExpectedAttribute(value: .null, exists: false), "Value cannot be used when Exists is false for Attribute: a"),
        (
            ExpectedAttribute(exists: false, comparisonOperator: .equal, attributeValueList: [.null]),
            "Exists and ComparisonOperator cannot be used together for Attribute: a"
        ),
        (
            ExpectedAttribute(value: .null, comparisonOperator: .equal, attributeValueList: [.null]),
            "Value and AttributeValueList cannot be used together for Attribute: a"
        ),
        (
            ExpectedAttribute(attributeValueList: [.null]),
            "AttributeValueList can only be used with a ComparisonOperator for Attribute: a"
        ),
        (
            ExpectedAttribute(comparisonOperator: .greater),
            "Value or AttributeValueList must be used with ComparisonOperator: GT for Attribute: a"
        ),
        (
            ExpectedAttribute(value: .null, comparisonOperator: .notNull),
            "Invalid number of argument(s) for the NOT_NULL ComparisonOperator"
        ),
    ]

    @Test("members that do not go together are refused", arguments: refused)
    func misuse(expected: ExpectedAttribute, reason: String) {
        #expect(throws: ExpressionError("One or more parameter values were invalid: \(reason)")) { try holds(expected) }
    }
}
