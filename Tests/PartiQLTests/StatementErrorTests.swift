import Testing

@testable import PartiQL

/// The message of a statement that must be refused.
func refusal(_ text: String) -> String? {
    do throws(StatementError) {
        _ = try Statement.parse(text)
        return nil
    } catch {
        return error.message
    }
}

private func malformed(_ detail: String) -> String { "Statement wasn't well formed, can't be processed: \(detail)" }

@Suite("What the service's parser refuses, with its words")
struct StatementErrorTests {
    @Test(
        "a token behind a whole statement",
        arguments: [
            "SELECT * FROM t WHERE a = 1 b", "SELECT * FROM t WHERE a = 1 e5", "INSERT INTO t VALUE {'a': 1} b",
            "UPDATE t SET a = 1 WHERE b = 2 c", "DELETE FROM t WHERE a = 1 b", "SELECT * FROM t WHERE a = 1)",
            "DELETE FROM t WHERE a = 1 ORDER BY a", "SELECT * FROM t ORDER BY a WHERE a = 1",
            "INSERT INTO t u VALUE {'a': 1}", "FROM t SET a = 1 WHERE b = 2", "FETCHH * FROMM \"t\"",
        ])
    func leftover(_ text: String) { #expect(refusal(text) == malformed("Unexpected token after expression")) }

    @Test(
        "nothing where an operand should be",
        arguments: [
            "SELECT * FROM t WHERE", "SELECT * FROM t WHERE;", "UPDATE t SET a = 1 WHERE  ", "DELETE FROM t WHERE",
            "SELECT * FROM t WHERE NOT", "SELECT * FROM t WHERE (", "SELECT * FROM",
        ])
    func nothing(_ text: String) { #expect(refusal(text) == malformed("Unexpected term")) }

    @Test(
        "an operator without its right side",
        arguments: ["SELECT * FROM t WHERE a = 1 AND", "SELECT * FROM t WHERE a = 1 OR", "SELECT * FROM t WHERE a ="])
    func half(_ text: String) {
        #expect(refusal(text) == malformed("Missing right-hand side expression of infix operator"))
    }

    @Test("a keyword or an operator where an operand should be")
    func misplaced() {
        #expect(refusal("SELECT * FROM t WHERE ORDER BY a") == malformed("Unexpected keyword"))
        #expect(refusal("SELECT * FROM t WHERE IS NULL") == malformed("Unexpected operator"))
        #expect(refusal("SELECT * FROM t WHERE a = LIKE") == malformed("Unexpected operator"))
        #expect(refusal("SELECT * FROM t WHERE m.inner = 1") == malformed("Invalid path dot component"))
        #expect(refusal("SELECT * FROM t WHERE a IS THING") == malformed("Expected type name"))
        #expect(refusal("SLECT * FROM t WHERE a = 1") == malformed("Expected data manipulation"))
    }

    @Test("a write without its table", arguments: ["DELETE FROM", "DELETE FROM;", "DELETE FROM WHERE a = 1"])
    func noTable(_ text: String) { #expect(refusal(text) == malformed("Expected identifier for simple path")) }

    @Test(
        "what the lexer cannot read has no detail",
        arguments: [
            "SELECT * FROM t # x", "SELECT * FROM t /* x", "SELECT * FROM \"t", "SELECT * FROM t WHERE a = 'x",
            "SELECT * FROM t WHERE a = 1e2147483648", "SELECT * FROM t WHERE a = 1.5e-2147483647",
            "SELECT * FROM t WHERE a = 1e99999999999", "SELECT * FROM t WHERE a = `x`",
        ])
    func unreadable(_ text: String) { #expect(refusal(text) == malformed("")) }

    @Test(
        "an alias",
        arguments: [
            "SELECT * FROM t u WHERE a = 1", "SELECT * FROM t AS u", "UPDATE t u SET a = 1", "DELETE FROM t u WHERE a = 1",
            "SELECT a AS b FROM t",
        ])
    func alias(_ text: String) { #expect(refusal(text) == "Aliasing is not supported") }

    @Test("a source that is no table or index")
    func sources() {
        #expect(refusal(#"SELECT * FROM "t"."i"."x""#) == "A path may contain at most 2 components in the FROM clause")
        #expect(refusal(#"SELECT * FROM "t".""#) == malformed(""))
        #expect(refusal(#"SELECT * FROM "t"."""#) == "Path component cannot be an empty string")
        #expect(refusal(#"SELECT * FROM """#) == "Path component cannot be an empty string")
        #expect(refusal(#"INSERT INTO "t"."i" VALUE {'a': 1}"#) == "FROM clause may only contain a single table name")
        #expect(refusal("SELECT * FROM t, u") == "Unexpected from source")
    }

    @Test(
        "an expression that is no statement is named by its kind", arguments: ["INT4", "DOUBLE PRECISION", "CHARACTER VARYING"])
    func bare(_ type: String) { #expect(refusal("x IS \(type)") == "Unsupported operation: IsType") }

    @Test(
        "what nests without end is refused, and does not end the process",
        arguments: ["(", "[", "{'a':", "NOT ", "- ", "<<", "f(", "m[", "(SELECT * FROM t WHERE a = "])
    func hostile(_ opening: String) {
        let text = "SELECT * FROM t WHERE a = " + String(repeating: opening, count: 8192 / opening.count)
        #expect(refusal(text) != nil)
    }

    @Test(
        "a long row of operators is refused or read, and does not end the process",
        arguments: ["AND", "OR", "+", "=", "IS NULL ="])
    func longRow(_ name: String) throws {
        let text = "SELECT * FROM t WHERE a" + String(repeating: " \(name) a", count: 900)
        if name == "AND" || name == "OR" { #expect(refusal(text) == nil) } else { #expect(refusal(text) != nil) }
    }
}
