/// The tokens of one statement and how far they are read. Its grammar is in the extensions: statements, expressions, terms.
///
/// Recursive, and bounded: what nests deeper than `maximumDepth` is refused, so that no statement exhausts the stack.
struct Parser {
    private let tokens: [Token]
    private var offset = 0
    private var depth = 0

    /// More than documents nest (32 levels) and than anybody writes; a statement has at most 8,192 characters.
    static let maximumDepth = 64

    init(_ text: String) throws(StatementError) {
        tokens = try Lexer.tokens(of: text)
    }

    var head: Token { tokens[offset] }

    /// The end stays the end.
    func peek(_ ahead: Int = 1) -> Token { tokens[min(offset + ahead, tokens.count - 1)] }

    @discardableResult
    mutating func next() -> Token {
        let token = head
        if token.kind != .end { offset += 1 }
        return token
    }

    mutating func take(_ keyword: String) -> Bool {
        guard head.kind == .keyword(keyword) else { return false }
        next()
        return true
    }

    mutating func takeSign(_ punctuation: Character) -> Bool {
        guard head.kind == .punctuation(punctuation) else { return false }
        next()
        return true
    }

    /// A word that is a name elsewhere, such as OLD.
    mutating func takeWord(_ word: String) -> Bool {
        switch head.kind {
        case .identifier, .keyword:
            guard head.text.lowercased() == word else { return false }
            next()
            return true
        default: return false
        }
    }

    mutating func expect(_ punctuation: Character) throws(StatementError) {
        guard takeSign(punctuation) else { throw .notWellFormed("Expected \(Self.name(of: punctuation))") }
    }

    private static func name(of punctuation: Character) -> String {
        switch punctuation {
        case "(": "LEFT_PAREN"
        case ")": "RIGHT_PAREN"
        case "[": "LEFT_BRACKET"
        case "]": "RIGHT_BRACKET"
        case "{": "LEFT_CURLY"
        case "}": "RIGHT_CURLY"
        case ":": "COLON"
        case ",": "COMMA"
        default: String(punctuation)
        }
    }

    /// Runs what reads a nested part.
    mutating func nested<T>(_ read: (inout Parser) throws(StatementError) -> T) throws(StatementError) -> T {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .notWellFormed("Statement is nested too deep") }
        return try read(&self)
    }
}

extension Statement {
    /// Reads a statement.
    ///
    /// - Throws: ``StatementError`` with the service's text for what is no statement, or none that it runs.
    package static func parse(_ text: String) throws(StatementError) -> Statement {
        var parser = try Parser(text)
        return try parser.statement()
    }
}
