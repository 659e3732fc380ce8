/// Splits an expression into tokens. It refuses nothing: what is no token becomes `unknown`, and the parser says where.
struct ExpressionLexer {
    private let text: String.UnicodeScalarView
    private var position: String.UnicodeScalarView.Index

    static func tokens(of text: String) -> [ExpressionToken] {
        var lexer = ExpressionLexer(text)
        var tokens: [ExpressionToken] = []
        while let token = lexer.next() { tokens.append(token) }
        let end = lexer.text.endIndex
        tokens.append(ExpressionToken(kind: .end, text: "<EOF>", range: end..<end))
        return tokens
    }

    private init(_ text: String) {
        self.text = text.unicodeScalars
        position = text.unicodeScalars.startIndex
    }

    private mutating func next() -> ExpressionToken? {
        skip { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        guard position < text.endIndex else { return nil }
        let start = position
        let first = text[position]
        position = text.index(after: position)
        let kind = scan(after: first, from: start)
        let range = start..<position
        return ExpressionToken(kind: kind, text: String(text[range]), range: range)
    }

    private mutating func scan(after first: Unicode.Scalar, from start: String.UnicodeScalarView.Index) -> ExpressionToken.Kind {
        switch first {
        case "a"..."z", "A"..."Z":
            skip(Self.isWord)
            let word = String(text[start..<position]).uppercased()
            return ExpressionToken.Keyword(rawValue: word).map { .keyword($0) } ?? .identifier
        case "#", ":":
            let afterMark = position
            skip(Self.isWord)
            if position == afterMark { return .unknown }
            return first == "#" ? .name : .value
        case "0":
            return .integer
        case "1"..."9":
            skip { ("0"..."9").contains($0) }
            return .integer
        case "<":
            if peek() == ">" || peek() == "=" { position = text.index(after: position) }
            return .symbol
        case ">":
            if peek() == "=" { position = text.index(after: position) }
            return .symbol
        case "=", "(", ")", "[", "]", ",", ".", "+", "-":
            return .symbol
        default:
            return .unknown
        }
    }

    private func peek() -> Unicode.Scalar? { position < text.endIndex ? text[position] : nil }

    private mutating func skip(_ matches: (Unicode.Scalar) -> Bool) {
        while position < text.endIndex, matches(text[position]) { position = text.index(after: position) }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }
}
