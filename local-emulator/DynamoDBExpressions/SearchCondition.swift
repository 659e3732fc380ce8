package import LambdaEvents

/// The condition of a vector search: equalities of attributes with values, all of which hold ("Filtering with
/// SearchConditionExpression", Developer Guide: the equality operator only).
package struct SearchCondition: Sendable {
    package struct Equality: Sendable {
        package var name: String
        package var value: AttributeValue
    }

    /// In written order. An attribute may come more than once.
    package private(set) var equalities: [Equality] = []

    package static func parse(_ text: String, context: ExpressionContext) throws(ExpressionError) -> SearchCondition {
        let syntax = try CheckedSyntax.condition(text, kind: .searchCondition)
        var condition = SearchCondition()
        try condition.read(try ConditionChecker.check(syntax, kind: .searchCondition, context: context))
        return condition
    }

    private mutating func read(_ condition: Condition) throws(ExpressionError) {
        switch condition {
        case .all(let conditions): for condition in conditions { try read(condition) }
        case .comparison(.equal, let left, let right): try read(left, right)
        // Of the comparators the service was seen to say this; the others have the words of a key condition.
        case .comparison: throw Self.refusal("Invalid comparator used in SearchConditionExpression")
        case .any: throw Self.invalidOperator("OR")
        case .not: throw Self.invalidOperator("NOT")
        case .between: throw Self.invalidOperator("BETWEEN")
        case .in: throw Self.invalidOperator("IN")
        case .exists: throw Self.invalidOperator("attribute_exists")
        case .notExists: throw Self.invalidOperator("attribute_not_exists")
        case .hasType: throw Self.invalidOperator("attribute_type")
        case .beginsWith: throw Self.invalidOperator("begins_with")
        case .contains: throw Self.invalidOperator("contains")
        }
    }

    private mutating func read(_ left: Operand, _ right: Operand) throws(ExpressionError) {
        guard let path = left.path ?? right.path else { throw Self.invalidCondition("No attribute specified") }
        guard path.steps.isEmpty else {
            throw Self.refusal("SearchConditionExpressions cannot have conditions on nested attributes")
        }
        guard let value = left.value ?? right.value else {
            throw Self.invalidCondition("Multiple attribute names used in one condition")
        }
        equalities.append(Equality(name: path.root, value: value))
    }

    private static func refusal(_ message: String) -> ExpressionError { ExpressionKind.searchCondition.error(message) }

    private static func invalidOperator(_ name: String) -> ExpressionError {
        refusal("Invalid operator used in SearchConditionExpression: \(name)")
    }

    private static func invalidCondition(_ reason: String) -> ExpressionError {
        refusal("Invalid condition in SearchConditionExpression: \(reason)")
    }
}
