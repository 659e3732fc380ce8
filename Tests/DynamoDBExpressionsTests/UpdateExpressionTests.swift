import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Update expressions")
struct UpdateExpressionTests {
    static func apply(
        _ text: String, to item: AttributeMap, names: [String: String]? = nil,
        values: AttributeMap? = nil, exists: Bool = true
    ) throws -> AttributeMap {
        try UpdateExpression.parse(text, context: ExpressionContext(names: names, values: values)).apply(to: item, exists: exists)
    }

    private func numbers(_ values: Int...) -> AttributeValue { .list(values.map { .number("\($0)") }) }

    @Test("SET writes values, copies and nested places, all from the item as it was")
    func set() throws {
        let item: AttributeMap = ["a": .string("x"), "m": .map(["k": .number("1")])]
        #expect(
            try Self.apply("set b = a, a = :v, m.k = :n, m.z = m.k", to: item, values: [":v": .string("y"), ":n": .number("2")])
                == ["a": .string("y"), "b": .string("x"), "m": .map(["k": .number("2"), "z": .number("1")])])
        #expect(try Self.apply("REMOVE a SET b = a", to: item)["b"] == .string("x"))
        #expect(try Self.apply("SET #d = :v", to: [:], names: ["#d": "a.b"], values: [":v": .null]) == ["a.b": .null])
    }

    @Test("sums and differences are exact")
    func arithmetic() throws {
        let item: AttributeMap = ["n": .number("10000000000000000000000")]
        #expect(
            try Self.apply("SET n = n + :1", to: item, values: [":1": .number("1")])["n"] == .number("10000000000000000000001"))
        #expect(
            try Self.apply("SET n = (n - :1)", to: item, values: [":1": .number("1")])["n"] == .number("9999999999999999999999"))
        #expect(
            try Self.apply("SET x = (:1) + (n)", to: item, values: [":1": .number("1")])["x"]
                == .number("10000000000000000000001"))
        #expect(
            try Self.apply("SET b = if_not_exists(b, :1)+:2", to: [:], values: [":1": .number("2"), ":2": .number("3")])
                == ["b": .number("5")])
    }

    @Test("list_append and if_not_exists")
    func functions() throws {
        let item: AttributeMap = ["a": numbers(1)]
        #expect(try Self.apply("SET a = list_append(a, :v)", to: item, values: [":v": numbers(2)])["a"] == numbers(1, 2))
        #expect(try Self.apply("SET a = list_append(:v, a)", to: item, values: [":v": numbers(2)])["a"] == numbers(2, 1))
        #expect(
            try Self.apply(
                "SET b = list_append(if_not_exists(b, :e), :v)", to: item, values: [":e": .list([]), ":v": numbers(2)])["b"]
                == numbers(2))
        #expect(try Self.apply("SET a = if_not_exists(a, :v)", to: item, values: [":v": .null])["a"] == numbers(1))
    }

    @Test("ADD makes and changes numbers and sets")
    func add() throws {
        let item: AttributeMap = ["n": .number("3"), "s": .stringSet(["a", "b"]), "m": .map([:])]
        let values: AttributeMap = [":4": .number("4"), ":s": .stringSet(["b", "c"])]
        #expect(
            try Self.apply("ADD n :4, s :s, fresh :4, m.x :s", to: item, values: values) == [
                "n": .number("7"), "s": .stringSet(["a", "b", "c"]), "fresh": .number("4"),
                "m": .map(["x": .stringSet(["b", "c"])]),
            ])
    }

    @Test("DELETE takes members out, and the attribute with the last of them")
    func delete() throws {
        let item: AttributeMap = ["s": .stringSet(["a", "b"]), "n": .numberSet(["1", "2"])]
        #expect(try Self.apply("DELETE s :v", to: item, values: [":v": .stringSet(["a", "x"])])["s"] == .stringSet(["b"]))
        #expect(try Self.apply("DELETE s :v", to: item, values: [":v": .stringSet(["a", "b"])])["s"] == nil)
        #expect(try Self.apply("DELETE n :v", to: item, values: [":v": .numberSet(["1.0"])])["n"] == .numberSet(["2"]))
        #expect(try Self.apply("DELETE gone :v", to: item, values: [":v": .stringSet(["a"])]) == item)
    }

    @Test("list indexes mean the list as it was")
    func lists() throws {
        let item: AttributeMap = ["a": numbers(2, 3, 4, 5, 6, 7)]
        let v: AttributeMap = [":v": .number("17")]
        #expect(try Self.apply("REMOVE a[1] SET a[3] = :v", to: item, values: v)["a"] == numbers(2, 4, 17, 6, 7))
        #expect(try Self.apply("SET a[3] = :v REMOVE a[1]", to: item, values: v)["a"] == numbers(2, 4, 17, 6, 7))
        #expect(try Self.apply("REMOVE a[17]", to: item) == item)
        #expect(try Self.apply("REMOVE b[0]", to: ["b": numbers(1)]) == ["b": .list([])])
    }

    @Test("elements set beyond a list's end are appended in the order of their indexes")
    func append() throws {
        let values: AttributeMap = [":1": .number("1"), ":2": .number("2"), ":3": .number("3")]
        #expect(
            try Self.apply("SET a[84] = :1, a[37] = :2, a[17] = :3", to: ["a": numbers(0)], values: values)["a"]
                == numbers(0, 3, 2, 1))
    }

    @Test("what an update changed is shown within its own structure")
    func updatedAttributes() throws {
        let item: AttributeMap = ["p": .null, "a": .map(["b": .string("dog"), "c": numbers(1, 2, 3)])]
        let update = try UpdateExpression.parse(
            "SET a.c[1] = :v, a.b = :w, a.x = :w", context: ExpressionContext(values: [":v": .number("8"), ":w": .string("cat")]))
        #expect(update.updatedAttributes(of: item) == ["a": .map(["b": .string("dog"), "c": numbers(2)])])
        #expect(
            update.updatedAttributes(of: try update.apply(to: item))
                == ["a": .map(["b": .string("cat"), "c": numbers(8), "x": .string("cat")])])
    }

    @Test("a nested removal is nothing where there is no item")
    func removeFromNothing() throws {
        #expect(try Self.apply("REMOVE x.y, z[0]", to: ["p": .null], exists: false) == ["p": .null])
    }
}
