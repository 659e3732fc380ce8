import LambdaEvents

/// Takes a condition apart into comparisons of single attributes with values, and refuses what a key condition may not have.
struct KeyConditionReader {
    private(set) var comparisons: [(name: String, comparison: KeyCondition.Sort)] = []

    mutating func read(_ condition: Condition) throws(ExpressionError) {
        switch condition {
        case .all(let conditions): for condition in conditions { try read(condition) }
        case .any: throw Self.invalidOperator("OR")
        case .not: throw Self.invalidOperator("NOT")
        case .in: throw Self.invalidOperator("IN")
        case .exists: throw Self.invalidOperator("attribute_exists")
        case .notExists: throw Self.invalidOperator("attribute_not_exists")
        case .hasType: throw Self.invalidOperator("attribute_type")
        case .contains: throw Self.invalidOperator("contains")
        case .comparison(let comparator, let left, let right): try read(comparator, left, right)
        case .between(let operand, let low, let high):
            let path = try path(first: operand, others: [low, high], "BETWEEN")
            try append(path, .between(try value(low), try value(high)))
        case .beginsWith(let operand, let prefix):
            let path = try path(first: operand, others: [prefix], "begins_with")
            try append(path, .beginsWith(try value(prefix)))
        }
    }

    private mutating func read(_ comparator: Comparator, _ left: Operand, _ right: Operand) throws(ExpressionError) {
        guard comparator != .notEqual else { throw Self.invalidOperator("<>") }
        try refuseNested([left, right])
        switch (left.path, right.path) {
        case (_?, _?): throw Self.invalidCondition("Multiple attribute names used in one condition")
        case (let path?, nil): try append(path, Self.comparison(comparator, try value(right)))
        case (nil, let path?): try append(path, Self.comparison(comparator.mirrored, try value(left)))
        case (nil, nil): throw Self.invalidCondition("No key attribute specified")
        }
    }

    private static func comparison(_ comparator: Comparator, _ value: AttributeValue) -> KeyCondition.Sort {
        switch comparator {
        case .equal, .notEqual: .equal(value)
        case .less: .less(value)
        case .lessOrEqual: .lessOrEqual(value)
        case .greater: .greater(value)
        case .greaterOrEqual: .greaterOrEqual(value)
        }
    }

    private func path(first: Operand, others: [Operand], _ name: String) throws(ExpressionError) -> DocumentPath {
        try refuseNested([first] + others)
        guard let path = first.path else {
            throw Self.invalidCondition("\(name) operator must have the key attribute as its first operand")
        }
        guard others.allSatisfy({ $0.path == nil }) else {
            throw Self.invalidCondition("Multiple attribute names used in one condition")
        }
        return path
    }

    private func refuseNested(_ operands: [Operand]) throws(ExpressionError) {
        for case .size in operands { throw Self.refusal("KeyConditionExpressions cannot contain nested operations") }
    }

    private func value(_ operand: Operand) throws(ExpressionError) -> AttributeValue {
        guard let value = operand.value else { throw Self.invalidCondition("No key attribute specified") }
        return value
    }

    private mutating func append(_ path: DocumentPath, _ comparison: KeyCondition.Sort) throws(ExpressionError) {
        guard path.steps.isEmpty else {
            throw Self.refusal("KeyConditionExpressions cannot have conditions on nested attributes")
        }
        guard !comparisons.contains(where: { $0.name.hasSameBytes(as: path.root) }) else {
            throw Self.refusal("KeyConditionExpressions must only contain one condition per key")
        }
        comparisons.append((path.root, comparison))
    }

    /// Names the parameter twice, as the service does since it words the other expressions' errors so.
    private static func refusal(_ message: String) -> ExpressionError { ExpressionKind.keyCondition.error(message) }

    private static func invalidOperator(_ name: String) -> ExpressionError {
        refusal("Invalid operator used in KeyConditionExpression: \(name)")
    }

    private static func invalidCondition(_ reason: String) -> ExpressionError {
        refusal("Invalid condition in KeyConditionExpression: \(reason)")
    }
}
