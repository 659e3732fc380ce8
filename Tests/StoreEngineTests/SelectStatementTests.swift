import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("SELECT statements")
struct SelectStatementTests {
    private func store() async throws -> TestStore {
        var items: [AttributeMap] = []
        for pk in ["a", "b"] {
            for sk in ["1", "2", "3"] { items.append(["pk": .s(pk), "sk": .s(sk), "n": .number(sk)]) }
        }
        items[0]["m"] = .map(["k": .list([.s("x"), .s("y")])])
        items[0]["empty"] = .null
        items[0]["tags"] = .stringSet(["red", "blue"])
        return try await TestStore.withItems(items)
    }

    @Test("the whole key reads one item, a partition its items, nothing the table")
    func reads() async throws {
        let store = try await store()
        #expect(try await store.sortKeys("SELECT * FROM tab WHERE pk = 'a' AND sk = '2'") == ["2"])
        #expect(try await store.sortKeys("select * from \"tab\" where sk = ? and pk = ?", [.s("2"), .s("a")]) == ["2"])
        #expect(try await store.sortKeys("SELECT * FROM tab WHERE pk = 'b'") == ["1", "2", "3"])
        #expect(try await store.rows("SELECT * FROM tab").count == 6)
        #expect(try await store.rows("SELECT * FROM tab WHERE pk = 'zz'").isEmpty)
    }

    @Test(
        "conditions on the sort key",
        arguments: [
            ("sk > '1'", ["2", "3"]), ("'1' < sk", ["2", "3"]), ("sk BETWEEN '2' AND '3'", ["2", "3"]),
            ("begins_with(sk, '2')", ["2"]), ("sk IN ['3', '1']", ["1", "3"]), ("sk IN ('3', '1')", ["1", "3"]),
            ("(sk = '1' OR sk = '3')", ["1", "3"]), ("sk <> '2'", ["1", "3"]), ("sk != '2'", ["1", "3"]),
            ("NOT sk = '2'", ["1", "3"]), ("NOT sk IN ['1', '3']", ["2"]), ("sk NOT IN ['1', '3']", ["2"]),
            ("sk > '1' AND sk < '3'", ["2"]), ("sk = '1' AND sk > '5'", []),
            ("NOT sk = '1' OR pk = 'a' AND sk = '2'", ["2", "3"]), ("n >= 2 AND n <= 2", ["2"]),
        ])
    func sortConditions(_ condition: String, _ expected: [String]) async throws {
        let store = try await store()
        #expect(try await store.sortKeys("SELECT * FROM tab WHERE pk = 'a' AND \(condition)") == expected)
    }

