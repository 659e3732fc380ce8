import LambdaEvents

/// Turns operands as written into checked ones; each step is a pass of its own, because the service reports in that order:
///
/// 1. `checkWords`: reserved words, list indexes, unknown functions and functions in the wrong place;
/// 2. `lookUp`: undefined names and values;
/// 3. `resolve`: numbers of operands, operands that must be distinct, operand types.
struct OperandChecker {
    let kind: ExpressionKind
    let context: ExpressionContext

    var paths: PathResolver { PathResolver(kind: kind, context: context) }

    // MARK: 1

    /// - Parameter inListAppend: whether the operand stands in a call of `list_append`, where no other such call may stand.
    func checkWords(_ operand: OperandSyntax, inListAppend: Bool = false) throws(ExpressionError) {
        switch operand {
        case .path(let path): try paths.checkWords(path)
        case .value: break
        case .call(let call):
            let function = try function(call, as: kind == .update ? .update : .operand)
            guard !(inListAppend && function == .listAppend) else { throw misplaced(function) }
            for argument in call.arguments { try checkWords(argument, inListAppend: function == .listAppend) }
        }
    }

    /// The function of a call, refused where its kind does not belong.
    func function(_ call: CallSyntax, as use: ExpressionFunction.Use) throws(ExpressionError) -> ExpressionFunction {
        guard let function = ExpressionFunction(rawValue: call.name) else {
            throw kind.error("Invalid function name; function: \(call.name)")
        }
        if function.use == use { return function }
        if use == .update {
            throw kind.error("The function is not allowed in an update expression; function: \(call.name)")
        }
        if function.use == .update {
            throw kind.error("The function is not allowed in a condition expression; function: \(call.name)")
        }
        throw misplaced(function)
    }

    private func misplaced(_ function: ExpressionFunction) -> ExpressionError {
        kind.error("The function is not allowed to be used this way in an expression; function: \(function.rawValue)")
    }

    // MARK: 2

    func lookUp(_ operand: OperandSyntax) throws(ExpressionError) {
        switch operand {
        case .path(let path): _ = try paths.resolve(path)
        case .value(let placeholder): _ = try context.value(placeholder, kind)
        case .call(let call): for argument in call.arguments { try lookUp(argument) }
        }
    }

    // MARK: 3

    func resolve(_ operand: OperandSyntax) throws(ExpressionError) -> Operand {
        switch operand {
        case .path(let path): return .path(try paths.resolve(path))
        case .value(let placeholder): return .value(try context.value(placeholder, kind))
        case .call(let call): return try resolve(call)
        }
    }

    private func resolve(_ call: CallSyntax) throws(ExpressionError) -> Operand {
        let function = try function(call, as: kind == .update ? .update : .operand)
        let arguments = try arguments(of: call, function)
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
            throw misplaced(function)
        }
    }

    /// The checked operands of a call, as many as the function has, with a path where it needs one.
    func arguments(of call: CallSyntax, _ function: ExpressionFunction) throws(ExpressionError) -> [Operand] {
        var arguments: [Operand] = []
        for argument in call.arguments { arguments.append(try resolve(argument)) }
        guard arguments.count == function.operandCount else {
            throw kind.error(
                "Incorrect number of operands for operator or function; operator or function: \(call.name), "
                    + "number of operands: \(arguments.count)")
        }
        if function.needsPath, arguments[0].path == nil { throw needsPath(function) }
        if function != .listAppend { try checkDistinct(arguments[0], arguments.dropFirst(), for: call.name) }
        return arguments
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
