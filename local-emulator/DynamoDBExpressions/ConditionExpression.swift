package import LambdaEvents

/// A condition or filter, parsed and checked: what a write asks of the item before it, or a read of each item it returns.
package struct ConditionExpression: Sendable {
    private let condition: Condition
    /// Every document path in the expression, for the checks that need a table's keys.
    package let paths: [DocumentPath]

    /// - Parameters:
    ///   - kind: the parameter that the text came in, which the messages name.
    ///   - context: the request's placeholders.
    package static func parse(
        _ text: String, kind: ExpressionKind = .condition, context: ExpressionContext
    ) throws(ExpressionError) -> ConditionExpression {
        let syntax = try CheckedSyntax.condition(text, kind: kind)
        return ConditionExpression(condition: try ConditionChecker.check(syntax, kind: kind, context: context))
    }

    /// A condition that was not written as an expression, and is checked already.
    package init(condition: Condition) {
        self.condition = condition
        var paths: [DocumentPath] = []
        condition.collectPaths(&paths)
        self.paths = paths
    }

    /// Whether the condition holds for an item; an item that does not exist is an empty one.
    package func evaluate(_ item: AttributeMap) -> Bool { condition.holds(for: item) }
}

extension Operand {
    func collectPaths(_ paths: inout [DocumentPath]) {
        switch self {
        case .path(let path): paths.append(path)
        case .value: break
        case .size(let operand): operand.collectPaths(&paths)
        case .ifNotExists(let path, let operand):
            paths.append(path)
            operand.collectPaths(&paths)
        case .listAppend(let left, let right), .sum(let left, let right), .difference(let left, let right):
            left.collectPaths(&paths)
            right.collectPaths(&paths)
        case .truth(let condition): condition.collectPaths(&paths)
        }
    }
}

extension Condition {
    func collectPaths(_ paths: inout [DocumentPath]) {
        switch self {
        case .all(let conditions), .any(let conditions): for condition in conditions { condition.collectPaths(&paths) }
        case .not(let condition): condition.collectPaths(&paths)
        default: collectLeafPaths(&paths)
        }
    }

    private func collectLeafPaths(_ paths: inout [DocumentPath]) {
        switch self {
        case .all, .any, .not: break
        case .exists(let path), .notExists(let path): paths.append(path)
        case .hasType(let operand, _): operand.collectPaths(&paths)
        case .comparison(_, let left, let right), .beginsWith(let left, let right), .contains(let left, let right):
            left.collectPaths(&paths)
            right.collectPaths(&paths)
        case .between(let operand, let low, let high):
            for operand in [operand, low, high] { operand.collectPaths(&paths) }
        case .in(let operand, let members):
            operand.collectPaths(&paths)
            for member in members { member.collectPaths(&paths) }
        }
    }
}
