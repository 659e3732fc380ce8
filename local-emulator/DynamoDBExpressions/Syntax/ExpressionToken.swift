/// One token of an expression, with its place in the text for the service's `near:`.
struct ExpressionToken: Equatable {
    enum Kind: Equatable {
        /// A bare attribute or function name.
        case identifier
        /// `#name`.
        case name
        /// `:value`.
        case value
        /// A list index.
        case integer
        /// AND, OR, NOT, BETWEEN, IN, SET, REMOVE, ADD, DELETE, in any case.
        case keyword(Keyword)
        /// `=`, `<`, `(` and so on: the token's text says which.
        case symbol
        /// A character that no expression has.
        case unknown
        case end
    }

    enum Keyword: String {
        case and = "AND"
        case or = "OR"
        case not = "NOT"
        case between = "BETWEEN"
        case `in` = "IN"
        case set = "SET"
        case remove = "REMOVE"
        case add = "ADD"
        case delete = "DELETE"
    }

    var kind: Kind
    var text: String
    var range: Range<String.UnicodeScalarView.Index>

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}
