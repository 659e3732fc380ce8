import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

/// The texts are the service's own, as its documentation, its users' reports and the published conformance suites show them.
@Suite("Errors of conditions")
struct ConditionErrorTests {
    static func message(
        _ text: String, names: [String: String]? = nil, values: AttributeMap? = nil,
        kind: ExpressionKind = .filter
    ) -> String? {
        do throws(ExpressionError) {
            let context = try ExpressionContext(names: names, values: values)
            _ = try ConditionExpression.parse(text, kind: kind, context: context)
            try context.checkAllUsed()
            return nil
        } catch { return error.message }
    }

    static let syntaxErrors: [(String, String, String)] = [
        ("things are not gonna be ok", "are", "things are not"),
        ("a > 4", "4", "> 4"),
        ("attribute_exists(Pictures-RearView)", "-", "Pictures-RearView"),
        ("attribute_exists(Pictures..RearView)", ".", "..RearView"),
        ("attribute_exists(asdf[a])", "a", "[a]"),
        ("a in b, c", "b", "in b,"),
        ("a > between", "between", "> between"),
        ("a in (b,c,)", ")", ",)"),
        ("a in ()", ")", "()"),
        ("#$.b > a", "#", "#$"),
        ("a > :things.stuff", ".", ":things.stuff"),
        ("ü > a", "ü", "ü >"),
        ("size(a).b > a", ".", ").b"),
        ("(size(a))[0] > a", "[", ")[0"),
        ("id =", "<EOF>", "="),
        ("foo", "<EOF>", "foo"),
        ("attribute_not_exists(", "<EOF>", "("),
        ("(a", "<EOF>", "a"),
        ("a OR b", "OR", "a OR b"),
        ("a = b)", ")", "b)"),
        ("a != :v", "!", "a !="),
        ("_a = :v", "_", "_a"),
    ]

    @Test("a syntax error names its token and what stands around it", arguments: syntaxErrors)
    func syntax(text: String, token: String, near: String) {
        #expect(Self.message(text) == "Invalid FilterExpression: Syntax error; token: \"\(token)\", near: \"\(near)\"")
    }

    @Test(
        "two pairs of parentheses around one thing are redundant",
        arguments: [
            "a=a and a > ((views))", "(a)between(((b.c)).d)and(c)", "a > whatever((:things), ((a)))",
            "a=a AND ((a=a AND a=a)) AND a=a", "a=a OR ((a=a OR (a=a OR a=a)))", "((attribute_not_exists(pk)))",
        ])
    func redundant(text: String) {
        #expect(Self.message(text) == "Invalid FilterExpression: The expression has redundant parentheses;")
    }

    static let wrongFunctions: [(String, String)] = [
        ("a=a and whatever((:things)) > a", "Invalid function name; function: whatever"),
        ("attRIbute_exIsts((views), #a)", "Invalid function name; function: attRIbute_exIsts"),
        ("if_not_exists(a, b) = c", "The function is not allowed in a condition expression; function: if_not_exists"),
        (
            "a=a and attribute_exists((things), (#a)) > b",
            "The function is not allowed to be used this way in an expression; function: attribute_exists"
        ),
        ("size(contains(a, b)) > a", "The function is not allowed to be used this way in an expression; function: contains"),
        ("size(things)", "The function is not allowed to be used this way in an expression; function: size"),
        (
            "a in (b, attribute_exists(things))",
            "The function is not allowed to be used this way in an expression; function: attribute_exists"
        ),
        ("attribute_exists(views, #a)", "Attribute name is a reserved keyword; reserved keyword: views"),
        (":a < abOrT", "Attribute name is a reserved keyword; reserved keyword: abOrT"),
    ]

    @Test("functions and reserved words are checked before any placeholder", arguments: wrongFunctions)
    func functions(text: String, message: String) {
        #expect(Self.message(text) == "Invalid FilterExpression: \(message)")
    }

    static let undefined: [(String, String)] = [
        ("begins_with(Pictures.#RearView)", "name used in the document path is not defined; attribute name: #RearView"),
        ("(#P between :lo and :hi) and (#PC in (:a))", "name used in the document path is not defined; attribute name: #P"),
        ("#4g > a", "name used in the document path is not defined; attribute name: #4g"),
        ("begins_with(:hello, #a, #b)", "value used in expression is not defined; attribute value: :hello"),
        (":_ > a", "value used in expression is not defined; attribute value: :_"),
    ]

    @Test("a placeholder that is not defined is named", arguments: undefined)
    func placeholders(text: String, message: String) {
        #expect(Self.message(text) == "Invalid FilterExpression: An expression attribute \(message)")
    }

    @Test(
        "a function with too many or too few operands is refused",
        arguments: [
            ("attribute_exists(things, a) and a=a", "attribute_exists", 2), ("attribute_type(things)", "attribute_type", 1),
            ("begins_with(things, size(a), b)", "begins_with", 3), ("contains(things)", "contains", 1),
            ("size(things, a) > b", "size", 2),
        ])
    func operandCounts(text: String, function: String, count: Int) {
        let message =
            "Invalid FilterExpression: Incorrect number of operands for operator or function; "
            + "operator or function: \(function), number of operands: \(count)"
        #expect(Self.message(text) == message)
    }

