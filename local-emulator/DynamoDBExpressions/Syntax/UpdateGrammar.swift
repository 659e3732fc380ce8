//   update ::= section+
//   section ::= SET path = value (, path = value)* | REMOVE path (, path)*
//             | ADD path :value (, path :value)*   | DELETE path :value (, path :value)*
//   value  ::= operand | operand + operand | operand - operand

extension ExpressionParser {
    static func update(_ text: String) throws(ExpressionError) -> [UpdateSectionSyntax] {
        var parser = try ExpressionParser(text, kind: .update)
        var sections: [UpdateSectionSyntax] = []
        repeat { sections.append(try parser.section()) } while parser.current.kind != .end
        return sections
    }

    private mutating func section() throws(ExpressionError) -> UpdateSectionSyntax {
        let kind: UpdateSectionSyntax.Kind
        switch current.kind {
        case .keyword(.set): kind = .set
        case .keyword(.remove): kind = .remove
        case .keyword(.add): kind = .add
        case .keyword(.delete): kind = .delete
        default: throw syntaxError
        }
        advance()
        var actions = [try action(kind)]
        while take(",") { actions.append(try action(kind)) }
        return UpdateSectionSyntax(kind: kind, actions: actions)
    }

    private mutating func action(_ kind: UpdateSectionSyntax.Kind) throws(ExpressionError) -> UpdateSectionSyntax.Action {
        let path = try path()
        switch kind {
        case .remove:
            return UpdateSectionSyntax.Action(path: path)
        case .set:
            try expect("=")
            return UpdateSectionSyntax.Action(path: path, value: try setValue())
        case .add, .delete:
            guard current.kind == .value else { throw syntaxError }
            let value = OperandSyntax.value(current.text)
            advance()
            return UpdateSectionSyntax.Action(path: path, value: .operand(value))
        }
    }

    private mutating func setValue() throws(ExpressionError) -> UpdateValueSyntax {
        // The whole value may stand in one pair of parentheses, as in `SET a = (b + c)`. A first operand may too, as in
        // `SET a = (b) + c`: what follows the operand in the parenthesis tells which it is.
        guard current.isSymbol("(") else { return try arithmetic(after: try operand()) }
        advance()
        try enter()
        let inner = try setValueInParentheses()
        leave()
        return inner
    }

    private mutating func setValueInParentheses() throws(ExpressionError) -> UpdateValueSyntax {
        let startsWithParenthesis = current.isSymbol("(")
        let first = try operand()
        let inner = try arithmetic(after: first)
        try expect(")")
        guard case .operand = inner else { return inner }
        guard !startsWithParenthesis else { throw redundantParentheses }
        return try arithmetic(after: first)
    }

    private mutating func arithmetic(after first: OperandSyntax) throws(ExpressionError) -> UpdateValueSyntax {
        if take("+") {
            try countOperator()
            return .sum(first, try operand())
        }
        if take("-") {
            try countOperator()
            return .difference(first, try operand())
        }
        return .operand(first)
    }
}
