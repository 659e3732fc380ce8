/// Cuts a statement into tokens. What it cannot read is refused without a detail, as the service does.
struct Lexer {
    private let scalars: [Unicode.Scalar]
    private var offset = 0
    private var line = 1
    private var column = 1
    private var parameters = 0

    private init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// The tokens with an `end` behind them.
    static func tokens(of text: String) throws(StatementError) -> [Token] {
        var lexer = Lexer(text)
        var tokens: [Token] = []
        while let token = try lexer.next() { tokens.append(token) }
        tokens.append(Token(kind: .end, text: "", position: SourcePosition(line: lexer.line, column: lexer.column, length: 0)))
        return tokens
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        offset + ahead < scalars.count ? scalars[offset + ahead] : nil
    }

    @discardableResult
    private mutating func advance() -> Unicode.Scalar {
        let scalar = scalars[offset]
        offset += 1
        if scalar == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
        return scalar
    }

    private mutating func next() throws(StatementError) -> Token? {
        try skipBlanks()
        guard let scalar = peek() else { return nil }
        switch scalar {
        case "'": return try quoted("'", .string)
        case "\"": return try quoted("\"", .quotedIdentifier)
        case "a"..."z", "A"..."Z", "_", "$": return word()
        case "0"..."9": return try number()
        case ".": return isDigit(peek(1)) ? try number() : sign(1) { _ in .punctuation(".") }
        case "?":
            let index = parameters
            parameters += 1
            return sign(1) { _ in .parameter(index) }
        case "<" where peek(1) == "<": return sign(2) { _ in .bagStart }
        case ">" where peek(1) == ">": return sign(2) { _ in .bagEnd }
        case "<" where peek(1) == "=" || peek(1) == ">", ">" where peek(1) == "=", "!" where peek(1) == "=",
            "|" where peek(1) == "|":
            return sign(2) { .sign($0) }
        case "=", "<", ">", "+", "-", "*", "/", "%", "@": return sign(1) { .sign($0) }
        case "(", ")", "[", "]", "{", "}", ",", ":", ";": return sign(1) { _ in .punctuation(Character(scalar)) }
        default: throw .notWellFormed()
        }
    }

    private mutating func skipBlanks() throws(StatementError) {
        while let scalar = peek() {
            switch scalar {
            case " ", "\t", "\n", "\r", "\u{0B}", "\u{0C}", "\u{A0}": advance()
            case "-" where peek(1) == "-":
                while let scalar = peek(), scalar != "\n" { _ = (scalar, advance()) }
            case "/" where peek(1) == "*": try skipBlockComment()
            default: return
            }
        }
    }

    private mutating func skipBlockComment() throws(StatementError) {
        advance()
        advance()
        while peek() != nil {
            if peek() == "*", peek(1) == "/" {
                advance()
                advance()
                return
            }
            advance()
        }
        throw .notWellFormed()
    }

    private mutating func sign(_ count: Int, _ kind: (String) -> Token.Kind) -> Token {
        let position = SourcePosition(line: line, column: column, length: count)
        var text = String.UnicodeScalarView()
        for _ in 0..<count { text.append(advance()) }
        return Token(kind: kind(String(text)), text: String(text), position: position)
    }

    private mutating func quoted(_ mark: Unicode.Scalar, _ kind: Token.Kind) throws(StatementError) -> Token {
        let (start, startLine, startColumn) = (offset, line, column)
        var text = String.UnicodeScalarView()
        advance()
        while let scalar = peek() {
            advance()
            if scalar != mark {
                text.append(scalar)
            } else if peek() == mark {
                text.append(advance())
            } else {
                let position = SourcePosition(line: startLine, column: startColumn, length: offset - start)
                return Token(kind: kind, text: String(text), position: position)
            }
        }
        throw .notWellFormed()
    }

    private mutating func word() -> Token {
        let (start, startColumn) = (offset, column)
        while let scalar = peek(), Self.isWordPart(scalar) { _ = (scalar, advance()) }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<offset])
        let text = String(view)
        let position = SourcePosition(line: line, column: startColumn, length: offset - start)
        let lower = text.lowercased()
        if Keywords.operators.contains(lower) { return Token(kind: .sign(lower), text: text, position: position) }
        if Keywords.contains(lower) { return Token(kind: .keyword(lower), text: text, position: position) }
        return Token(kind: .identifier, text: text, position: position)
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "$": true
        default: false
        }
    }

    private func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }

    private mutating func number() throws(StatementError) -> Token {
        let (start, startColumn) = (offset, column)
        while isDigit(peek()) { advance() }
        if peek() == "." {
            advance()
            while isDigit(peek()) { advance() }
        }
        if let mark = peek(), mark == "e" || mark == "E" {
            advance()
            if let sign = peek(), sign == "+" || sign == "-" { advance() }
            guard isDigit(peek()) else { throw .notWellFormed() }
            while isDigit(peek()) { advance() }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<offset])
        let text = String(view)
        guard DecimalText.fits(text) else { throw .notWellFormed() }
        return Token(
            kind: .number, text: text, position: SourcePosition(line: line, column: startColumn, length: offset - start))
    }
}
