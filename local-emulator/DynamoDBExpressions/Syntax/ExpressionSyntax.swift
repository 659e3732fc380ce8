/// A document path as it is written: names and placeholders not yet looked up.
struct PathSyntax: Equatable {
    enum Step: Equatable {
        case attribute(String)
        case placeholder(String)
        /// The digits as written; the range is checked later, in the service's order.
        case index(String)
    }
    var steps: [Step]
}

indirect enum OperandSyntax: Equatable {
    case path(PathSyntax)
    case value(String)
    case call(CallSyntax)
}

struct CallSyntax: Equatable {
    var name: String
    var arguments: [OperandSyntax]
}

package enum Comparator: String, Sendable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    /// The comparator that says the same with its operands exchanged.
    package var mirrored: Comparator {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

indirect enum ConditionSyntax: Equatable {
    case all([ConditionSyntax])
    case any([ConditionSyntax])
    case not(ConditionSyntax)
    case comparison(Comparator, OperandSyntax, OperandSyntax)
    case between(OperandSyntax, OperandSyntax, OperandSyntax)
    case `in`(OperandSyntax, [OperandSyntax])
    case call(CallSyntax)
}

/// One section of an update expression.
struct UpdateSectionSyntax: Equatable {
    enum Kind: String { case set = "SET", remove = "REMOVE", add = "ADD", delete = "DELETE" }

    struct Action: Equatable {
        var path: PathSyntax
        /// Nil for REMOVE.
        var value: UpdateValueSyntax?
    }

    var kind: Kind
    var actions: [Action]
}

enum UpdateValueSyntax: Equatable {
    case operand(OperandSyntax)
    case sum(OperandSyntax, OperandSyntax)
    case difference(OperandSyntax, OperandSyntax)

    var operands: [OperandSyntax] {
        switch self {
        case .operand(let operand): [operand]
        case .sum(let left, let right), .difference(let left, let right): [left, right]
        }
    }
}
