internal import DynamoDBExpressions
internal import LambdaEvents

/// The expressions of a Query or a Scan, parsed before the table is looked for.
struct ReadExpressions: Sendable {
    var filter: ConditionExpression?
    var projection: ProjectionExpression?
    /// Of a Query only.
    var keyCondition: KeyConditionExpression?

    /// Parses in the service's order: the key condition as a condition, the filter, the projection; then what none of them
    /// used, and whether the key condition is one on keys.
    static func parse(
        keyCondition: String? = nil, filter: String?, projection: String?, names: [String: String]?,
        values: AttributeMap?, wording: ValueWording = .current
    ) throws(StoreError) -> ReadExpressions {
        guard keyCondition != nil || filter != nil || projection != nil else { return ReadExpressions() }
        return try RequestExpressions.storeError { () throws(ExpressionError) in
            let context = try ExpressionContext(names: names, values: values, wording: wording)
            let checked = try keyCondition.map { text throws(ExpressionError) in
                try CheckedKeyCondition.parse(text, context: context)
            }
            var expressions = ReadExpressions()
            expressions.filter = try filter.map { text throws(ExpressionError) in
                try ConditionExpression.parse(text, kind: .filter, context: context)
            }
            expressions.projection = try projection.map { text throws(ExpressionError) in
                try ProjectionExpression.parse(text, context: context)
            }
            try context.checkAllUsed()
            expressions.keyCondition = try checked.map { condition throws(ExpressionError) in try condition.expression() }
            return expressions
        }
    }

    /// Adds the legacy forms, which the service checks before it parses expressions; `KeyConditions` it checks last.
    mutating func add(_ legacy: LegacyReadParameters.Checked) {
        filter = filter ?? legacy.filter
        projection = projection ?? legacy.projection
    }

    mutating func add(keyConditions: NameMap<LegacyCondition>?) throws(StoreError) {
        guard let keyConditions else { return }
        keyCondition = try RequestExpressions.storeError { () throws(ExpressionError) in
            try .keyConditions(keyConditions, .current)
        }
    }
}

extension LegacyReadParameters {
    /// The parameters as an expression would have them.
    struct Checked: Sendable {
        var filter: ConditionExpression?
        var projection: ProjectionExpression?
    }

    func checked(_ wording: ValueWording) throws(StoreError) -> Checked {
        try RequestExpressions.check(conditionalOperator, joins: filter)
        return try RequestExpressions.storeError { () throws(ExpressionError) in
            Checked(
                filter: try filter.flatMap { filter throws(ExpressionError) in
                    try ConditionExpression.filter(filter, conditionalOperator, wording)
                },
                projection: try attributesToGet.map { names throws(ExpressionError) in
                    try ProjectionExpression.attributesToGet(names)
                })
        }
    }
}

extension KeyAttributes.Attribute {
    var forCondition: KeyAttribute {
        let descriptor: AttributeValue.Descriptor =
            switch type {
            case .string: .string
            case .number: .number
            case .binary: .binary
            }
        return KeyAttribute(name: name, type: descriptor)
    }
}
