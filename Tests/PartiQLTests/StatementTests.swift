import Testing

@testable import PartiQL

@Suite("Statements that are read")
struct StatementTests {
    private func select(_ text: String) throws -> SelectStatement {
        guard case .select(let select) = try Statement.parse(text) else { throw StatementError("no SELECT") }
        return select
    }

    private func condition(_ text: String) throws -> Expression.Kind? {
        try select("SELECT * FROM t WHERE \(text)").condition?.kind
    }

    @Test("keywords have no case, names keep theirs")
    func letters() throws {
        let statement = try select(#"sElEcT Aa, "bB" fRoM "My-Table"."Ix" oRdEr By Aa dEsC"#)
        #expect(statement.from == TableReference(table: "My-Table", index: "Ix"))
        #expect(statement.order.map(\.isDescending) == [true])
        #expect(
            statement.columns?.map { if case .path(let name, _) = $0.kind { name } else { "" } } == ["Aa", "bB"])
    }

    @Test("ONLY is a name, though SQL reserves it")
    func only() throws {
        guard case .update(let update) = try Statement.parse("UPDATE t SET Only = set_delete(Only, <<'a'>>) WHERE a = 1") else {
            throw StatementError("no UPDATE")
        }
        #expect(update.changes.count == 1)
    }

    @Test("comments are blanks, and are text in strings")
    func comments() throws {
        let statement = try select("-- first\nSELECT/**/* FROM t -- rest\nWHERE a = 'x--y /*z*/' /* end */;")
        guard case .binary("=", _, let right)? = statement.condition?.kind, case .string(let text) = right.kind else {
            throw StatementError("no comparison")
        }
        #expect(text == "x--y /*z*/")
    }

    @Test("numbers keep their digits and take the signs before them", arguments: ["7.31e6", ".5", "1E+3", "12", "2.50"])
    func numbers(_ digits: String) throws {
        for (sign, expected) in [("", digits), ("-", "-" + digits), ("- - ", digits), ("+", digits)] {
            guard case .binary(_, _, let right)? = try condition("a = \(sign)\(digits)"), case .number(let text) = right.kind
            else { throw StatementError("no number") }
            #expect(text == expected)
        }
    }

    @Test("a doubled quote is one quote")
    func quotes() throws {
        guard case .binary(_, let left, let right)? = try condition(#""a""b" = 'it''s'"#), case .path(let name, _) = left.kind,
            case .string(let text) = right.kind
        else { throw StatementError("no comparison") }
        #expect(name == #"a"b"#)
        #expect(text == "it's")
    }

    @Test("NOT takes a comparison, AND takes NOT, OR takes AND")
    func precedence() throws {
        guard case .any(let branches)? = try condition("NOT a = 1 AND b = 2 OR c BETWEEN 1 AND 3 AND d IN [1, 2]"),
            case .all(let first) = branches[0].kind, case .all(let second) = branches[1].kind
        else { throw StatementError("no branches") }
        guard case .not(let negated) = first[0].kind, case .binary = negated.kind else { throw StatementError("no NOT") }
        guard case .between = second[0].kind, case .in(_, let members) = second[1].kind else { throw StatementError("no IN") }
        #expect(members.count == 2)
    }

    @Test("parameters are counted in written order")
    func parameters() throws {
        guard case .update(let update) = try Statement.parse("UPDATE t SET a = ? REMOVE b WHERE c = ? RETURNING MODIFIED OLD *"),
            case .set(_, let value) = update.changes[0], case .parameter(0) = value.kind,
            case .binary(_, _, let right)? = update.condition?.kind, case .parameter(1) = right.kind
        else { throw StatementError("no update") }
        #expect(update.returning == .modifiedOld)
        #expect(update.changes.count == 2)
    }

    @Test("an update may begin with its table and its condition")
    func sourceFirst() throws {
        guard case .update(let update) = try Statement.parse("FROM t WHERE a = 1 SET b = 2, c = 3 REMOVE d") else {
            throw StatementError("no update")
        }
        #expect(update.changes.count == 3)
        #expect(update.condition != nil)
    }

    @Test("EXISTS with a SELECT is a statement of its own")
    func exists() throws {
        guard case .exists(let select) = try Statement.parse("exists(SELECT * FROM t WHERE a = 1 AND b IS MISSING)") else {
            throw StatementError("no EXISTS")
        }
        #expect(select.from.table == "t")
    }

    @Test("places are counted in characters from 1, line by line")
    func positions() throws {
        guard case .update(let update) = try Statement.parse("UPDATE t\nSET s = set_add(\"Names\", <<'x'>>) WHERE a = 1"),
            case .set(_, let value) = update.changes[0], case .call("set_add", let arguments) = value.kind
        else { throw StatementError("no call") }
        #expect(value.position.description == "2:9:7")
        #expect(arguments[0].position.description == "2:17:7")
    }
}
