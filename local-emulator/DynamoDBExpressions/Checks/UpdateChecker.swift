package import LambdaEvents

/// One change that an update makes, checked and looked up.
package enum UpdateAction: Sendable {
    package enum Value: Sendable {
        case operand(Operand)
        case sum(Operand, Operand)
        case difference(Operand, Operand)
    }

    case set(DocumentPath, Value)
    case remove(DocumentPath)
    case add(DocumentPath, AttributeValue)
    case delete(DocumentPath, AttributeValue)

    package var path: DocumentPath {
        switch self {
        case .set(let path, _), .remove(let path), .add(let path, _), .delete(let path, _): path
        }
    }
}

/// Turns an update as written into checked actions, in the service's order of checks:
///
/// 1. reserved words and unknown functions, then sections that appear twice (``WordChecker``);
/// 2. undefined names, then undefined values;
/// 3. paths that overlap or conflict;
/// 4. operand types of ADD and DELETE;
/// 5. operands of functions, sums and differences.
struct UpdateChecker {
    let operands: OperandChecker
    var kind: ExpressionKind { .update }

    static func check(
        _ sections: [UpdateSectionSyntax], context: ExpressionContext
    ) throws(ExpressionError) -> [UpdateAction] {
        let checker = UpdateChecker(operands: OperandChecker(kind: .update, context: context))
        let targets = try checker.lookUp(sections)
        try PathOverlap.check(targets, .update)
        try checker.checkSetOperands(sections)
        var actions: [UpdateAction] = []
        actions.reserveCapacity(targets.count)
        for section in sections {
            for action in section.actions {
                actions.append(try checker.resolve(action, section.kind, targets[actions.count]))
            }
        }
        return actions
    }

    /// - Returns: the paths that the actions write, in written order.
    private func lookUp(_ sections: [UpdateSectionSyntax]) throws(ExpressionError) -> [DocumentPath] {
        var targets: [DocumentPath] = []
        for section in sections {
            for action in section.actions {
                targets.append(try operands.paths.resolve(action.path))
                for operand in action.value?.operands ?? [] { try lookUpNames(operand) }
            }
        }
        for section in sections {
            for action in section.actions {
                for operand in action.value?.operands ?? [] { try operands.lookUp(operand) }
            }
        }
        return targets
    }

    private func lookUpNames(_ operand: OperandSyntax) throws(ExpressionError) {
        switch operand {
        case .path(let path): _ = try operands.paths.resolve(path)
        case .value: break
        case .call(let call): for argument in call.arguments { try lookUpNames(argument) }
        }
    }

    /// The service names the same set of types for both clauses, although DELETE takes no number.
    private func checkSetOperands(_ sections: [UpdateSectionSyntax]) throws(ExpressionError) {
        for section in sections where section.kind == .add || section.kind == .delete {
            let allowed: [AttributeValue.Descriptor] =
                section.kind == .add ? [.number, .stringSet, .numberSet, .binarySet] : [.stringSet, .numberSet, .binarySet]
            for action in section.actions {
                let type = try value(of: action).descriptor
                guard !allowed.contains(type) else { continue }
                let name = section.kind.rawValue
                throw kind.error(
                    "Incorrect operand type for operator or function; operator: \(name), "
                        + "operand type: \(Self.longName(type)), typeSet: ALLOWED_FOR_ADD_OPERAND")
            }
        }
    }

    private static func longName(_ type: AttributeValue.Descriptor) -> String {
        switch type {
        case .string: "STRING"
        case .number: "NUMBER"
        case .binary: "BINARY"
        case .bool: "BOOL"
        case .null: "NULL"
        case .list: "LIST"
        case .map: "MAP"
        case .stringSet: "STRING_SET"
        case .numberSet: "NUMBER_SET"
        case .binarySet: "BINARY_SET"
        }
    }

    /// The value of an ADD or DELETE action, which the grammar lets be nothing else.
    private func value(of action: UpdateSectionSyntax.Action) throws(ExpressionError) -> AttributeValue {
        guard case .operand(.value(let placeholder))? = action.value else {
            throw kind.error("ADD and DELETE take an expression attribute value;")
        }
        return try operands.context.value(placeholder, kind)
    }

    private func resolve(
        _ action: UpdateSectionSyntax.Action, _ section: UpdateSectionSyntax.Kind, _ path: DocumentPath
    ) throws(ExpressionError) -> UpdateAction {
        switch section {
        case .remove: return .remove(path)
        case .add: return .add(path, try value(of: action))
        case .delete: return .delete(path, try value(of: action))
        case .set:
            guard let value = action.value else { return .remove(path) }
            return .set(path, try resolve(value))
        }
    }

    private func resolve(_ value: UpdateValueSyntax) throws(ExpressionError) -> UpdateAction.Value {
        switch value {
        case .operand(let operand): return .operand(try operands.resolve(operand))
        case .sum(let left, let right):
            let (left, right) = try numbers(left, right, "+")
            return .sum(left, right)
        case .difference(let left, let right):
            let (left, right) = try numbers(left, right, "-")
            return .difference(left, right)
        }
    }

    private func numbers(
        _ left: OperandSyntax, _ right: OperandSyntax, _ name: String
    ) throws(ExpressionError) -> (Operand, Operand) {
        let (left, right) = (try operands.resolve(left), try operands.resolve(right))
        for operand in [left, right] { try operands.check(operand, isOneOf: [.number], for: name) }
        return (left, right)
    }
}
