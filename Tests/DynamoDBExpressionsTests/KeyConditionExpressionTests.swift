import DynamoDBExpressions
import LambdaEvents
import Testing

@Suite("Key conditions")
struct KeyConditionExpressionTests {
    static let values: AttributeMap = [
        ":p": .string("x"), ":c": .number("3"), ":d": .number("7"), ":empty": .string(""),
    ]

    private func condition(_ text: String, sort: KeyAttribute? = KeyAttribute(name: "c", type: .number)) throws -> KeyCondition {
        let context = try ExpressionContext(names: ["#p": "p"], values: Self.values)
        return try KeyConditionExpression.parse(text, context: context)
            .resolve(hashes: [KeyAttribute(name: "p", type: .string)], ranges: sort.map { [$0] } ?? [])
    }

    static let sorts: [(String, KeyCondition.Sort?)] = [
        ("p=:p", nil), (" #p  =   :p ", nil), ("p=:p AND c = :c", .equal(.number("3"))),
        (":p=p AND :c<c", .greater(.number("3"))),
        ("c<=:c and p=:p", .lessOrEqual(.number("3"))), ("p=:p AND :c>=c", .lessOrEqual(.number("3"))),
        ("p=:p AnD c BeTwEeN :c aNd :d", .between(.number("3"), .number("7"))), ("((c=:c) AND (p=:p))", .equal(.number("3"))),
    ]

    @Test("a partition and a part of its sort keys", arguments: sorts)
    func sort(text: String, expected: KeyCondition.Sort?) throws {
        let condition = try condition(text)
        #expect(condition.partition == [.string("x")])
        #expect(condition.sort == (expected.map { [$0] } ?? []))
    }

    @Test("begins_with asks for a prefix of a string sort key")
    func prefix() throws {
        let condition = try condition("p = :p AND begins_with(c, :p)", sort: KeyAttribute(name: "c", type: .string))
        #expect(condition.sort == [.beginsWith(.string("x"))])
    }

    private func multiple(_ text: String) throws -> KeyCondition {
        let context = try ExpressionContext(values: Self.values)
        func keys(_ names: String...) -> [KeyAttribute] { names.map { KeyAttribute(name: $0, type: .string) } }
        return try KeyConditionExpression.parse(text, context: context).resolve(
            hashes: keys("g", "h"), ranges: keys("a", "b", "c"))
    }

    @Test(
        "a key of several attributes takes equalities from the left, and any comparison on the last one named",
        arguments: [
            ("g = :p AND h = :p", 0), ("a = :p AND h = :p AND g = :p", 1), ("g=:p AND h=:p AND b > :p AND a = :p", 2),
            ("g=:p AND h=:p AND a=:p AND b=:p AND begins_with(c, :p)", 3),
        ])
    func severalAttributes(text: String, sorts: Int) throws {
        let condition = try multiple(text)
        #expect(condition.partition == [.string("x"), .string("x")])
        #expect(condition.sort.count == sorts)
        #expect(condition.sort.dropLast().allSatisfy { $0 == .equal(.string("x")) })
    }

    @Test(
        "a key of several attributes takes no gap",
        arguments: [
            ("g = :p", "HASH key attributes h must have equality conditions specified in the query"),
            ("g = :p AND h > :p", "HASH key attributes h must have equality conditions specified in the query"),
            (
                "g=:p AND h=:p AND b=:p",
                "RANGE key attributes a must have equality conditions specified in the query because a condition is present on key attribute b"
            ),
            (
                "g=:p AND h=:p AND a=:p AND b > :p AND c=:p",
                "RANGE key attributes b must have equality conditions specified in the query because a condition is present on key attribute c"
            ),
            (
                "g=:p AND h=:p AND c=:p",
                "RANGE key attributes a, b must have equality conditions specified in the query because a condition is present on key attribute c"
            ),
            ("g=:p AND h=:p AND z=:p", "Query condition missed key schema element: a"),
            (
                "g=:p AND h=:p AND a=:p AND b=:p AND c=:p AND z=:p",
                "The number of query conditions (6) exceeds the number of key attributes defined in the schema (5)"
            ),
        ])
    func severalAttributesRefused(text: String, expected: String) {
        #expect(throws: ExpressionError(expected)) { try multiple(text) }
    }

