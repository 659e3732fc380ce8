internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL

/// Turns the SET and REMOVE clauses of a statement into an update.
///
/// Source: "PartiQL update statements for DynamoDB" in the Developer Guide. `set_add` and `set_delete` are the ADD and DELETE
/// of update expressions, written as an assignment of an attribute's own value.
struct StatementUpdate {
    let values: StatementValues

    func update(_ changes: [UpdateStatement.Change]) throws(StoreError) -> UpdateExpression {
        var actions: [UpdateAction] = []
        for change in changes {
            switch change {
            case .remove(let path): actions.append(.remove(try DocumentPath.required(path)))
            case .set(let path, let value): actions.append(try assignment(try DocumentPath.required(path), value))
            }
        }
        do throws(ExpressionError) {
            return try UpdateExpression(actions: actions)
        } catch {
            throw StoreError(error)
        }
    }

    private func assignment(_ path: DocumentPath, _ value: Expression) throws(StoreError) -> UpdateAction {
        switch value.kind {
        case .call("set_add", let arguments): .add(path, try members(path, arguments, value, "SET_ADD"))
        case .call("set_delete", let arguments): .delete(path, try members(path, arguments, value, "SET_DELETE"))
        default: .set(path, .operand(try operand(value)))
        }
    }

    /// The second argument of `set_add` and `set_delete`, whose first is the attribute itself.
    private func members(
        _ path: DocumentPath, _ arguments: [Expression], _ call: Expression, _ name: String
    ) throws(StoreError) -> AttributeValue {
        guard arguments.count == 2 else {
            throw .validation("\(name) must have exactly two arguments at \(call.position)")
        }
        guard try DocumentPath(arguments[0]) == path else {
            throw .validation("The first argument to \(name) must equal the assignment value at \(call.position)")
        }
        let value = try values.value(of: arguments[1])
        switch value {
        case .stringSet, .numberSet, .binarySet: return value ?? .null
        default:
            throw .validation("The second argument to \(name) must be a value with type SET at \(arguments[0].position)")
        }
    }

    private func operand(_ expression: Expression) throws(StoreError) -> Operand {
        if let path = try DocumentPath(expression) { return .path(path) }
        if let value = try values.value(of: expression) { return .value(value) }
        switch expression.kind {
        case .call("list_append", let arguments): return try listAppend(arguments)
        case .binary("+", let left, let right):
            let operands = try operands([left, right], of: .number, for: "+")
            return .sum(operands[0], operands[1])
        case .binary("-", let left, let right):
            let operands = try operands([left, right], of: .number, for: "-")
            return .difference(operands[0], operands[1])
        case .call(let name, _): throw .validation("Unrecognized function: \(name) at \(expression.position)")
        case .negative, .positive:
            throw .validation(
                "Incorrect number of operands for operator or function; operator or function: \(expression.identifier), "
                    + "number of operands: 1")
        default: throw .validation("Unsupported operator in Update Expression. Operator: \(expression.identifier)")
        }
    }

    private func operands(
        _ expressions: [Expression], of type: AttributeValue.Descriptor, for name: String
    ) throws(StoreError) -> [Operand] {
        var operands: [Operand] = []
        for expression in expressions { operands.append(try operand(expression)) }
        for operand in operands { try StatementCondition.check(operand, isOneOf: [type], for: name) }
        return operands
    }

    private func listAppend(_ arguments: [Expression]) throws(StoreError) -> Operand {
        guard arguments.count == 2 else {
            throw .validation(
                "Incorrect number of operands for operator or function; operator or function: list_append, "
                    + "number of operands: \(arguments.count)")
        }
        let operands = try operands(arguments, of: .list, for: "list_append")
        return .listAppend(operands[0], operands[1])
    }
}
