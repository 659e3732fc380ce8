import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("INSERT, UPDATE and DELETE statements")
struct WriteStatementTests {
    private func store(_ attributes: AttributeMap = [:]) async throws -> TestStore {
        try await TestStore.withItems([key("a", "1").merging(attributes) { $1 }])
    }

    private let place = "WHERE pk = 'a' AND sk = '1'"

    @Test("an INSERT makes an item of literals and parameters, once")
    func insert() async throws {
        let store = try await store()
        let statement =
            "INSERT INTO \"tab\" VALUE {'pk': ?, 'sk': '9', 'n': 7.32e6, 'l': [1, 'x', null], 'm': {'b': true}, 's': <<3, 20>>}"
        let output = try await store.run(statement, [.s("b")])
        #expect(output.items.isEmpty)
        let expected: AttributeMap = [
            "n": .n(7_320_000), "l": .list([.n(1), .s("x"), .null]), "m": .map(["b": .bool(true)]), "s": .numberSet(["3", "20"]),
        ]
        let stored = try #require(try store.get(key("b", "9")))
        for (name, value) in expected where name != "s" { #expect(stored[name] == value) }
        #expect(stored["s"]?.equalsSet(expected["s"]) == true)
        #expect(await store.refusal(statement, [.s("b")]) == "DuplicateItemException: Duplicate primary key exists in table")
    }

    @Test("an INSERT needs its keys, and knows no RETURNING")
    func insertRefusals() async throws {
        let store = try await store()
        #expect(
            await store.refusal("INSERT INTO tab VALUE {'pk': 'b'}")
                == "One or more parameter values were invalid: Missing the key sk in the item")
        #expect(
            await store.refusal("INSERT INTO tab VALUE {'pk': 'b', 'sk': '1'} RETURNING ALL OLD *")
                == "RETURNING is not supported in INSERT")
        #expect(
            await store.refusal("INSERT INTO \"tab\".\"x\" VALUE {'pk': 'b'}")
                == "FROM clause may only contain a single table name")
    }

    @Test(
        "literals that no item can have",
        arguments: [
            ("1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range under root"),
            ("1e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range under root"),
            (
                "{'x': [1, 1e126]}",
                "Number overflow. Attempting to store a number with magnitude larger than supported range under root.x[1]"
            ),
            ("<<>>", "Empty bags are not supported"),
            ("<<1, 'a'>>", "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags"),
            ("<<'x', 'x'>>", "One or more parameter values were invalid: Input collection [x, x] contains duplicates."),
            (
                "<<2, 2.0>>",
                "One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root"
            ),
            ("{'k': ?}", "Unsupported data type: Parameter under key root.k at 1:54:1"),
            ("[set_add(a, b)]", "Unsupported data type: set_add under key root[0] at 1:49:7"),
            (
                "123456789012345678901234567890123456789",
                "Attempting to store more than 38 significant digits in a Number under root"
            ),
        ])
    func literals(_ literal: String, _ message: String) async throws {
        let store = try await store()
        #expect(await store.refusal("INSERT INTO tab VALUE {'pk': 'b','sk':'1', 'v':\(literal)}") == message)
    }

    @Test("a literal nests at most 32 levels")
    func nesting() async throws {
        let store = try await store()
        func literal(_ depth: Int) -> String {
            String(repeating: "{'a':", count: depth) + "1" + String(repeating: "}", count: depth)
        }
        #expect(await store.refusal("UPDATE tab SET d = \(literal(31)) \(place)") == nil)
        #expect(
            await store.refusal("UPDATE tab SET d = \(literal(32)) \(place)")
                == "Nesting Levels have exceeded supported limits under root" + String(repeating: ".a", count: 32))
    }

    @Test("parameters are checked before the statement is read")
    func parameters() async throws {
        let store = try await store()
        let notNumeric = "The parameter cannot be converted to a numeric value"
        let cases: [(AttributeValue, String)] = [
            (.number("1e99999999999"), "\(notNumeric): 1e99999999999"),
            (.number("1e-2147483648"), "\(notNumeric): 1e-2147483648"),
            (.number("abc"), "\(notNumeric): abc"), (.number(""), notNumeric),
            (.list([.n(1), .map(["x": .number("abc")])]), "\(notNumeric): abc"),
            (.numberSet(["1", "abc"]), "\(notNumeric): abc"),
            (
                .number("1e2147483647"),
                "Number underflow. Attempting to store a number with magnitude smaller than supported range"
            ),
            (.stringSet(["a", "a"]), "One or more parameter values were invalid: Input collection [a, a] contains duplicates."),
        ]
        for (value, message) in cases {
            #expect(await store.refusal("UPDATE nowhere SET WHERE", [value]) == message)
        }
        var deep = AttributeValue.number("abc")
        for _ in 0..<40 { deep = .map(["n": deep]) }
        #expect(
            await store.refusal("SELECT", [deep])
                == "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
        )
    }

    @Test("an UPDATE sets, computes, appends and removes")
    func update() async throws {
        let store = try await store([
            "n": .n(5), "l": .list([.n(1), .n(2)]), "m": .map(["x": .n(1)]), "gone": .s("x"), "s": .stringSet(["a", "b"]),
        ])
        try await store.run(
            """
            UPDATE tab SET n = (n + 10) - 2 SET m.y = [2020, <<'p'>>], o = n
            SET l = list_append(l, [3]) REMOVE gone REMOVE l[0]
            SET s = SET_ADD(s, <<'c'>>) \(place)
            """.replacingOccurrences(of: "REMOVE l[0]\n", with: "\n"))
        let item = try #require(try store.get(key("a", "1")))
        #expect(item["n"] == .n(13))
        #expect(item["o"] == .n(5))
        #expect(item["m"] == .map(["x": .n(1), "y": .list([.n(2020), .stringSet(["p"])])]))
        #expect(item["l"] == .list([.n(1), .n(2), .n(3)]))
        #expect(item["gone"] == nil)
        #expect(item["s"]?.equalsSet(.stringSet(["a", "b", "c"])) == true)
    }

    @Test("set functions make, keep and remove sets")
    func sets() async throws {
        let store = try await store(["s": .stringSet(["a", "b"]), "t": .s("text")])
        try await store.run("UPDATE tab SET new = set_add(new, <<'x'>>) SET none = set_delete(none, <<'x'>>) \(place)")
        try await store.run("UPDATE tab SET s = set_delete(s, ?) \(place)", [.stringSet(["a", "b", "c"])])
        let item = try #require(try store.get(key("a", "1")))
        #expect(item["new"] == .stringSet(["x"]))
        #expect(item["none"] == nil)
        #expect(item["s"] == nil)
        #expect(
            await store.refusal("UPDATE tab SET t = set_add(t, <<'x'>>) \(place)")
                == "An operand in the update expression has an incorrect data type")
    }

    @Test(
        "what an UPDATE cannot say",
        arguments: [
            ("t = set_add(s, <<'x'>>)", "The first argument to SET_ADD must equal the assignment value at 1:20:7"),
            ("s = set_add(<<'a'>>, <<'b'>>)", "The first argument to SET_ADD must equal the assignment value at 1:20:7"),
            ("s = set_delete(s, ['x'])", "The second argument to SET_DELETE must be a value with type SET at 1:31:1"),
            ("s = set_add(s)", "SET_ADD must have exactly two arguments at 1:20:7"),
            ("n = 'a' + 1", "Incorrect operand type for operator or function; operator or function: +, operand type: S"),
            ("n = n - null", "Incorrect operand type for operator or function; operator or function: -, operand type: NULL"),
            ("n = n * 2", "Unsupported operator in Update Expression. Operator: *"),
            ("n = other(n)", "Unrecognized function: other at 1:20:5"),
            ("l = list_append(l, [1])", "The provided expression refers to an attribute that does not exist in the item"),
            ("new[0] = 1", "The document path provided in the update expression is invalid for update"),
            (
                "pk = 'b'",
                "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"
            ),
            (
                "n = 1 SET n = 2",
                "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], "
                    + "path two: [n]"
            ),
        ])
    func updateRefusals(_ change: String, _ message: String) async throws {
        let store = try await store(["n": .n(1), "s": .stringSet(["a"])])
        #expect(await store.refusal("UPDATE tab SET \(change) \(place)") == message)
    }

    @Test("an UPDATE needs its item, a DELETE does not")
    func missing() async throws {
        let store = try await store()
        let failed = "ConditionalCheckFailedException: The conditional request failed"
        #expect(await store.refusal("UPDATE tab SET a = 1 WHERE pk = 'x' AND sk = '1'") == failed)
        #expect(await store.refusal("FROM tab WHERE pk = 'x' AND sk = '1' SET a = 1") == failed)
        #expect(await store.refusal("UPDATE tab SET a = 1 WHERE pk = 'x' AND sk = '1' AND attribute_not_exists(pk)") == failed)
        #expect(try store.get(key("x", "1")) == nil)
        #expect(try await store.run("DELETE FROM tab WHERE pk = 'x' AND sk = '1'").items.isEmpty)
        #expect(await store.refusal("DELETE FROM tab WHERE pk = 'x' AND sk = '1' AND a = 1") == nil)
    }

    @Test("further conditions hold or fail the write, which may answer the item")
    func conditions() async throws {
        let store = try await store(["a": .n(1)])
        let failed = "ConditionalCheckFailedException: The conditional request failed"
        #expect(await store.refusal("UPDATE tab SET b = 1 WHERE (pk = 'a' AND sk = '1') AND a = 2") == failed)
        #expect(await store.refusal("DELETE FROM tab \(place) AND NOT attribute_exists(a)") == failed)
        let error = await failure { () throws(StoreError) in
            try await store.run("DELETE FROM tab \(place) AND a = 2", onFailure: .allOld)
        }
        #expect(try error?.item?.attributes()["a"] == .n(1))
        try await store.run("FROM tab \(place) AND a = 1 SET b = 1 REMOVE a")
        #expect(try store.get(key("a", "1")) == key("a", "1").merging(["b": .n(1)]) { $1 })
        try await store.run("DELETE FROM tab \(place) AND attribute_not_exists(a)")
        #expect(try store.get(key("a", "1")) == nil)
    }

    @Test(
        "a write names one item by its whole key",
        arguments: ["", "WHERE pk = 'a'", "WHERE sk = '1'", "WHERE pk IN ['a'] AND sk = '1'", "WHERE pk = 'a' OR sk = '1'"])
    func wholeKey(_ condition: String) async throws {
        let store = try await store()
        let text = "Where clause does not contain a mandatory equality on all key attributes"
        #expect(await store.refusal("DELETE FROM tab \(condition)") == text)
        #expect(await store.refusal("UPDATE tab SET a = 1 \(condition)") == text)
        #expect(await store.refusal("FROM tab \(condition) SET a = 1") == text)
    }

    @Test("a key is one value, and an index is not written")
    func odd() async throws {
        let store = try await store()
        #expect(
            await store.refusal("UPDATE tab SET a = 1 \(place) AND pk = 'b'")
                == "Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported")
        #expect(await store.refusal("UPDATE tab SET a = 1 \(place) AND pk = 'a'") == nil)
        #expect(await store.refusal("DELETE FROM tab.ix \(place)") == "This operation is not supported on an index")
        #expect(
            await store.refusal("EXISTS(SELECT * FROM tab \(place) AND a = 1)")
                == "EXISTS can only be used in ExecuteTransaction write requests.")
    }

    @Test(
        "RETURNING answers the item or the parts that changed",
        arguments: [
            ("SET d = 'new'", "ALL OLD *", ["d": .s("old"), "l": .list([.s("a"), .s("b"), .s("c")])]),
            ("SET d = 'new'", "ALL NEW *", ["d": .s("new"), "l": .list([.s("a"), .s("b"), .s("c")])]),
            ("SET d = 'new'", "MODIFIED OLD *", ["d": .s("old")]), ("SET d = 'new'", "MODIFIED NEW *", ["d": .s("new")]),
            ("REMOVE d", "MODIFIED NEW *", [:]), ("SET e = 1", "MODIFIED OLD *", [:]),
            ("SET l[2] = 'y', l[0] = 'x'", "MODIFIED NEW *", ["l": .list([.s("x"), .s("y")])]),
            ("REMOVE l[1]", "MODIFIED NEW *", ["l": .list([.s("c")])]), ("SET l[5] = 'd'", "MODIFIED NEW *", [:]),
        ] as [(String, String, AttributeMap)])
    func returning(_ change: String, _ clause: String, _ expected: AttributeMap) async throws {
        let store = try await store(["d": .s("old"), "l": .list([.s("a"), .s("b"), .s("c")])])
        let rows = try await store.rows("UPDATE tab \(change) \(place) RETURNING \(clause)")
        let whole = clause.hasPrefix("ALL") ? expected.merging(key("a", "1")) { $1 } : expected
        #expect(rows == (expected.isEmpty ? [] : [whole]))
    }

    @Test("a DELETE returns the old item only")
    func deleteReturning() async throws {
        let store = try await store(["d": .s("x")])
        #expect(
            await store.refusal("DELETE FROM tab \(place) RETURNING MODIFIED NEW *")
                == "Invalid returning clause: RETURNING MODIFIED NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements."
        )
        #expect(try await store.rows("DELETE FROM tab \(place) RETURNING ALL OLD *").count == 1)
        #expect(try await store.rows("DELETE FROM tab \(place) RETURNING ALL OLD *").isEmpty)
    }

    @Test("an update that makes an item too deep or too large is refused")
    func tooMuch() async throws {
        let store = try await store(["m": .map([:])])
        var deep = AttributeValue.s("x")
        for _ in 0..<31 { deep = .map(["a": deep]) }
        #expect(
            await store.refusal("UPDATE tab SET m.deep = ? \(place)", [deep]) == "Nesting Levels have exceeded supported limits")
        let long = AttributeValue.s(String(repeating: "x", count: 400 * 1024))
        #expect(
            await store.refusal("UPDATE tab SET v = ? \(place)", [long])
                == "Item size to update has exceeded the maximum allowed size")
        #expect(
            await store.refusal("INSERT INTO tab VALUE {'pk': 'b', 'sk': '1', 'v': ?}", [long])
                == "Item size has exceeded the maximum allowed size")
    }

    @Test("a write has its record in the stream, and its capacity")
    func effects() async throws {
        let store = try await TestStore.withTable(stream: .newAndOldImages)
        let output = try await store.run("INSERT INTO tab VALUE {'pk': 'a', 'sk': '1'}", capacity: .total)
        #expect(output.consumedCapacity?.capacityUnits == 1)
    }
}

extension AttributeValue {
    /// Sets have no order.
    func equalsSet(_ other: AttributeValue?) -> Bool {
        switch (self, other) {
        case (.stringSet(let left), .stringSet(let right)?), (.numberSet(let left), .numberSet(let right)?):
            Set(left) == Set(right)
        default: false
        }
    }
}
