package import LambdaEvents

extension KeyConditionExpression {
    /// `KeyConditions`, checked as far as they can be without the key.
    package static func keyConditions(
        _ conditions: NameMap<LegacyCondition>, _ wording: ValueWording
    ) throws(ExpressionError) -> KeyConditionExpression {
        var comparisons: [(name: String, comparison: KeyCondition.Sort?)] = []
        // In name order, so that one request always gets the same of its errors.
        for (name, condition) in conditions.inOrder {
            try AttributeValueValidation.checkName(name)
            comparisons.append((name, try condition.checked(wording).keyComparison))
        }
        // The text is older than keys of several attributes, which take as many conditions as they have attributes.
        guard !comparisons.isEmpty else { throw ExpressionError("Conditions can be of length 1 or 2 only") }
        return KeyConditionExpression(comparisons)
    }
}

extension LegacyCondition {
    /// The comparison of a key; nil for an operator that keys do not have. The values are checked.
    fileprivate var keyComparison: KeyCondition.Sort? {
        let values = attributeValueList
        switch comparisonOperator {
        case .equal: return .equal(values[0])
        case .less: return .less(values[0])
        case .lessOrEqual: return .lessOrEqual(values[0])
        case .greater: return .greater(values[0])
        case .greaterOrEqual: return .greaterOrEqual(values[0])
        case .beginsWith: return .beginsWith(values[0])
        case .between: return .between(values[0], values[1])
        case .notEqual, .null, .notNull, .contains, .notContains, .isIn: return nil
        }
    }
}
