/// A descent parser over the tokens of one expression; its grammars are in the extensions.
///
/// Nothing here recurses: what is open is kept in lists. What walks the result recurses as deep as `maximumNesting` allows,
/// so that no text that fits into 4 KB exhausts the stack of a thread.
/// Source of the grammars: "Using expressions in DynamoDB" in the Amazon DynamoDB Developer Guide.
struct ExpressionParser {
    let kind: ExpressionKind
    private let text: String
    private let tokens: [ExpressionToken]
    private var index = 0
    private var operatorCount = 0
    private var nesting = 0

    /// Operators in one expression.
    ///
    /// Source: "Quotas in Amazon DynamoDB", section "Expression parameters".
    static let maximumOperators = 300
    /// Parentheses and calls within one another. Each level that is not redundant has an operator of its own, so that a
    /// deeper expression cannot be a valid one.
    static let maximumNesting = maximumOperators + 4

    init(_ text: String, kind: ExpressionKind) throws(ExpressionError) {
        try kind.checkSize(of: text)
        self.kind = kind
        self.text = text
        tokens = ExpressionLexer.tokens(of: text)
    }

    var current: ExpressionToken { tokens[index] }

    func peekIsSymbol(_ symbol: String) -> Bool { index + 1 < tokens.count && tokens[index + 1].isSymbol(symbol) }

    mutating func advance() {
        if index + 1 < tokens.count { index += 1 }
    }

    mutating func take(_ symbol: String) -> Bool {
        guard current.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func take(_ keyword: ExpressionToken.Keyword) -> Bool {
        guard current.kind == .keyword(keyword) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String) throws(ExpressionError) {
        guard take(symbol) else { throw syntaxError }
    }

    func expectEnd() throws(ExpressionError) {
        guard current.kind == .end else { throw syntaxError }
    }

    mutating func countOperator() throws(ExpressionError) {
        operatorCount += 1
        guard operatorCount <= Self.maximumOperators else { throw Self.tooManyOperators(kind) }
    }

    /// Enters parentheses or a call; `leave` ends it.
    mutating func enter() throws(ExpressionError) {
        nesting += 1
        guard nesting <= Self.maximumNesting else { throw nestingError }
    }

    mutating func leave() { nesting -= 1 }

    /// The token where reading stopped, and the text from the token before it to the token after it.
    var syntaxError: ExpressionError {
        let scalars = text.unicodeScalars
        let from = index > 0 ? tokens[index - 1].range.lowerBound : scalars.startIndex
        let to = index + 1 < tokens.count ? tokens[index + 1].range.upperBound : scalars.endIndex
        let near = String(scalars[from..<to])
        return kind.error("Syntax error; token: \"\(current.text)\", near: \"\(near)\"")
    }

    var redundantParentheses: ExpressionError { kind.error("The expression has redundant parentheses;") }

    private static func tooManyOperators(_ kind: ExpressionKind) -> ExpressionError {
        kind.error("The expression contains too many operators; operator count: \(maximumOperators + 1)")
    }

    /// What the service says about an expression that nests deeper than any valid one, found without recursion.
    private var nestingError: ExpressionError {
        var open: [Int] = []
        var closing: [Int: Int] = [:]
        for (position, token) in tokens.enumerated() {
            if token.isSymbol("(") { open.append(position) }
            if token.isSymbol(")"), let start = open.popLast() { closing[start] = position }
        }
        guard open.isEmpty else {
            var end = self
            end.index = tokens.count - 1
            return end.syntaxError
        }
        for (position, token) in tokens.enumerated()
        where token.kind == .identifier && tokens[position + 1].isSymbol("(") {
            if ExpressionFunction(rawValue: token.text) == nil {
                return kind.error("Invalid function name; function: \(token.text)")
            }
        }
        let redundant = closing.contains { start, end in closing[start + 1] == end - 1 && !isCall(start) && !isCall(start + 1) }
        return redundant ? redundantParentheses : Self.tooManyOperators(kind)
    }

    private func isCall(_ parenthesis: Int) -> Bool { parenthesis > 0 && tokens[parenthesis - 1].kind == .identifier }
}

// MARK: - What all grammars share

extension ExpressionParser {
    mutating func path() throws(ExpressionError) -> PathSyntax {
        var steps = [try pathName()]
        while true {
            if take(".") {
                steps.append(try pathName())
            } else if take("[") {
                guard current.kind == .integer else { throw syntaxError }
                steps.append(.index(current.text))
                advance()
                try expect("]")
            } else {
                return PathSyntax(steps: steps)
            }
        }
    }

    private mutating func pathName() throws(ExpressionError) -> PathSyntax.Step {
        let token = current
        switch token.kind {
        case .identifier:
            advance()
            return .attribute(token.text)
        case .name:
            advance()
            return .placeholder(token.text)
        default:
            throw syntaxError
        }
    }

    /// What an operand that is being read stands in.
    private enum Enclosing {
        case parentheses
        case call(CallSyntax)
    }

    /// A path, a value or a call, in at most one pair of parentheses. Calls within calls are kept in a list, not on the stack.
    mutating func operand() throws(ExpressionError) -> OperandSyntax {
        var enclosing: [Enclosing] = []
        while true {
            if let outer = try enclosingStart() {
                enclosing.append(outer)
                continue
            }
            var operand = try scalar()
            var inParentheses = false
            closing: while true {
                switch enclosing.popLast() {
                case nil:
                    return operand
                case .parentheses?:
                    try expect(")")
                    guard !inParentheses else { throw redundantParentheses }
                    inParentheses = true
                case .call(var call)?:
                    call.arguments.append(operand)
                    if take(",") {
                        enclosing.append(.call(call))
                        break closing
                    }
                    try expect(")")
                    (operand, inParentheses) = (.call(call), false)
                }
                leave()
            }
        }
    }

    /// Takes an opening parenthesis, or a function's name with its parenthesis, if that is what comes.
    private mutating func enclosingStart() throws(ExpressionError) -> Enclosing? {
        if take("(") {
            try enter()
            return .parentheses
        }
        guard current.kind == .identifier, peekIsSymbol("(") else { return nil }
        let name = current.text
        advance()
        advance()
        try enter()
        if kind == .update { try countOperator() }
        return .call(CallSyntax(name: name, arguments: []))
    }

    private mutating func scalar() throws(ExpressionError) -> OperandSyntax {
        let token = current
        switch token.kind {
        case .value:
            advance()
            return .value(token.text)
        case .identifier, .name:
            return .path(try path())
        default:
            throw syntaxError
        }
    }
}
