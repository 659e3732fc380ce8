import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Evaluation of conditions")
struct ConditionEvaluationTests {
    static let item: AttributeMap = [
        "n": .number("5"), "s": .string("hello"), "b": .binary(Data([1, 2, 3])), "t": .bool(true), "z": .null,
        "l": .list([.number("2"), .string("dog"), .stringSet(["x", "y"])]),
        "m": .map(["x": .number("1"), "y": .list([.number("-1"), .number("2")])]),
        "ss": .stringSet(["cat", "mouse"]), "ns": .numberSet(["2", "4"]), "bs": .binarySet([Data([1]), Data([2])]),
        "e": .string("\u{E9}"),
    ]

    static let values: AttributeMap = [
        ":5": .number("5.0"), ":6": .number("6"), ":4": .number("4"), ":1": .number("1"), ":3": .number("3"),
        ":2": .number("2e0"),
        ":hello": .string("hello"), ":hell": .string("hell"), ":ell": .string("ell"), ":zebra": .string("zebra"),
        ":five": .string("5"),
        ":b": .binary(Data([1, 2, 3])), ":b2": .binary(Data([2, 3])), ":yx": .stringSet(["y", "x"]),
        ":mousecat": .stringSet(["mouse", "cat"]), ":cat": .string("cat"), ":S": .string("S"), ":NS": .string("NS"),
        ":e": .string("e\u{301}"), ":true": .bool(true), ":ns": .numberSet(["4.0", "2"]),
    ]

    @Test(
        "what holds for the item",
        arguments: [
            "n = :5", "n <> :6", "n < :6", "n <= :5", "n > :4", "n >= :5", "n <> :five", "absent <> n", "absent <> gone",
            "n BETWEEN :4 AND :6", "n between :5 and :5", "n IN (:4, :hello, :5)", "s IN (:hello)", "ss = :mousecat", "ns = :ns",
            "attribute_exists(m.y[1])", "attribute_not_exists(m.y[2])", "attribute_not_exists(n.x)", "attribute_type(s, :S)",
            "attribute_type(ns, :NS)", "begins_with(s, :hell)", "begins_with(:hello, s)", "contains(s, :ell)", "contains(b, :b2)",
            "contains(ss, :cat)", "contains(ns, :2)", "contains(l, :2)", "contains(l, :yx)", "size(s) = :5", "size(b) = :3",
            "size(l) = :3", "size(m) = :2", "size(ss) < :3", "size(e) = :1", "m.x < m.y[1]", "NOT n = :6",
            "not (n = :6 or n = :4)",
            "n = :6 or n = :5 and s = :hello", "(n = :6 or n = :5) and s = :hello", "(n) = (:5)", "((n = :5) AND (s = :hello))",
            "n = :5 AND NOT attribute_exists(absent) AND t = :true", "NOT absent = n",
        ])
    func holds(text: String) throws {
        #expect(try parse(text).evaluate(Self.item))
    }

    @Test(
        "what does not hold for the item",
        arguments: [
            "n = :five", "absent = n", "absent = gone", "n < :5", "n > :hello", "s < :5", "n BETWEEN :6 AND :6",
            "absent BETWEEN :4 AND :6",
            "n IN (:4, :five)", "absent IN (:4)", "ss = :yx", "attribute_exists(absent)", "attribute_type(n, :S)",
            "attribute_type(absent, :S)", "begins_with(n, :hell)", "begins_with(s, :ell)", "contains(n, :5)", "contains(s, :5)",
            "contains(ns, :5)", "size(n) = :1", "size(t) = :1", "size(s) = :hello", "l < :5", "e = :e", "NOT n = :5",
            "n = :6 and n = :5 or s = :hell", "size(absent) <= :5",
        ])
    func fails(text: String) throws {
        #expect(try !parse(text).evaluate(Self.item))
    }

    @Test("a string's size is its length in UTF-16 code units", arguments: [("hello", 5), ("\u{e9}", 1), ("\u{e9}\u{1d11e}", 3)])
    func stringSize(text: String, size: Int) throws {
        let context = try ExpressionContext(values: [":size": .number(String(size))])
        let condition = try ConditionExpression.parse("size(s) = :size", context: context)
        #expect(try condition.evaluate(["s": .string(text)]))
    }

    @Test("AND binds tighter than OR, and NOT tighter than both")
    func precedence() throws {
        // (true OR (true AND false)), and ((NOT false) OR true AND false).
        #expect(try parse("n = :5 OR n = :5 AND n = :6").evaluate(Self.item))
        #expect(try parse("NOT n = :6 OR n = :5 AND n = :6").evaluate(Self.item))
        #expect(try !parse("(n = :5 OR n = :5) AND n = :6").evaluate(Self.item))
    }

    @Test("the paths of a condition are known for the checks of keys")
    func paths() throws {
        let condition = try parse("m.y[1] = :1 AND size(s) = :5")
        #expect(condition.paths.map(\.root) == ["m", "s"])
        #expect(condition.paths.first?.steps == [.attribute("y"), .element(1)])
    }

    private func parse(_ text: String) throws -> ConditionExpression {
        try ConditionExpression.parse(text, context: ExpressionContext(values: Self.values))
    }
}
