package import LambdaEvents

/// What `QueryFilter`, `ScanFilter` and `KeyConditions` ask of one attribute.
package struct LegacyCondition: Sendable {
    package var comparisonOperator: ComparisonOperator
    package var attributeValueList: [AttributeValue]

    package init(_ comparisonOperator: ComparisonOperator, _ attributeValueList: [AttributeValue] = []) {
        self.comparisonOperator = comparisonOperator
        self.attributeValueList = attributeValueList
    }
}

extension LegacyCondition {
    /// The condition with its values in normal form.
    ///
    /// The service's order: the values themselves, how many there are, that they have one type, that the operator takes it,
    /// and the order of two bounds.
    func checked(_ wording: ValueWording) throws(ExpressionError) -> LegacyCondition {
        var values: [AttributeValue] = []
        for value in attributeValueList { values.append(try AttributeValueValidation.normalized(value, wording: wording)) }
        let operatorName = comparisonOperator.rawValue
        guard comparisonOperator.takes(argumentCount: values.count) else {
            throw .invalidParameter("Invalid number of argument(s) for the \(operatorName) ComparisonOperator")
        }
        guard values.allSatisfy({ $0.descriptor == values[0].descriptor }) else {
            throw .invalidParameter("AttributeValues inside AttributeValueList must be of same type")
        }
        if let value = values.first(where: { !comparisonOperator.takes($0) }) {
            throw .invalidParameter(
                "ComparisonOperator \(operatorName) is not valid for \(value.descriptor.rawValue) AttributeValue type")
        }
        if comparisonOperator == .between, let order = values[0].order(relativeTo: values[1]), order > 0 {
            throw ExpressionError(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound")
        }
        return LegacyCondition(comparisonOperator, values)
    }

    /// The same as an expression would ask. The values are checked.
    func condition(on name: String) -> Condition {
        let path = DocumentPath(root: name)
        let values = attributeValueList.map(Operand.value)
        func comparison(_ comparator: Comparator) -> Condition { .comparison(comparator, .path(path), values[0]) }
        switch comparisonOperator {
        case .equal: return comparison(.equal)
        // Like `<>`, it holds where the attribute has another type, and where there is none.
        case .notEqual: return comparison(.notEqual)
        case .less: return comparison(.less)
        case .lessOrEqual: return comparison(.lessOrEqual)
        case .greater: return comparison(.greater)
        case .greaterOrEqual: return comparison(.greaterOrEqual)
        // Whether there is the attribute at all: a value of type NULL is one.
        case .null: return .notExists(path)
        case .notNull: return .exists(path)
        case .contains: return .contains(.path(path), values[0])
        // Unlike NOT contains(…), it does not hold where there is no attribute.
        case .notContains: return .all([.exists(path), .not(.contains(.path(path), values[0]))])
        case .beginsWith: return .beginsWith(.path(path), values[0])
        case .isIn: return .in(.path(path), values)
        case .between: return .between(.path(path), values[0], values[1])
        }
    }
}

extension ExpressionError {
    static func invalidParameter(_ reason: String) -> ExpressionError {
        ExpressionError("One or more parameter values were invalid: \(reason)")
    }
}

extension ConditionExpression {
    /// A `QueryFilter` or `ScanFilter` as a filter; nil for one without conditions, which filters nothing.
    package static func filter(
        _ conditions: NameMap<LegacyCondition>, _ conditionalOperator: ConditionalOperator?, _ wording: ValueWording
    ) throws(ExpressionError) -> ConditionExpression? {
        var parts: [Condition] = []
        // In name order, so that one request always gets the same of its errors.
        for (name, condition) in conditions.inOrder {
            try AttributeValueValidation.checkName(name)
            parts.append(try condition.checked(wording).condition(on: name))
        }
        return joined(parts, conditionalOperator)
    }

    static func joined(_ parts: [Condition], _ conditionalOperator: ConditionalOperator?) -> ConditionExpression? {
        guard !parts.isEmpty else { return nil }
        return ConditionExpression(condition: conditionalOperator == .or ? .any(parts) : .all(parts))
    }
}