    static let wrongTypes: [(String, AttributeValue, String, String)] = [
        ("attribute_type(a, size(a)) and a=:a", .number("1"), "attribute_type", "N"),
        ("attribute_type(a, :a)", .list([]), "attribute_type", "L"),
        ("begins_with(a, :a)", .number("1"), "begins_with", "N"),
        ("begins_with(:a, a)", .stringSet(["1"]), "begins_with", "SS"),
        ("begins_with(a, size(a)) and a=:a", .number("1"), "begins_with", "N"),
        ("size(size(a)) > :a", .number("1"), "size", "N"),
        ("attribute_not_exists(size(:a))", .number("1"), "size", "N"),
        ("size(:a) > a", .null, "size", "NULL"),
        ("a < :a", .list([]), "<", "L"),
        ("a between :a and b", .bool(true), "BETWEEN", "BOOL"),
    ]

    @Test("an operand whose type is known and wrong is refused", arguments: wrongTypes)
    func types(text: String, value: AttributeValue, function: String, type: String) {
        let message =
            "Invalid FilterExpression: Incorrect operand type for operator or function; "
            + "operator or function: \(function), operand type: \(type)"
        #expect(Self.message(text, values: [":a": value]) == message)
    }

    static let others: [(String, AttributeMap?, String)] = [
        (
            "attribute_type(a, :a)", [":a": .string("1")],
            "Invalid attribute type name found; type: 1, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
        ),
        (
            "attribute_exists(:a) and a=a", [":a": .string("1")],
            "Operator or function requires a document path; operator or function: attribute_exists"
        ),
        (
            "a between :a and :b", [":a": .number("2"), ":b": .number("1")],
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + "lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}"
        ),
        (
            "a between :a and :b", [":a": .number("2"), ":b": .string("x")],
            "The BETWEEN operator requires same data type for lower and upper bounds; "
                + "lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {S:x}"
        ),
        ("a[2147483648] = b", nil, "List index is not within the allowable range; index: [2147483648]"),
    ]

    @Test("other mistakes have texts of their own", arguments: others)
    func otherMistakes(text: String, values: AttributeMap?, message: String) {
        #expect(Self.message(text, values: values) == "Invalid FilterExpression: \(message)")
    }

    @Test(
        "operands that are one path are refused",
        arguments: [
            ("#a <> a", "<>", "[a]"), ("((a=a) OR (a=a))", "=", "[a]"),
            ("contains(ab.bc[1].a, ab.bc[1].#a)", "contains", "[ab, bc, [1], a]"),
        ])
    func distinct(text: String, name: String, path: String) {
        let message =
            "Invalid FilterExpression: The first operand must be distinct from the remaining operands for this operator or "
            + "function; operator: \(name), first operand: \(path)"
        #expect(Self.message(text, names: ["#a": "a"]) == message)
    }

    @Test("placeholders that no expression used are refused, names first")
    func unused() {
        #expect(
            Self.message("a = :v", names: ["#x": "y"], values: [":v": .null, ":w": .null])
                == "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}")
        #expect(
            Self.message("a = :v", values: [":v": .null, ":w": .null])
                == "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}")
    }

    @Test("broken placeholder maps are refused")
    func brokenMaps() {
        #expect(Self.message("a = b", names: [:]) == "ExpressionAttributeNames must not be empty")
        #expect(Self.message("a = b", values: [:]) == "ExpressionAttributeValues must not be empty")
        #expect(
            Self.message("a = b", names: ["a": "a"])
                == "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"")
        #expect(
            Self.message("a = b", values: [":": .null])
                == "ExpressionAttributeValues contains invalid key: Syntax error; key: \":\"")
        #expect(
            Self.message("a = :b", values: [":b": .stringSet([])])
                == "One or more parameter values were invalid: An string set  may not be empty")
        let older = ExpressionError(
            "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: "
                + "An string set  may not be empty for key :b")
        #expect(throws: older) { try ExpressionContext(values: [":b": .stringSet([])], wording: .older) }
    }

    @Test("a placeholder stands for a name of 65,535 bytes at most")
    func longName() throws {
        _ = try ExpressionContext(names: ["#n": String(repeating: "x", count: 65_535)])
        let refusal = ExpressionError(
            "ExpressionAttributeNames contains invalid value: One or more parameter values were invalid: Attribute name is too "
                + "large, must be less than 65536 bytes for key #n")
        #expect(throws: refusal) { try ExpressionContext(names: ["#n": String(repeating: "x", count: 65_536)]) }
    }

    @Test("placeholders without an expression are refused")
    func presence() {
        let expressions: [(kind: ExpressionKind, text: String?)] = [(.update, nil), (.condition, nil)]
        #expect(throws: ExpressionError("ExpressionAttributeNames can only be specified when using expressions")) {
            try ExpressionContext.checkPresence(names: ["#a": "a"], values: nil, valueExpressions: expressions)
        }
        #expect(
            throws: ExpressionError(
                "ExpressionAttributeValues can only be specified when using expressions: "
                    + "UpdateExpression and ConditionExpression are null")
        ) { try ExpressionContext.checkPresence(names: nil, values: [":a": .null], valueExpressions: expressions) }
    }
}
