import LambdaEvents

/// Turns a condition as written into a checked one.
///
/// The service's order: first the whole condition for words and functions (``WordChecker``), then one comparison or call after
/// the other, in each of them the placeholders before the operands.
struct ConditionChecker {
    let operands: OperandChecker
    var kind: ExpressionKind { operands.kind }

    /// The operands that IN takes after the first.
    ///
    /// Source: "Quotas in Amazon DynamoDB", section "Expression parameters".
    private static let maximumMembers = 100
    private static let ordered: [AttributeValue.Descriptor] = [.string, .number, .binary]

    static func check(
        _ syntax: ConditionSyntax, kind: ExpressionKind, context: ExpressionContext
    ) throws(ExpressionError) -> Condition {
        try ConditionChecker(operands: OperandChecker(kind: kind, context: context)).resolve(syntax)
    }

    private func resolve(_ syntaxes: [ConditionSyntax]) throws(ExpressionError) -> [Condition] {
        var conditions: [Condition] = []
        for syntax in syntaxes { conditions.append(try resolve(syntax)) }
        return conditions
    }

    /// Only what nests is here: the frame of a recursive function is as large as all of its cases together.
    private func resolve(_ syntax: ConditionSyntax) throws(ExpressionError) -> Condition {
        switch syntax {
        case .all(let conditions): .all(try resolve(conditions))
        case .any(let conditions): .any(try resolve(conditions))
        case .not(let condition): .not(try resolve(condition))
        default: try resolveLeaf(syntax)
        }
    }

    private func resolveLeaf(_ syntax: ConditionSyntax) throws(ExpressionError) -> Condition {
        for operand in syntax.operands { try operands.lookUp(operand) }
        switch syntax {
        case .comparison(let comparator, let left, let right): return try comparison(comparator, left, right)
        case .between(let operand, let low, let high): return try between(operand, low, high)
        case .in(let operand, let members): return try membership(operand, members)
        case .call(let call): return try self.call(call)
        case .all, .any, .not: return try resolve(syntax)
        }
    }

    private func comparison(
        _ comparator: Comparator, _ left: OperandSyntax, _ right: OperandSyntax
    ) throws(ExpressionError) -> Condition {
        let (left, right) = (try operands.resolve(left), try operands.resolve(right))
        try operands.checkDistinct(left, [right], for: comparator.rawValue)
        if comparator != .equal, comparator != .notEqual {
            for operand in [left, right] { try operands.check(operand, isOneOf: Self.ordered, for: comparator.rawValue) }
        }
        return .comparison(comparator, left, right)
    }

    private func between(
        _ operand: OperandSyntax, _ low: OperandSyntax, _ high: OperandSyntax
    ) throws(ExpressionError) -> Condition {
        let operand = try operands.resolve(operand)
        let (low, high) = (try operands.resolve(low), try operands.resolve(high))
        try operands.checkDistinct(operand, [low, high], for: "BETWEEN")
        for operand in [operand, low, high] { try operands.check(operand, isOneOf: Self.ordered, for: "BETWEEN") }
        if let low = low.value, let high = high.value { try checkBounds(low, high) }
        return .between(operand, low, high)
    }

    private func checkBounds(_ low: AttributeValue, _ high: AttributeValue) throws(ExpressionError) {
        let bounds =
            "lower bound operand: AttributeValue: \(ValueDescription.text(low)), "
            + "upper bound operand: AttributeValue: \(ValueDescription.text(high))"
        guard low.descriptor == high.descriptor else {
            throw kind.error("The BETWEEN operator requires same data type for lower and upper bounds; \(bounds)")
        }
        guard let order = low.order(relativeTo: high), order > 0 else { return }
        throw kind.error(
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; \(bounds)")
    }

    private func membership(_ operand: OperandSyntax, _ members: [OperandSyntax]) throws(ExpressionError) -> Condition {
        let operand = try operands.resolve(operand)
        var resolved: [Operand] = []
        for member in members { resolved.append(try operands.resolve(member)) }
        guard resolved.count <= Self.maximumMembers else {
            throw kind.error("The IN operator is provided with too many operands; number of operands: \(resolved.count)")
        }
        try operands.checkDistinct(operand, resolved, for: "IN")
        return .in(operand, resolved)
    }

    private func call(_ call: CallSyntax) throws(ExpressionError) -> Condition {
        let function = try operands.words.function(call, as: .condition)
        let arguments = try operands.arguments(of: call, function)
        switch function {
        case .attributeExists:
            guard let path = arguments[0].path else { throw operands.needsPath(function) }
            return .exists(path)
        case .attributeNotExists:
            guard let path = arguments[0].path else { throw operands.needsPath(function) }
            return .notExists(path)
        case .attributeType:
            return .hasType(arguments[0], try typeName(arguments[1]))
        case .beginsWith:
            for argument in arguments { try operands.check(argument, isOneOf: [.string, .binary], for: call.name) }
            return .beginsWith(arguments[0], arguments[1])
        case .contains:
            return .contains(arguments[0], arguments[1])
        case .size, .ifNotExists, .listAppend:
            throw operands.needsPath(function)
        }
    }

    /// The type that `attribute_type` asks for, which only a value may name.
    private func typeName(_ operand: Operand) throws(ExpressionError) -> AttributeValue.Descriptor {
        let name = "attribute_type"
        guard let type = operand.staticType else {
            throw operands.incorrectType("{NS,SS,L,BS,N,M,B,BOOL,NULL,S}", for: name)
        }
        guard case .string(let text)? = operand.value else { throw operands.incorrectType(type.rawValue, for: name) }
        guard let descriptor = AttributeValue.Descriptor(rawValue: text) else {
            throw kind.error(
                "Invalid attribute type name found; type: \(text), valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}")
        }
        return descriptor
    }
}
