/// What operators stand between: literals, names with their paths, calls, and what is in parentheses.
extension Parser {
    /// A term and the steps behind it.
    ///
    /// - Parameter isSimple: whether only a name may begin it, as in SET, REMOVE, INTO and DELETE FROM.
    mutating func path(isSimple: Bool = false) throws(StatementError) -> Expression {
        if isSimple {
            switch head.kind {
            case .identifier, .quotedIdentifier: break
            default: throw .notWellFormed("Expected identifier for simple path")
            }
        }
        let term = isSimple ? nameFromHead() : try self.term()
        let steps = try steps(isSimple: isSimple)
        guard !steps.isEmpty else { return term }
        guard case .path(let name, let first) = term.kind else {
            throw StatementError("Unexpected path component at \(term.position)")
        }
        return Expression(.path(name, first + steps), at: term.position)
    }

    private mutating func steps(isSimple: Bool) throws(StatementError) -> [Expression.Step] {
        var steps: [Expression.Step] = []
        while true {
            if takeSign(".") {
                switch head.kind {
                case .identifier, .quotedIdentifier: steps.append(.attribute(next().text))
                case .sign("*") where !isSimple:
                    next()
                    steps.append(.wildcard)
                case .sign("*"): throw .notWellFormed("Invalid path dot component for simple path")
                default: throw .notWellFormed("Invalid path dot component")
                }
            } else if takeSign("[") {
                if head.kind == .sign("*") {
                    next()
                    steps.append(.wildcard)
                } else {
                    let index = try expression()
                    steps.append(Self.step(index))
                }
                try expect("]")
            } else {
                return steps
            }
        }
    }

    /// `m['name']` is `m.name`.
    private static func step(_ index: Expression) -> Expression.Step {
        guard case .string(let name) = index.kind else { return .subscripted(index) }
        return .attribute(name)
    }

    private mutating func nameFromHead() -> Expression {
        let token = next()
        return Expression(.path(token.text, []), at: token.position)
    }

    private mutating func term() throws(StatementError) -> Expression {
        let token = head
        switch token.kind {
        case .sign: throw .notWellFormed("Unexpected operator")
        case .string:
            next()
            return Expression(.string(token.text), at: token.position)
        case .number:
            next()
            return Expression(.number(token.text), at: token.position)
        case .parameter(let index):
            next()
            return Expression(.parameter(index), at: token.position)
        case .identifier, .quotedIdentifier:
            guard peek().kind == .punctuation("(") else { return nameFromHead() }
            return try call()
        case .keyword(let word): return try keyword(word)
        case .punctuation("("): return try group()
        case .punctuation("["):
            next()
            return Expression(.list(try expressions(until: "]")), at: token.position)
        case .punctuation("{"): return try tuple()
        case .bagStart: return try bag()
        case .punctuation, .bagEnd, .end: throw .notWellFormed("Unexpected term")
        }
    }

    private mutating func keyword(_ word: String) throws(StatementError) -> Expression {
        let token = head
        switch word {
        case "true", "false":
            next()
            return Expression(.bool(word == "true"), at: token.position)
        case "null":
            next()
            return Expression(.null, at: token.position)
        case "missing":
            next()
            return Expression(.missing, at: token.position)
        case "select":
            return Expression(.select(try nested { (parser) throws(StatementError) in try parser.select() }), at: token.position)
        case "from":
            // Read where a term should be, as in `SLECT * FROM t`, it is an update's beginning that lacks its changes.
            _ = try updateWithSourceFirst()
            throw .notWellFormed("Unexpected keyword")
        default:
            guard peek().kind == .punctuation("(") else { throw .notWellFormed("Unexpected keyword") }
            return try call()
        }
    }

    private mutating func call() throws(StatementError) -> Expression {
        let name = next()
        next()
        if head.kind == .sign("*"), peek().kind == .punctuation(")") {
            let star = Expression(.star, at: next().position)
            next()
            return Expression(.call(name.text.lowercased(), [star]), at: name.position)
        }
        return Expression(.call(name.text.lowercased(), try expressions(until: ")")), at: name.position)
    }

    private mutating func group() throws(StatementError) -> Expression {
        let position = next().position
        let first = try expression()
        guard head.kind == .punctuation(",") else {
            try expect(")")
            return first
        }
        next()
        return Expression(.list([first] + (try expressions(until: ")"))), at: position)
    }

    /// Expressions with commas between them, and the sign that ends them.
    mutating func expressions(until end: Character) throws(StatementError) -> [Expression] {
        if takeSign(end) { return [] }
        var expressions: [Expression] = []
        repeat { expressions.append(try expression()) } while takeSign(",")
        try expect(end)
        return expressions
    }

    private mutating func bag() throws(StatementError) -> Expression {
        let position = next().position
        var members: [Expression] = []
        if head.kind != .bagEnd {
            repeat { members.append(try expression()) } while takeSign(",")
        }
        guard head.kind == .bagEnd else { throw .notWellFormed("Expected RIGHT_DOUBLE_ANGLE_BRACKET") }
        next()
        return Expression(.bag(members), at: position)
    }

    private mutating func tuple() throws(StatementError) -> Expression {
        let position = next().position
        var members: [(name: Expression, value: Expression)] = []
        if !takeSign("}") {
            repeat {
                let name = try expression()
                try expect(":")
                members.append((name, try expression()))
            } while takeSign(",")
            try expect("}")
        }
        return Expression(.tuple(members), at: position)
    }
}
