import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Errors of updates")
struct UpdateErrorTests {
    private func message(_ text: String, names: [String: String]? = nil, values: AttributeMap? = nil) -> String? {
        do throws(ExpressionError) {
            _ = try UpdateExpression.parse(text, context: ExpressionContext(names: names, values: values))
            return nil
        } catch { return error.message }
    }

    @Test(
        "syntax errors",
        arguments: [
            ("INVALID SYNTAX HERE", "INVALID", "INVALID SYNTAX"), ("ADD hits : incr", ":", "hits : incr"),
            ("SET", "<EOF>", "SET"),
            ("set a=set", "set", "=set"), ("remove a = b", "=", "a = b"), ("delete a b", "b", "a b"),
            ("set :a = b", ":a", "set :a ="),
            ("set a = b / c", "/", "b / c"), ("set a[1] = 1", "1", "= 1"), ("set a = b + c + d", "+", "c + d"),
            ("SET _123 = :val1", "_", "SET _123"), ("SET a = if_not_exists(c, :v+:w)", "+", ":v+:w"),
            ("set a = :x,", "<EOF>", ","),
            ("set a[:x] = :v", ":x", "[:x]"),
        ])
    func syntax(text: String, token: String, near: String) {
        #expect(message(text) == "Invalid UpdateExpression: Syntax error; token: \"\(token)\", near: \"\(near)\"")
    }

    @Test(
        "words, functions and sections are checked before placeholders, in that order",
        arguments: [
            (" set #c = :c set abOrt = true ", "Attribute name is a reserved keyword; reserved keyword: abOrt"),
            ("set #c = if_not_exist(:c) set c = d", "Invalid function name; function: if_not_exist"),
            ("set a = size(b)", "The function is not allowed in an update expression; function: size"),
            ("set a = #c set c = :d", "The \"SET\" section can only be used once in an update expression;"),
            ("add #d :e set a = b add e :f", "The \"ADD\" section can only be used once in an update expression;"),
            (
                "SET #c = if_not_exists(:c)",
                "An expression attribute name used in the document path is not defined; attribute name: #c"
            ),
            (
                "SET a = if_not_exists(:c)",
                "An expression attribute value used in expression is not defined; attribute value: :c"
            ),
            (
                "set a = if_not_exists(c)",
                "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1"
            ),
            (
                "set a = list_append(list_append(b, c), d)",
                "The function is not allowed to be used this way in an expression; function: list_append"
            ),
        ])
    func order(text: String, expected: String) {
        #expect(message(text) == "Invalid UpdateExpression: \(expected)")
    }

    @Test(
        "paths that overlap or conflict are named",
        arguments: [
            ("set d[1] = a, d.b = a, c[1].a = a, #c = if_not_exists(a)", "overlap", "[c, [1], a]", "[c]"),
            ("set #c[3].#d = a, #c[3] = a", "overlap", "[c, [3], [3]]", "[c, [3]]"),
            ("SET a = :v REMOVE a", "overlap", "[a]", "[a]"),
            ("set #c[3].#d = a, #c.#d[3] = if_not_exists(a)", "conflict", "[c, [3], [3]]", "[c, [3], [3]]"),
            ("remove a.#c set a[1] = #d", "conflict", "[a, c]", "[a, [1]]"),
        ])
    func overlaps(text: String, verb: String, first: String, second: String) {
        let expected =
            "Invalid UpdateExpression: Two document paths \(verb) with each other; must remove or rewrite one of these paths; "
            + "path one: \(first), path two: \(second)"
        #expect(message(text, names: ["#c": "c", "#d": "[3]"], values: [":v": .null]) == expected)
    }

    static let wrongTypes: [(String, AttributeValue, String)] = [
        (
            "set b = list_append(:a, a), c = if_not_exists(a) add a.b :a", .string("a"),
            "operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"
        ),
        ("delete a.b :a", .number("1"), "operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_ADD_OPERAND"),
        ("add a.b :a", .bool(true), "operator: ADD, operand type: BOOL, typeSet: ALLOWED_FOR_ADD_OPERAND"),
        ("add a.b :a", .list([]), "operator: ADD, operand type: LIST, typeSet: ALLOWED_FOR_ADD_OPERAND"),
        ("set a = list_append(a, :a)", .number("1"), "operator or function: list_append, operand type: N"),
        ("set a = a + :a", .string("x"), "operator or function: +, operand type: S"),
        ("set a = :a - b", .list([]), "operator or function: -, operand type: L"),
    ]

    @Test("operands of a wrong type are refused before any item is read", arguments: wrongTypes)
    func types(text: String, value: AttributeValue, expected: String) {
        #expect(
            message(text, values: [":a": value])
                == "Invalid UpdateExpression: Incorrect operand type for operator or function; \(expected)")
    }

    static let item: AttributeMap = [
        "s": .string("x"), "n": .number("1"), "m": .map(["1": .string("a"), "ss": .stringSet(["1"])]),
        "l": .list([.string("a")]), "ns": .numberSet(["1"]),
    ]

    private static let badPath = "The document path provided in the update expression is invalid for update"
    private static let badType = "An operand in the update expression has an incorrect data type"
    private static let missing = "The provided expression refers to an attribute that does not exist in the item"
    private static let overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range"

    static let failing: [(String, AttributeValue, String)] = [
        ("set s.a = :v", .null, badPath), ("set s[1] = :v", .null, badPath), ("set y.a = :v", .null, badPath),
        ("set y[1] = :v", .null, badPath), ("set m[1] = :v", .null, badPath), ("set l.x = :v", .null, badPath),
        ("remove s.a", .null, badPath), ("remove y.a", .null, badPath), ("remove l.x", .null, badPath),
        ("add y.a :v", .number("1"), badPath), ("delete m[1] :v", .stringSet(["a"]), badPath),
        ("delete ns :v", .stringSet(["1"]), badType), ("delete m.ss :v", .numberSet(["1"]), badType),
        ("add n :v", .numberSet(["1"]), badType), ("add ns :v", .number("1"), badType),
        ("set e = s + :v", .number("1"), badType), ("set e = :v - m", .number("1"), badType),
        ("set e = list_append(ns, if_not_exists(f, :v))", .list([]), badType),
        ("set e = absent", .null, missing), ("set e = list_append(absent, :v)", .list([]), missing),
        ("set e = absent + :v", .number("1"), missing), ("set e = m.absent", .null, missing),
        ("set e = :v + :v", .number("9e125"), overflow), ("add n :v", .number("1e60"), overflow),
    ]

    @Test("what an item does not allow is refused when the update runs", arguments: failing)
    func failures(text: String, value: AttributeValue, expected: String) throws {
        let values: AttributeMap? = text.contains(":v") ? [":v": value] : nil
        let update = try UpdateExpression.parse(text, context: ExpressionContext(values: values))
        #expect(throws: ExpressionError(expected)) { try update.apply(to: Self.item) }
    }
}
