import DynamoDBExpressions
import LambdaEvents
import Testing

@Suite("Projection expressions")
struct ProjectionExpressionTests {
    static let item: AttributeMap = [
        "p": .string("k"),
        "a": .map([
            "b": .list([.number("2"), .number("4"), .map(["x": .string("hi"), "y": .string("yo")])]), "c": .number("5"),
        ]),
        "b": .string("hello"), "a.b": .string("dotted"),
    ]

    static let cases: [(String, AttributeMap)] = [
        ("b, p", ["b": .string("hello"), "p": .string("k")]),
        ("a.b[0]", ["a": .map(["b": .list([.number("2")])])]),
        ("a.b[2].y", ["a": .map(["b": .list([.map(["y": .string("yo")])])])]),
        ("a.b[1],a.b[0]", ["a": .map(["b": .list([.number("2"), .number("4")])])]),
        ("a.c , b", ["a": .map(["c": .number("5")]), "b": .string("hello")]),
        ("a.x, a.b[0], x, a.b[3].x", ["a": .map(["b": .list([.number("2")])])]),
        ("a.b[3]", [:]), ("a[0]", [:]), ("a.b.x", [:]), ("a.b[0][0]", [:]), ("nothing", [:]),
        ("#n", ["a.b": .string("dotted")]),
    ]

    @Test("the parts asked for come in the item's own structure", arguments: cases)
    func project(text: String, expected: AttributeMap) throws {
        let context = try ExpressionContext(names: text == "#n" ? ["#n": "a.b"] : nil)
        #expect(try ProjectionExpression.parse(text, context: context).project(Self.item) == expected)
        try context.checkAllUsed()
    }

    @Test(
        "broken projections are refused",
        arguments: [
            ("a,", "Syntax error; token: \"<EOF>\", near: \",\""), ("id age", "Syntax error; token: \"age\", near: \"id age\""),
            ("l[a]", "Syntax error; token: \"a\", near: \"[a]\""), ("a,,b", "Syntax error; token: \",\", near: \",,b\""),
            ("status", "Attribute name is a reserved keyword; reserved keyword: status"),
            (
                "#nope", "An expression attribute name used in the document path is not defined; attribute name: #nope"
            ),
            (
                "a.b[0],a.b[0]",
                "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b, [0]], path two: [a, b, [0]]"
            ),
            (
                "a.b, a[1]",
                "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]"
            ),
        ])
    func refused(text: String, expected: String) throws {
        let context = try ExpressionContext()
        #expect(throws: ExpressionError("Invalid ProjectionExpression: \(expected)")) {
            try ProjectionExpression.parse(text, context: context)
        }
    }
}
