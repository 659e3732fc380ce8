import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Statements made at random")
struct RandomStatementTests {
    /// Conditions of all kinds, true and absurd ones.
    private struct Maker {
        var state: UInt64 = 7

        mutating func number(below count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }

        mutating func pick(_ choices: String...) -> String { choices[number(below: choices.count)] }

        mutating func value() -> String {
            pick(
                "'a'", "'1'", "'2'", "1", "-2.5e1", "?", "null", "true", "[1, 'x']", "{'k': 1}", "<<'a'>>", "<<1, 2>>", "''", "n")
        }

        mutating func path() -> String { pick("pk", "sk", "n", "m.k", "m.k[0]", "l[1]", "nope", "\"pk\"") }

        mutating func condition(_ depth: Int) -> String {
            switch number(below: depth > 3 ? 9 : 13) {
            case 0, 1: "pk = \(pick("'a'", "'b'", value()))"
            case 2: "sk \(pick("=", "<", "<=", ">", ">=", "<>", "!=")) \(pick("'1'", "'2'", value()))"
            case 3: "\(path()) \(pick("=", "<", ">=", "<>")) \(value())"
            case 4: "\(path()) BETWEEN \(value()) AND \(value())"
            case 5: "\(path()) \(pick("IN", "NOT IN")) [\(value()), \(value())]"
            case 6: "\(path()) IS \(pick("", "NOT ")) \(pick("MISSING", "NULL", "STRING", "LIST", "INT"))"
            case 7: "\(pick("begins_with", "contains", "attribute_type"))(\(path()), \(value()))"
            case 8: "\(pick("attribute_exists", "attribute_not_exists", "size"))(\(path())) \(pick("", "= true", "> 1"))"
            case 9: "NOT \(condition(depth + 1))"
            case 10: "(\(condition(depth + 1)) OR \(condition(depth + 1)))"
            default: "(\(condition(depth + 1)) AND \(condition(depth + 1)))"
            }
        }

        mutating func statement() -> String {
            let condition = condition(0)
            switch number(below: 6) {
            case 0:
                return
                    "UPDATE tab SET \(path()) = \(pick(value(), "\(path()) + \(value())", "list_append(\(path()), \(value()))")) WHERE \(condition)"
            case 1: return "DELETE FROM tab WHERE pk = 'a' AND sk = '2' AND \(condition) RETURNING ALL OLD *"
            case 2: return "INSERT INTO tab VALUE {'pk': \(value()), 'sk': \(value()), 'v': \(value())}"
            default:
                return
                    "SELECT \(pick("*", "m.k, n", path())) FROM tab WHERE \(condition) \(pick("", "ORDER BY sk", "ORDER BY pk DESC"))"
            }
        }
    }

    @Test("each is answered or refused, and none is the store's own failure")
    func random() async throws {
        let store = try await TestStore.withItems(
            ["1", "2", "3"].map {
                key("a", $0).merging([
                    "n": .number($0), "m": .map(["k": .list([.s("x")])]), "l": .list([.n(1), .s("y")]),
                ]) { $1 }
            })
        var maker = Maker()
        for _ in 0..<3000 {
            let statement = maker.statement()
            let parameters = Array(repeating: AttributeValue.s("a"), count: statement.filter { $0 == "?" }.count)
            let error = await failure { () throws(StoreError) in
                try await store.run(statement, parameters.isEmpty ? nil : parameters, limit: 1 + maker.number(below: 4))
            }
            #expect(error?.code != "InternalServerError", "\(statement)")
        }
    }

    @Test("a query answers what a scan with the same condition does")
    func planned() async throws {
        let store = try await TestStore.withItems(
            (0..<40).map { ["pk": .s(["a", "b", "c", "1"][$0 % 4]), "sk": .s("\($0)"), "n": .n($0 % 7)] })
        var maker = Maker(state: 11)
        var answered = 0
        for _ in 0..<600 {
            let condition = maker.condition(0).replacing("?", with: "'a'")
            guard let planned = try? await store.rows("SELECT * FROM tab WHERE \(condition)") else { continue }
            // A condition that does not name the partition in each branch is a scan.
            let scanned = try await store.rows(
                "SELECT * FROM tab WHERE (\(condition)) AND attribute_exists(pk) OR nope = 'never'")
            #expect(Set(planned) == Set(scanned) && planned.count == scanned.count, "\(condition)")
            answered += 1
        }
        #expect(answered > 100)
    }
}
