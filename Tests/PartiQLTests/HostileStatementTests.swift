import Testing

@testable import PartiQL

@Suite("Statements out of nothing but pieces")
struct HostileStatementTests {
    private static let pieces = [
        "SELECT", "INSERT", "INTO", "VALUE", "UPDATE", "DELETE", "FROM", "WHERE", "SET", "REMOVE", "RETURNING", "ALL", "OLD", "*",
        "AND", "OR", "NOT", "IN", "IS", "BETWEEN", "LIKE", "MISSING", "NULL", "EXISTS", "ORDER", "BY", "t", "\"t\"", "a",
        "a.b[0]",
        "'x'", "1", "-", "+", "1e5", "?", "(", ")", "[", "]", "{", "}", "<<", ">>", ",", ":", ".", "=", "<>", "<", ">", ";", "@",
        "set_add(", "--\n", "/*", "*/", "\u{0}", "é", "'", "\"",
    ]

    @Test("any row of pieces is read or refused, in bounded time")
    func rows() {
        var generator = SeededGenerator(state: 20_260)
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...30, using: &generator)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            _ = refusal(text)
        }
    }

    @Test("a statement cut off anywhere is refused or read")
    func cuts() {
        let statement =
            #"UPDATE "t" SET a = list_append(a, [1, {'x': <<'y'>>}]) REMOVE b.c[3] WHERE pk = ? AND (a IN [1, 2] OR NOT size(c) > 3) RETURNING ALL OLD *"#
        for count in 0...statement.count { _ = refusal(String(statement.prefix(count))) }
        #expect(refusal(statement) == nil)
    }
}

/// The same numbers at each run (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