    @Test(
        "conditions on other attributes",
        arguments: [
            "attribute_exists(m.k)", "ATTRIBUTE_NOT_EXISTS(nope)", "m.k[1] = 'y'", "size(m.k) = 2", "contains(tags, 'red')",
            "attribute_type(tags, 'SS')", "empty IS NULL", "tags IS NOT NULL", "nope IS NOT NULL", "nope IS MISSING",
            "n IS NOT MISSING", "n IS NUMERIC", "m IS STRUCT", "n = 1e0", "tags = <<'blue', 'red'>>",
            "attribute_exists(nope) = false", "true = attribute_exists(n)", "(n = 5 OR n = 6) = false", "m.k = ['x', 'y']",
            "m = {'k': ['x', 'y']}", "n IN [?, 7]", "\"n\" BETWEEN - 1 AND +1", "attribute_exists(nope) IN [true, false]",
        ])
    func filters(_ condition: String) async throws {
        let store = try await store()
        let parameters: [AttributeValue]? = condition.contains("?") ? [.n(1)] : nil
        #expect(
            try await store.sortKeys("SELECT * FROM tab WHERE pk = 'a' AND sk = '1' AND \(condition)", parameters) == ["1"])
    }

    @Test("a column is named by the end of its path, and left out where the item has none")
    func columns() async throws {
        let store = try await store()
        let row = try await store.rows("SELECT m.k, m.k[0], nope, pk FROM tab WHERE pk = 'a' AND sk = '1'")
        #expect(row == [["k": .list([.s("x"), .s("y")]), "k[0]": .s("x"), "pk": .s("a")]])
        #expect(try await store.rows("SELECT nope FROM tab WHERE pk = 'b' AND sk = '1'") == [[:]])
    }

    @Test("ORDER BY gives the order of the keys")
    func order() async throws {
        let store = try await store()
        func keys(_ rest: String) async throws -> [String] {
            try await store.rows("SELECT pk, sk FROM tab WHERE \(rest)").map { "\($0["pk"]!)\($0["sk"]!)" }
        }
        func names(_ names: String...) -> [String] {
            names.map { "\(AttributeValue.s(String($0.prefix(1))))\(AttributeValue.s(String($0.suffix(1))))" }
        }
        #expect(try await keys("pk = 'a' ORDER BY sk DESC") == names("a3", "a2", "a1"))
        #expect(try await keys("pk = 'a' ORDER BY sk") == names("a1", "a2", "a3"))
        #expect(try await keys("pk = 'a' ORDER BY pk ASC") == names("a3", "a2", "a1"))
        #expect(try await keys("pk IN ['b', 'a'] ORDER BY pk DESC, sk ASC") == names("b1", "b2", "b3", "a1", "a2", "a3"))
        #expect(try await keys("pk IN ['b', 'a'] AND sk IN ['1', '3'] ORDER BY pk, sk") == names("a1", "a3", "b1", "b3"))
    }

    @Test("ORDER BY that no key gives is refused")
    func orderRefusals() async throws {
        let store = try await store()
        #expect(
            await store.refusal("SELECT * FROM tab ORDER BY sk")
                == "Must have WHERE clause in the statement when using ORDER BY clause.")
        #expect(
            await store.refusal("SELECT * FROM tab WHERE pk = 'a' ORDER BY n")
                == "Attribute n in ORDER BY clause must be part of the primary key")
        #expect(
            await store.refusal("SELECT * FROM tab WHERE pk > 'a' ORDER BY sk")
                == "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")
        #expect(
            await store.refusal("SELECT * FROM tab WHERE pk IN ['a', 'b'] ORDER BY sk")
                == "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.")
    }

    @Test("pages go on where they ended, over partitions and in either order", arguments: ["pk, sk", "pk DESC, sk DESC"])
    func pages(_ order: String) async throws {
        let store = try await store()
        let statement = "SELECT pk, sk FROM tab WHERE pk IN ['a', 'b'] ORDER BY \(order)"
        let whole = try await store.run(statement).items
        for limit in 1...7 {
            var items: [ItemDocument] = []
            var token: String?
            repeat {
                let page = try await store.run(statement, limit: limit, after: token)
                #expect(page.items.count <= limit)
                items += page.items
                token = page.nextToken
            } while token != nil
            #expect(items == whole)
        }
    }

    @Test("a token belongs to its statement and parameters")
    func tokens() async throws {
        let store = try await store()
        let page = try await store.run("SELECT * FROM tab WHERE pk = ?", [.s("a")], limit: 1)
        let token = try #require(page.nextToken)
        #expect(page.lastEvaluatedKey == key("a", "1"))
        #expect(try await store.run("SELECT * FROM tab WHERE pk = ?", [.s("a")], limit: 2, after: token).items.count == 2)
        for (statement, parameter) in [("SELECT * FROM tab WHERE pk = ?", "b"), ("SELECT pk FROM tab WHERE pk = ?", "a")] {
            let error = await failure { () throws(StoreError) in
                try await store.run(statement, [.s(parameter)], after: token)
            }
            #expect(error?.message == "NextToken does not match request")
        }
        let error = await failure { () throws(StoreError) in try await store.run("SELECT * FROM tab", after: "nonsense") }
        #expect(error?.message == "Invalid NextToken")
    }

    @Test("the reading of one item ends there")
    func oneItem() async throws {
        let store = try await store()
        #expect(try await store.run("SELECT * FROM tab WHERE pk = 'a' AND sk = '1'", limit: 1).nextToken == nil)
    }

    @Test(
        "branches that overlap",
        arguments: [
            "pk IN ['a', 'a']", "pk = 'a' OR pk = 'a'", "pk = 'a' AND (sk > '0' OR sk < '5')",
            "pk = 'a' AND (sk = '1' OR n = 2)", "pk = 'a' AND n <> 2 OR pk = 'a' AND sk = '2'",
        ])
    func overlap(_ condition: String) async throws {
        #expect(
            try await store().refusal("SELECT * FROM tab WHERE \(condition)")
                == "Overlapping conditions with range keys are not supported in where clause")
    }

    @Test("values of the key have its type")
    func types() async throws {
        let store = try await store()
        let text = "Key attribute's data type should match its data type in table's schema: Key "
        #expect(await store.refusal("SELECT * FROM tab WHERE pk = 1 OR pk = 'a'") == text + "pk")
        #expect(await store.refusal("SELECT * FROM tab WHERE pk = 'a' AND sk IN ['1', 2]") == text + "sk")
        #expect(try await store.rows("SELECT * FROM tab WHERE pk > 1").isEmpty)
        #expect(
            await store.refusal("SELECT * FROM tab WHERE pk = ''")
                == "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                + "string value. Key: pk")
    }

    @Test("fifty reads are the most, a hundred members of IN too")
    func limits() async throws {
        let store = try await store()
        func members(_ count: Int) -> String { (0..<count).map { "'v\($0)'" }.joined(separator: ", ") }
        let tooMany = "Too many decomposed read operations for a given query."
        #expect(await store.refusal("SELECT * FROM tab WHERE pk IN [\(members(50))]") == nil)
        #expect(await store.refusal("SELECT * FROM tab WHERE pk IN [\(members(51))]") == tooMany)
        #expect(await store.refusal("SELECT * FROM tab WHERE pk IN [\(members(26))] AND sk IN ['1', '2']") == tooMany)
        #expect(await store.refusal("SELECT * FROM tab WHERE pk IN [\(members(51))] OR n = 1") == nil)
        #expect(
            await store.refusal("SELECT * FROM tab WHERE n IN [\(members(101))]")
                == "The IN operator is provided with too many operands; number of operands: 101")
    }

    @Test("what is wrong with a condition is found before the table is looked for")
    func operands() async throws {
        let store = try await store()
        func refusal(_ condition: String, _ parameters: [AttributeValue]? = nil) async -> String? {
            await store.refusal("SELECT * FROM nowhere WHERE \(condition)", parameters)
        }
        let type = "Incorrect operand type for operator or function; operator or function: "
        #expect(await refusal("n < ?", [.bool(true)]) == type + "<, operand type: BOOL")
        #expect(await refusal("n BETWEEN ? AND ?", [.null, .null]) == type + "BETWEEN, operand type: NULL")
        #expect(await refusal("attribute_exists(n) > false") == type + ">, operand type: BOOL")
        #expect(await refusal("attribute_type(n, 1)") == type + "attribute_type, operand type: N")
        #expect(
            await refusal("attribute_exists()")
                == "Incorrect number of operands for operator or function; operator or function: attribute_exists, "
                + "number of operands: 0")
        #expect(
            await refusal("attribute_exists('n')")
                == "Operator or function requires a document path; operator or function: attribute_exists")
        #expect(await refusal("EXISTS(n)") == "Unrecognized function: exists at 1:29:6")
        #expect(await refusal("n = 5 + 5") == "Unsupported operator in Condition Expression. Operator: +")
        #expect(await refusal("n = ? AND m = ?", [.n(1)]) == "Number of parameters in request and statement don't match.")
        #expect(await refusal("n = 1") == "ResourceNotFoundException: Requested resource not found")
        #expect(
            await store.refusal("SELECT l[-1] FROM tab")
                == "List index is not within the allowable range; index: [-1] at 1:11:1")
        #expect(await store.refusal("SELECT size(n) FROM tab") == "Unexpected path component at 1:8:4")
    }

    @Test("capacity is that of the reads")
    func capacity() async throws {
        let store = try await store()
        func units(_ statement: String, consistent: Bool = false) async throws -> Double? {
            try await store.run(statement, consistent: consistent, capacity: .total).consumedCapacity?.capacityUnits
        }
        #expect(try await units("SELECT * FROM tab WHERE pk = 'a' AND sk = '1'") == 0.5)
        #expect(try await units("SELECT * FROM tab WHERE pk = 'a' AND sk = '1'", consistent: true) == 1)
        #expect(try await units("SELECT * FROM tab WHERE pk IN ['a', 'b']") == 1)
    }
}
