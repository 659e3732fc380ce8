/// What is wrong with an expression whatever its placeholders stand for: reserved words, list indexes, unknown functions and
/// functions in the wrong place, sections that come twice. The service looks for this before it looks at any placeholder, and
/// an expression that has passed needs no second look when its text comes again.
struct WordChecker {
    let kind: ExpressionKind

    /// The highest list index of the service's grammar.
    static let maximumIndex = Int(Int32.max)

    func check(_ path: PathSyntax) throws(ExpressionError) {
        for step in path.steps {
            switch step {
            case .attribute(let name):
                guard !ReservedWords.contains(name) else {
                    throw kind.error("Attribute name is a reserved keyword; reserved keyword: \(name)")
                }
            case .index(let digits):
                guard let index = Int(digits), index <= Self.maximumIndex else {
                    throw kind.error("List index is not within the allowable range; index: [\(digits)]")
                }
            case .placeholder:
                break
            }
        }
    }

    /// - Parameter inListAppend: whether the operand stands in a call of `list_append`, where no other such call may stand.
    func check(_ operand: OperandSyntax, inListAppend: Bool = false) throws(ExpressionError) {
        switch operand {
        case .path(let path): try check(path)
        case .value: break
        case .call(let call):
            let function = try function(call, as: kind == .update ? .update : .operand)
            if inListAppend, function == .listAppend { throw misplaced(function) }
            for argument in call.arguments { try check(argument, inListAppend: function == .listAppend) }
        }
    }

    func check(_ condition: ConditionSyntax) throws(ExpressionError) {
        switch condition {
        case .all(let conditions), .any(let conditions): for condition in conditions { try check(condition) }
        case .not(let condition): try check(condition)
        default: try checkLeaf(condition)
        }
    }

    private func checkLeaf(_ condition: ConditionSyntax) throws(ExpressionError) {
        if case .call(let call) = condition { _ = try function(call, as: .condition) }
        for operand in condition.operands { try check(operand) }
    }

    func check(_ sections: [UpdateSectionSyntax]) throws(ExpressionError) {
        for section in sections {
            for action in section.actions {
                try check(action.path)
                for operand in action.value?.operands ?? [] { try check(operand) }
            }
        }
        var seen: Set<UpdateSectionSyntax.Kind> = []
        for section in sections where !seen.insert(section.kind).inserted {
            throw kind.error("The \"\(section.kind.rawValue)\" section can only be used once in an update expression;")
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

    func misplaced(_ function: ExpressionFunction) -> ExpressionError {
        kind.error("The function is not allowed to be used this way in an expression; function: \(function.rawValue)")
    }
}
