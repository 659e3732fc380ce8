package import LambdaEvents

/// One attribute of a table's or index's key: its name and type.
package struct KeyAttribute: Hashable, Sendable {
    package var name: String
    /// `.string`, `.number` or `.binary`.
    package var type: AttributeValue.Descriptor

    package init(name: String, type: AttributeValue.Descriptor) {
        self.name = name
        self.type = type
    }
}

/// What a query asks: one partition, and a part of its sort keys or all.
package struct KeyCondition: Sendable {
    package enum Sort: Sendable, Hashable {
        case equal(AttributeValue)
        case less(AttributeValue)
        case lessOrEqual(AttributeValue)
        case greater(AttributeValue)
        case greaterOrEqual(AttributeValue)
        /// Both bounds included.
        case between(AttributeValue, AttributeValue)
        case beginsWith(AttributeValue)
    }

    package var partition: (name: String, value: AttributeValue)
    /// Nil for the whole partition.
    package var sort: Sort?
}

/// A key condition that is parsed, but not yet held against a key schema, which the service looks at later.
package struct KeyConditionExpression: Sendable {
    /// One comparison for each attribute, in written order.
    private let comparisons: [(name: String, comparison: KeyCondition.Sort)]

    package static func parse(_ text: String, context: ExpressionContext) throws(ExpressionError) -> KeyConditionExpression {
        let syntax = try ExpressionParser.condition(text, kind: .keyCondition)
        let condition = try ConditionChecker.check(syntax, kind: .keyCondition, context: context)
        var reader = KeyConditionReader()
        try reader.read(condition)
        return KeyConditionExpression(comparisons: reader.comparisons)
    }

    /// Holds the condition against a key: equality on the partition key, at most one comparison on the sort key, and nothing
    /// else.
    package func resolve(partition: KeyAttribute, sort: KeyAttribute?) throws(ExpressionError) -> KeyCondition {
        guard (1...2).contains(comparisons.count) else {
            throw ExpressionError("Conditions can be of length 1 or 2 only")
        }
        guard let first = comparison(on: partition) else { throw Self.missing(partition) }
        guard case .equal(let value) = first else { throw ExpressionError("Query key condition not supported") }
        try Self.check([value], partition)
        var condition = KeyCondition(partition: (partition.name, value), sort: nil)
        guard comparisons.count == 2 else { return condition }
        // With a key of one attribute, the second comparison is on an attribute that is no key.
        guard let sort else { throw ExpressionError("Query key condition not supported") }
        guard let second = comparison(on: sort) else { throw Self.missing(sort) }
        try Self.check(second.values, sort)
        condition.sort = second
        return condition
    }

    private func comparison(on key: KeyAttribute) -> KeyCondition.Sort? {
        comparisons.first { $0.name == key.name }?.comparison
    }

    private static func missing(_ key: KeyAttribute) -> ExpressionError {
        ExpressionError("Query condition missed key schema element: \(key.name)")
    }

    private static func check(_ values: [AttributeValue], _ key: KeyAttribute) throws(ExpressionError) {
        for value in values {
            guard value.descriptor == key.type else {
                throw ExpressionError(
                    "One or more parameter values were invalid: Condition parameter type does not match schema type")
            }
            let empty: String? =
                switch value {
                case .string(let text) where text.isEmpty: "string"
                case .binary(let data) where data.isEmpty: "binary"
                default: nil
                }
            guard let empty else { continue }
            throw ExpressionError(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                    + "\(empty) value. Key: \(key.name)")
        }
    }
}

extension KeyCondition.Sort {
    var values: [AttributeValue] {
        switch self {
        case .equal(let value), .less(let value), .lessOrEqual(let value), .greater(let value), .greaterOrEqual(let value),
            .beginsWith(let value):
            [value]
        case .between(let low, let high): [low, high]
        }
    }
}
