/// A part of a statement that has a value, with the place of its first token.
package struct Expression: Sendable {
    package var kind: Kind
    package var position: SourcePosition

    package indirect enum Kind: Sendable {
        case string(String)
        /// The digits as written, with a sign that stood before them.
        case number(String)
        case bool(Bool)
        case null
        case missing
        /// The nth `?` of the statement, from 0.
        case parameter(Int)
        /// A name, with what follows it.
        case path(String, [Step])
        case list([Expression])
        case bag([Expression])
        case tuple([(name: Expression, value: Expression)])
        /// A function by its name in lower case; `*` as an argument is `star`.
        case call(String, [Expression])
        case star
        case all([Expression])
        case any([Expression])
        case not(Expression)
        case negative(Expression)
        case positive(Expression)
        /// Comparisons and arithmetic, by the operator as written.
        case binary(String, Expression, Expression)
        case between(Expression, Expression, Expression)
        /// The members of a list in brackets or parentheses, or one operand that stands for all of them.
        case `in`(Expression, [Expression])
        case like(Expression, Expression)
        /// The type's name in upper case.
        case isType(Expression, String)
        case select(SelectStatement)
    }

    package enum Step: Sendable {
        case attribute(String)
        /// What stands in brackets.
        case subscripted(Expression)
        /// `.*` or `[*]`.
        case wildcard
    }

    package init(_ kind: Kind, at position: SourcePosition) {
        self.kind = kind
        self.position = position
    }

    /// What the service's messages call it: a function's name, or a kind of its own.
    package var identifier: String {
        switch kind {
        case .string, .number, .bool, .null: "Literal"
        case .missing: "LiteralMissing"
        case .parameter: "Parameter"
        case .path(_, let steps): steps.isEmpty ? "VariableReference" : "Path"
        case .list: "ListExpr"
        case .bag: "Bag"
        case .tuple: "Struct"
        case .call(let name, _): name
        case .star: "*"
        case .all: "and"
        case .any: "or"
        case .not: "not"
        case .negative: "-"
        case .positive: "+"
        case .binary(let name, _, _): name
        case .between: "between"
        case .in: "in"
        case .like: "like"
        case .isType: "IsType"
        case .select: "Select"
        }
    }
}
