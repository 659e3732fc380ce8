// The grammar of conditions, filters and key conditions; NOT binds tighter than AND, AND tighter than OR:
//
//   condition  ::= and (OR and)*
//   and        ::= not (AND not)*
//   not        ::= NOT not | comparison
//   comparison ::= operand comparator operand | operand BETWEEN operand AND operand
//                | operand IN ( operand, ... ) | call | ( condition )
//
// What stands in parentheses may be a condition or an operand, and only what follows tells which. Either is read, and what it
// had to be is asked afterwards, so that nothing is read twice. Open parentheses are kept in a list, not on the stack: the
// depth of an expression is its sender's choice, the stack of a thread is not.

extension ExpressionParser {
    static func condition(_ text: String, kind: ExpressionKind) throws(ExpressionError) -> ConditionSyntax {
        var parser = try ExpressionParser(text, kind: kind)
        let part = try parser.part()
        let condition = try parser.asCondition(part)
        try parser.expectEnd()
        return condition
    }

    /// A condition, or an operand that no comparator followed yet.
    private struct Part {
        enum Content {
            case condition(ConditionSyntax)
            case operand(OperandSyntax)
        }
        var content: Content
        var inParentheses = false
    }

    /// What was read of one level of parentheses before the part that is being read.
    private struct Level {
        /// Conditions that an OR followed.
        var alternatives: [ConditionSyntax] = []
        /// Conditions that an AND followed, since the last OR.
        var terms: [ConditionSyntax] = []
        /// How often NOT stands before the part.
        var negations = 0
    }

    /// The condition that a part is; a call is one, any other operand is an error at the current token.
    private func asCondition(_ part: Part) throws(ExpressionError) -> ConditionSyntax {
        switch part.content {
        case .condition(let condition): return condition
        case .operand(.call(let call)): return .call(call)
        case .operand: throw syntaxError
        }
    }

    private mutating func part() throws(ExpressionError) -> Part {
        var outer: [Level] = []
        var level = Level()
        while true {
            while take(.not) {
                try countOperator()
                level.negations += 1
            }
            if take("(") {
                try enter()
                outer.append(level)
                level = Level()
                continue
            }
            var part = Part(content: .operand(try operand()))
            while true {
                part = try comparison(beginningWith: part)
                if try extend(&level, with: &part) { break }
                guard let enclosing = outer.popLast() else { return part }
                try expect(")")
                leave()
                guard !part.inParentheses else { throw redundantParentheses }
                part.inParentheses = true
                level = enclosing
            }
        }
    }

    /// Puts a part into its level. Answers whether an operator follows, so that there is more to read in the level; if not,
    /// the part becomes the whole level.
    private mutating func extend(_ level: inout Level, with part: inout Part) throws(ExpressionError) -> Bool {
        if level.negations > 0 {
            var condition = try asCondition(part)
            for _ in 0..<level.negations { condition = .not(condition) }
            part = Part(content: .condition(condition))
            level.negations = 0
        }
        if try take(.and, after: part, into: &level.terms) { return true }
        if !level.terms.isEmpty {
            part = Part(content: .condition(.all(level.terms + [try asCondition(part)])))
            level.terms = []
        }
        if try take(.or, after: part, into: &level.alternatives) { return true }
        if !level.alternatives.isEmpty {
            part = Part(content: .condition(.any(level.alternatives + [try asCondition(part)])))
        }
        return false
    }

    private mutating func take(
        _ keyword: ExpressionToken.Keyword, after part: Part, into conditions: inout [ConditionSyntax]
    ) throws(ExpressionError) -> Bool {
        guard current.kind == .keyword(keyword) else { return false }
        conditions.append(try asCondition(part))
        advance()
        try countOperator()
        return true
    }

    /// The comparison that an operand begins, if a comparator follows it.
    private mutating func comparison(beginningWith first: Part) throws(ExpressionError) -> Part {
        guard case .operand(let operand) = first.content else { return first }
        if current.kind == .symbol, let comparator = Comparator(rawValue: current.text) {
            advance()
            try countOperator()
            return Part(content: .condition(.comparison(comparator, operand, try self.operand())))
        }
        if take(.between) {
            try countOperator()
            let low = try self.operand()
            guard take(.and) else { throw syntaxError }
            return Part(content: .condition(.between(operand, low, try self.operand())))
        }
        if take(.in) {
            try countOperator()
            return Part(content: .condition(.in(operand, try members())))
        }
        return first
    }

    private mutating func members() throws(ExpressionError) -> [OperandSyntax] {
        try expect("(")
        var members = [try operand()]
        while take(",") { members.append(try operand()) }
        try expect(")")
        return members
    }
}