    @Test("KeyConditions take one condition for each attribute of the key")
    func keyConditions() throws {
        let three: NameMap<LegacyCondition> = [
            "p": LegacyCondition(.equal, [.string("x")]), "a": LegacyCondition(.equal, [.string("y")]),
            "b": LegacyCondition(.greater, [.string("z")]),
        ]
        let expression = try KeyConditionExpression.keyConditions(three, .current)
        let hashes = [KeyAttribute(name: "p", type: .string)]
        let ranges = ["a", "b"].map { KeyAttribute(name: $0, type: .string) }
        let condition = try expression.resolve(hashes: hashes, ranges: ranges)
        #expect(condition.partition == [.string("x")] && condition.sort == [.equal(.string("y")), .greater(.string("z"))])
        #expect(
            throws: ExpressionError(
                "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)")
        ) { try expression.resolve(hashes: hashes, ranges: [ranges[0]]) }
    }

    @Test("begins_with asks for no prefix of a number among other sort attributes")
    func prefixOfNumber() throws {
        let context = try ExpressionContext(values: [":p": .string("x"), ":c": .string("1")])
        let expression = try KeyConditionExpression.parse("p = :p AND begins_with(c, :c)", context: context)
        let ranges = ["c", "d"].map { KeyAttribute(name: $0, type: .number) }
        #expect(
            throws: ExpressionError(
                "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: "
                    + "begins_with, operand type: N")
        ) { try expression.resolve(hashes: [KeyAttribute(name: "p", type: .string)], ranges: ranges) }
    }

    @Test("a key of one attribute takes one comparison")
    func single() {
        let message = "The number of query conditions (2) exceeds the number of key attributes defined in the schema (1)"
        #expect(throws: ExpressionError(message)) { try condition("p=:p AND c=:c", sort: nil) }
    }

    @Test(
        "what is no key condition is refused",
        arguments: [
            ("c=:c", "Query condition missed key schema element: p"), ("p<:p", "Query key condition not supported"),
            ("p=:p AND x=:c", "Query condition missed key schema element: c"),
            (
                "p=:p AND c=:c AND x=:c",
                "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)"
            ),
            (
                "p=:p AND p=:p",
                "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key"
            ),
            (
                "p=:p AND c>=:c AND c<=:d",
                "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key"
            ),
            ("p=:p AND c<>:c", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: <>"),
            ("p=:p AND c IN (:c)", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: IN"),
            ("c=:c OR p=:p", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: OR"),
            ("NOT c=:c AND p=:p", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: NOT"),
            (
                "p=:p AND attribute_exists(c)",
                "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: attribute_exists"
            ),
            ("p=:p AND size(c) = :c", "Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested operations"),
            (
                "p=:p AND c.x = :c",
                "Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes"
            ),
            (
                "p=:p AND c = p",
                "Invalid KeyConditionExpression: Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"
            ),
            (":p=:p", "Invalid KeyConditionExpression: Invalid condition in KeyConditionExpression: No key attribute specified"),
            (
                ":c BETWEEN c AND :d",
                "Invalid KeyConditionExpression: Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand"
            ),
            (
                "p=:p AND c=:p",
                "One or more parameter values were invalid: Condition parameter type does not match schema type"
            ),
            (
                "p=:empty",
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p"
            ),
            (
                "p=:p AND begins_with(c, :c)",
                "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"
            ),
            ("p=:p AND dog(c, :c)", "Invalid KeyConditionExpression: Invalid function name; function: dog"),
            ("", "Invalid KeyConditionExpression: The expression can not be empty;"),
        ])
    func refused(text: String, expected: String) {
        #expect(throws: ExpressionError(expected)) { try condition(text) }
    }
}
