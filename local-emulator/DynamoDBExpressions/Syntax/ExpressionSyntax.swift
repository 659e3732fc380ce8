/// A document path as it is written: names and placeholders not yet looked up.
struct PathSyntax: Equatable, Sendable {
    enum Step: Equatable, Sendable {
        case attribute(String)
        case placeholder(String)
        /// The digits as written; the range is checked later, in the service's order.
        case index(String)
    }
    let steps: [Step]
    /// The path itself where no placeholder stands in it, and it is not too deep.
    let literal: DocumentPath?

    init(steps: [Step]) {
        self.steps = steps
        literal = Self.literal(steps)
    }

    private static func literal(_ steps: [Step]) -> DocumentPath? {
        guard steps.count <= DocumentPath.maximumDepth, case .attribute(let root)? = steps.first else { return nil }
        var rest: [DocumentPath.Step] = []
        for step in steps.dropFirst() {
            switch step {
            case .attribute(let name): rest.append(.attribute(name))
            case .index(let digits): rest.append(.element(Int(digits) ?? WordChecker.maximumIndex))
            case .placeholder: return nil
            }
        }
        return DocumentPath(root: root, steps: rest)
    }
}

indirect enum OperandSyntax: Equatable, Sendable {
    case path(PathSyntax)
    case value(String)
    case call(CallSyntax)
}

struct CallSyntax: Equatable, Sendable {
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

indirect enum ConditionSyntax: Equatable, Sendable {
    case all([ConditionSyntax])
    case any([ConditionSyntax])
    case not(ConditionSyntax)
    case comparison(Comparator, OperandSyntax, OperandSyntax)
    case between(OperandSyntax, OperandSyntax, OperandSyntax)
    case `in`(OperandSyntax, [OperandSyntax])
    case call(CallSyntax)

    /// The operands of one comparison, in written order.
    var operands: [OperandSyntax] {
        switch self {
        case .comparison(_, let left, let right): [left, right]
        case .between(let operand, let low, let high): [operand, low, high]
        case .in(let operand, let members): [operand] + members
        case .call(let call): call.arguments
        case .all, .any, .not: []
        }
    }
}

/// One section of an update expression.
struct UpdateSectionSyntax: Equatable, Sendable {
    enum Kind: String, Sendable { case set = "SET", remove = "REMOVE", add = "ADD", delete = "DELETE" }

    struct Action: Equatable, Sendable {
        var path: PathSyntax
        /// Nil for REMOVE.
        var value: UpdateValueSyntax?
    }

    var kind: Kind
    var actions: [Action]
}

enum UpdateValueSyntax: Equatable, Sendable {
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
