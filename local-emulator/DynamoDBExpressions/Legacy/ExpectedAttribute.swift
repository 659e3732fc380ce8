package import LambdaEvents

/// What `Expected` asks of one attribute: a value, that there is none, or a comparison.
package struct ExpectedAttribute: Sendable {
    package var value: AttributeValue?
    package var exists: Bool?
    package var comparisonOperator: ComparisonOperator?
    package var attributeValueList: [AttributeValue]?

    package init(
        value: AttributeValue? = nil, exists: Bool? = nil, comparisonOperator: ComparisonOperator? = nil,
        attributeValueList: [AttributeValue]? = nil
    ) {
        self.value = value
        self.exists = exists
        self.comparisonOperator = comparisonOperator
        self.attributeValueList = attributeValueList
    }
}

extension ExpectedAttribute {
    func condition(on name: String, _ wording: ValueWording) throws(ExpressionError) -> Condition {
        if let reason = misuse { throw .invalidParameter("\(reason) for Attribute: \(name)") }
        guard let comparisonOperator else {
            guard let value else { return .notExists(DocumentPath(root: name)) }
            return try LegacyCondition(.equal, [value]).checked(wording).condition(on: name)
        }
        let values = attributeValueList ?? value.map { [$0] } ?? []
        return try LegacyCondition(comparisonOperator, values).checked(wording).condition(on: name)
    }

    /// Members that do not go together, in the service's order.
    private var misuse: String? {
        if exists != nil, comparisonOperator != nil { return "Exists and ComparisonOperator cannot be used together" }
        if value != nil, attributeValueList != nil { return "Value and AttributeValueList cannot be used together" }
        if comparisonOperator == nil, attributeValueList != nil {
            return "AttributeValueList can only be used with a ComparisonOperator"
        }
        if exists == false, value != nil { return "Value cannot be used when Exists is false" }
        guard value == nil, attributeValueList == nil else { return nil }
        switch (comparisonOperator, exists) {
        case (.null?, _), (.notNull?, _), (nil, false?): return nil
        case (let comparisonOperator?, _):
            return "Value or AttributeValueList must be used with ComparisonOperator: \(comparisonOperator.rawValue)"
        case (nil, let exists): return "Value must be provided when Exists is \(exists.map { "\($0)" } ?? "null")"
        }
    }
}

extension ConditionExpression {
    /// `Expected` as a condition; nil for one that expects nothing.
    package static func expected(
        _ expected: NameMap<ExpectedAttribute>, _ conditionalOperator: ConditionalOperator?, _ wording: ValueWording
    ) throws(ExpressionError) -> ConditionExpression? {
        var parts: [Condition] = []
        // In name order, so that one request always gets the same of its errors.
        for (name, attribute) in expected.inOrder {
            try AttributeValueValidation.checkName(name)
            parts.append(try attribute.condition(on: name, wording))
        }
        return joined(parts, conditionalOperator)
    }
}
