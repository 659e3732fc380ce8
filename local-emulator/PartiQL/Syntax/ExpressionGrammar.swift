/// Operators between operands, by precedence climbing (Pratt, "Top Down Operator Precedence", 1973), with the precedences of
/// PartiQL: OR, AND, NOT, equality with IS and IN, comparison with BETWEEN and LIKE, sums, products.
extension Parser {
    private enum Precedence {
        static let or = 1
        static let and = 2
        static let not = 3
        static let equality = 4
        static let comparison = 5
        static let sum = 6
        static let product = 7
    }

    mutating func expression() throws(StatementError) -> Expression { try expression(above: 0) }

    private mutating func expression(above precedence: Int) throws(StatementError) -> Expression {
        try nested { (parser) throws(StatementError) in
            var left = try parser.unary()
            // A chain of operators makes a tree as deep as it is long, except for AND and OR, whose operands stay in a row.
            var chain = 0
            while let sign = parser.infix(), sign.precedence > precedence {
                chain += sign.precedence > Precedence.and ? 1 : 0
                guard chain <= Self.maximumDepth else { throw .notWellFormed("Statement is nested too deep") }
                left = try parser.infix(sign, left)
            }
            return left
        }
    }

    // MARK: Between operands

    private struct Infix {
        var name: String
        var precedence: Int
        /// NOT IN, NOT BETWEEN, NOT LIKE.
        var isNegated = false
    }

    private func infix() -> Infix? {
        guard case .sign(let name) = head.kind else { return nil }
        if name == "not" {
            guard case .sign(let second) = peek().kind, let sign = Self.infix(second), ["in", "between", "like"].contains(second)
            else { return nil }
            return Infix(name: sign.name, precedence: sign.precedence, isNegated: true)
        }
        return Self.infix(name)
    }

    private static func infix(_ name: String) -> Infix? {
        switch name {
        case "or": Infix(name: name, precedence: Precedence.or)
        case "and": Infix(name: name, precedence: Precedence.and)
        case "=", "<>", "!=", "is", "in": Infix(name: name, precedence: Precedence.equality)
        case "<", "<=", ">", ">=", "between", "like": Infix(name: name, precedence: Precedence.comparison)
        case "+", "-", "||": Infix(name: name, precedence: Precedence.sum)
        case "*", "/", "%": Infix(name: name, precedence: Precedence.product)
        default: nil
        }
    }

    private mutating func infix(_ sign: Infix, _ left: Expression) throws(StatementError) -> Expression {
        if sign.isNegated { next() }
        next()
        switch sign.name {
        case "is": return try isType(left)
        case "in": return try wrap(membership(left), sign)
        case "between":
            let low = try right(sign)
            guard head.kind == .sign("and") else { throw .notWellFormed("Expected AND after BETWEEN") }
            next()
            let high = try right(sign)
            return wrap(Expression(.between(left, low, high), at: left.position), sign)
        case "like": return wrap(Expression(.like(left, try right(sign)), at: left.position), sign)
        case "and":
            return Expression(
                .all(Self.joined(left, try right(sign)) { if case .all(let all) = $0 { all } else { nil } }), at: left.position)
        case "or":
            return Expression(
                .any(Self.joined(left, try right(sign)) { if case .any(let any) = $0 { any } else { nil } }), at: left.position)
        default: return Expression(.binary(sign.name, left, try right(sign)), at: left.position)
        }
    }

    private static func joined(
        _ left: Expression, _ right: Expression, _ operands: (Expression.Kind) -> [Expression]?
    ) -> [Expression] {
        (operands(left.kind) ?? [left]) + (operands(right.kind) ?? [right])
    }

    private func wrap(_ expression: Expression, _ sign: Infix) -> Expression {
        sign.isNegated ? Expression(.not(expression), at: expression.position) : expression
    }

    private mutating func right(_ sign: Infix) throws(StatementError) -> Expression {
        guard head.kind != .end else { throw .notWellFormed("Missing right-hand side expression of infix operator") }
        return try expression(above: sign.precedence)
    }

    private mutating func membership(_ left: Expression) throws(StatementError) -> Expression {
        if head.kind == .punctuation("(") {
            next()
            let members = try expressions(until: ")")
            return Expression(.in(left, members), at: left.position)
        }
        guard head.kind != .end else { throw .notWellFormed("Missing right-hand side expression of infix operator") }
        let right = try expression(above: Precedence.equality)
        guard case .list(let members) = right.kind else { return Expression(.in(left, [right]), at: left.position) }
        return Expression(.in(left, members), at: left.position)
    }

    // MARK: IS

    private mutating func isType(_ left: Expression) throws(StatementError) -> Expression {
        var isNegated = false
        if head.kind == .sign("not") {
            next()
            isNegated = true
        }
        let test = Expression(.isType(left, try typeName()), at: left.position)
        return isNegated ? Expression(.not(test), at: left.position) : test
    }

    private static let typeNames: Set<String> = [
        "MISSING", "NULL", "BOOL", "BOOLEAN", "SMALLINT", "INTEGER", "INTEGER4", "INTEGER8", "INT", "INT4", "INT8", "BIGINT",
        "FLOAT", "REAL", "DOUBLE PRECISION", "DECIMAL", "NUMERIC", "DATE", "TIME", "TIMESTAMP", "CHAR", "CHARACTER", "VARCHAR",
        "CHARACTER VARYING", "STRING", "SYMBOL", "CLOB", "BLOB", "STRUCT", "TUPLE", "LIST", "SEXP", "BAG", "ANY",
    ]

    private mutating func typeName() throws(StatementError) -> String {
        switch head.kind {
        case .identifier, .keyword: break
        default: throw .notWellFormed("Expected type name")
        }
        let first = head.text.uppercased()
        let pair = "\(first) \(peek().text.uppercased())"
        let name = Self.typeNames.contains(pair) ? pair : first
        guard Self.typeNames.contains(name) else { throw .notWellFormed("Expected type name") }
        next()
        if name == pair { next() }
        return name
    }

    // MARK: Before operands

    private mutating func unary() throws(StatementError) -> Expression {
        guard case .sign(let name) = head.kind else { return try path() }
        let position = head.position
        switch name {
        case "not":
            next()
            return Expression(.not(try expression(above: Precedence.not)), at: position)
        case "+", "-":
            next()
            let operand = try nested { (parser) throws(StatementError) in try parser.unary() }
            // Signs of literals are folded into them, which keep their own place.
            if case .number(let digits) = operand.kind {
                return Expression(.number(name == "-" ? Self.negated(digits) : digits), at: operand.position)
            }
            return Expression(name == "-" ? .negative(operand) : .positive(operand), at: position)
        default: return try path()
        }
    }

    private static func negated(_ digits: String) -> String {
        digits.hasPrefix("-") ? String(digits.dropFirst()) : "-" + digits
    }
}
