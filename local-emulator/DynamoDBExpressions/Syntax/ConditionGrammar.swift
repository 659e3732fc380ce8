// The grammar of conditions, filters and key conditions; NOT binds tighter than AND, AND tighter than OR:
//
//   condition  ::= and (OR and)*
//   and        ::= not (AND not)*
//   not        ::= NOT not | comparison
//   comparison ::= operand comparator operand | operand BETWEEN operand AND operand
//                | operand IN ( operand, ... ) | call | ( condition )
//
// What stands in parentheses may be a condition or an operand, and only what follows tells which. The functions here read
// either and ask afterwards, so that nothing is read twice.

extension ExpressionParser {
    static func condition(_ text: String, kind: ExpressionKind) throws(ExpressionError) -> ConditionSyntax {
        var parser = try ExpressionParser(text, kind: kind)
        let part = try parser.disjunction()
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

    /// The condition that a part is; a call is one, any other operand is an error at the current token.
    private func asCondition(_ part: Part) throws(ExpressionError) -> ConditionSyntax {
        switch part.content {
        case .condition(let condition): return condition
        case .operand(.call(let call)): return .call(call)
        case .operand: throw syntaxError
        }
    }

    private mutating func disjunction() throws(ExpressionError) -> Part {
        let first = try conjunction()
        guard current.kind == .keyword(.or) else { return first }
        var alternatives = [try asCondition(first)]
        while take(.or) {
            try countOperator()
            let next = try conjunction()
            alternatives.append(try asCondition(next))
        }
        return Part(content: .condition(.any(alternatives)))
    }

    private mutating func conjunction() throws(ExpressionError) -> Part {
        let first = try negation()
        guard current.kind == .keyword(.and) else { return first }
        var terms = [try asCondition(first)]
        while take(.and) {
            try countOperator()
            let next = try negation()
            terms.append(try asCondition(next))
        }
        return Part(content: .condition(.all(terms)))
    }

    private mutating func negation() throws(ExpressionError) -> Part {
        var negations = 0
        while take(.not) {
            try countOperator()
            negations += 1
        }
        let part = try comparison()
        guard negations > 0 else { return part }
        var condition = try asCondition(part)
        for _ in 0..<negations { condition = .not(condition) }
        return Part(content: .condition(condition))
    }

    private mutating func comparison() throws(ExpressionError) -> Part {
        let first = try primary()
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

    private mutating func primary() throws(ExpressionError) -> Part {
        guard take("(") else { return Part(content: .operand(try bareOperand())) }
        try enter()
        var inner = try disjunction()
        // A path or value may stand in parentheses only as an operand; what follows the parenthesis tells.
        try expect(")")
        leave()
        guard !inner.inParentheses else { throw redundantParentheses }
        inner.inParentheses = true
        return inner
    }
}
