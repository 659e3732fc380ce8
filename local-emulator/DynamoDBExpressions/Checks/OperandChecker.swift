import LambdaEvents

/// Turns operands as written into checked ones; each step is a pass of its own, because the service reports in that order:
///
/// 1. `words`: what needs no placeholder;
/// 2. `lookUp`: undefined names and values;
/// 3. `resolve`: numbers of operands, operands that must be distinct, operand types.
struct OperandChecker {
    let kind: ExpressionKind
    let context: ExpressionContext

    var words: WordChecker { WordChecker(kind: kind) }
    var paths: PathResolver { PathResolver(kind: kind, context: context) }

    func lookUp(_ operand: OperandSyntax) throws(ExpressionError) {
        guard case .call(let call) = operand else {
            _ = try resolveScalar(operand)
            return
        }
        for argument in call.arguments { try lookUp(argument) }
    }

    /// Only what nests is here: the frame of a recursive function is as large as all of its cases together.
    func resolve(_ operand: OperandSyntax) throws(ExpressionError) -> Operand {
        guard case .call(let call) = operand else { return try resolveScalar(operand) }
        var arguments: [Operand] = []
        for argument in call.arguments { arguments.append(try resolve(argument)) }
        return try value(of: call, arguments)
    }

    private func resolveScalar(_ operand: OperandSyntax) throws(ExpressionError) -> Operand {
        switch operand {
        case .path(let path): .path(try paths.resolve(path))
        case .value(let placeholder): .value(try context.value(placeholder, kind))
        case .call: try resolve(operand)
        }
    }

    private func value(of call: CallSyntax, _ arguments: [Operand]) throws(ExpressionError) -> Operand {
        let function = try words.function(call, as: kind == .update ? .update : .operand)
        try check(arguments, of: function)
        switch function {
        case .size:
            try check(arguments[0], isOneOf: [.string, .binary, .stringSet, .numberSet, .binarySet, .list, .map], for: call.name)
            return .size(arguments[0])
        case .ifNotExists:
            guard let path = arguments[0].path else { throw needsPath(function) }
            return .ifNotExists(path, arguments[1])
        case .listAppend:
            for argument in arguments { try check(argument, isOneOf: [.list], for: call.name) }
            return .listAppend(arguments[0], arguments[1])
        case .attributeExists, .attributeNotExists, .attributeType, .beginsWith, .contains:
            throw words.misplaced(function)
        }
    }

    /// The resolved operands of a call that is a condition.
    func arguments(of call: CallSyntax, _ function: ExpressionFunction) throws(ExpressionError) -> [Operand] {
        var arguments: [Operand] = []
        for argument in call.arguments { arguments.append(try resolve(argument)) }
        try check(arguments, of: function)
        return arguments
    }

    /// As many as the function has, with a path where it needs one, and none that is the first again.
    private func check(_ arguments: [Operand], of function: ExpressionFunction) throws(ExpressionError) {
        guard arguments.count == function.operandCount else {
            throw kind.error(
                "Incorrect number of operands for operator or function; operator or function: \(function.rawValue), "
                    + "number of operands: \(arguments.count)")
        }
        if function.needsPath, arguments[0].path == nil { throw needsPath(function) }
        if function != .listAppend { try checkDistinct(arguments[0], arguments.dropFirst(), for: function.rawValue) }
    }

    func needsPath(_ function: ExpressionFunction) -> ExpressionError {
        kind.error("Operator or function requires a document path; operator or function: \(function.rawValue)")
    }

    func checkDistinct(_ first: Operand, _ others: some Sequence<Operand>, for name: String) throws(ExpressionError) {
        guard let path = first.path, others.contains(where: { $0.path == path }) else { return }
        throw kind.error(
            "The first operand must be distinct from the remaining operands for this operator or function; "
                + "operator: \(name), first operand: \(path.description)")
    }

    /// Refuses an operand whose type is known and is none of these.
    func check(
        _ operand: Operand, isOneOf types: [AttributeValue.Descriptor], for name: String
    ) throws(ExpressionError) {
        guard let type = operand.staticType, !types.contains(type) else { return }
        throw incorrectType(type.rawValue, for: name)
    }

    func incorrectType(_ type: String, for name: String) -> ExpressionError {
        kind.error(
            "Incorrect operand type for operator or function; operator or function: \(name), operand type: \(type)")
    }
}
