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

    /// The values of the partition key's attributes, in the key's order.
    package var partition: [AttributeValue]
    /// The comparisons of the sort key's first attributes, in the key's order: none for the whole partition, all but the last
    /// of them equalities.
    package var sort: [Sort]

    package init(partition: [AttributeValue], sort: [Sort]) {
        self.partition = partition
        self.sort = sort
    }
}

/// A key condition that is right as a condition. Whether it is one on keys, the service asks only after it has parsed the
/// request's other expressions.
package struct CheckedKeyCondition: Sendable {
    private let condition: Condition

    package static func parse(_ text: String, context: ExpressionContext) throws(ExpressionError) -> CheckedKeyCondition {
        let syntax = try CheckedSyntax.condition(text, kind: .keyCondition)
        return CheckedKeyCondition(condition: try ConditionChecker.check(syntax, kind: .keyCondition, context: context))
    }

    package func expression() throws(ExpressionError) -> KeyConditionExpression {
        var reader = KeyConditionReader()
        try reader.read(condition)
        return KeyConditionExpression(comparisons: reader.comparisons)
    }
}

/// A key condition that is parsed, but not yet held against a key schema, which the service looks at later.
///
/// The key's attributes are asked for one by one, as the service does, so that a query can check its starting key's part
/// before each of them: first ``checkNumber(hashes:ranges:)``, then ``partitionValue(of:index:isOneOfSeveral:)`` for each
/// attribute of the partition key, ``checkSort(of:index:isOneOfSeveral:)`` for each of the sort key, and last ``sort(by:hashes:)``.
package struct KeyConditionExpression: Sendable {
    /// One comparison for each attribute, in written order; nil for one that no key can answer, of which only `KeyConditions`
    /// have any this far.
    let comparisons: [(name: String, comparison: KeyCondition.Sort?)]

    /// - Parameter comparisons: one for each attribute.
    package init(comparisons: [(name: String, comparison: KeyCondition.Sort)]) {
        self.init(comparisons.map { ($0.name, $0.comparison) })
    }

    init(_ comparisons: [(name: String, comparison: KeyCondition.Sort?)]) {
        self.comparisons = comparisons
    }

    package static func parse(_ text: String, context: ExpressionContext) throws(ExpressionError) -> KeyConditionExpression {
        try CheckedKeyCondition.parse(text, context: context).expression()
    }

    /// Holds the condition against a key: equality on each attribute of the partition key, equality on the sort key's first
    /// attributes with any comparison on the last one named, and nothing else.
    package func resolve(hashes: [KeyAttribute], ranges: [KeyAttribute]) throws(ExpressionError) -> KeyCondition {
        try checkNumber(hashes: hashes, ranges: ranges)
        var partition: [AttributeValue] = []
        for hash in hashes { partition.append(try partitionValue(of: hash, isOneOfSeveral: hashes.count > 1)) }
        for range in ranges { try checkSort(of: range, isOneOfSeveral: ranges.count > 1) }
        return KeyCondition(partition: partition, sort: try sort(by: ranges, hashes: hashes.count))
    }

    package func checkNumber(hashes: [KeyAttribute], ranges: [KeyAttribute]) throws(ExpressionError) {
        let most = hashes.count + ranges.count
        guard comparisons.count > most else { return }
        throw ExpressionError(
            "The number of query conditions (\(comparisons.count)) exceeds the number of key attributes defined in the schema "
                + "(\(most))")
    }

    /// - Parameters:
    ///   - index: the name of the index whose key it is.
    ///   - isOneOfSeveral: whether the partition key has other attributes too. Then the service speaks of equality on them, as
    ///     Alternator's tests against it say; the words are those that it has for the sort key's attributes.
    package func partitionValue(
        of key: KeyAttribute, index: String? = nil, isOneOfSeveral: Bool = false
    ) throws(ExpressionError) -> AttributeValue {
        let noEquality = ExpressionError(
            "HASH key attributes \(key.name) must have equality conditions specified in the query")
        guard let comparison = try comparison(on: key) else { throw isOneOfSeveral ? noEquality : Self.missing(key) }
        try Self.checkTypes(comparison, key)
        guard case .equal(let value) = comparison else { throw isOneOfSeveral ? noEquality : Self.notSupported }
        try Self.checkContent(comparison, key, index)
        return value
    }

    /// - Parameter isOneOfSeveral: whether the sort key has other attributes too.
    package func checkSort(
        of key: KeyAttribute, index: String? = nil, isOneOfSeveral: Bool = false
    ) throws(ExpressionError) {
        guard let comparison = try comparison(on: key) else { return }
        // Of a number among others, the service speaks of the function, not of the schema.
        if isOneOfSeveral, key.type == .number, case .beginsWith = comparison {
            throw ExpressionKind.keyCondition.error(
                "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")
        }
        try Self.checkTypes(comparison, key)
        try Self.checkContent(comparison, key, index)
    }

    /// The comparisons of the sort key's attributes, without a gap and with equalities before the last ("Multi-attribute
    /// keys", Developer Guide).
    ///
    /// - Parameter hashes: how many attributes the partition key has, each of which has its comparison.
    package func sort(by keys: [KeyAttribute], hashes: Int) throws(ExpressionError) -> [KeyCondition.Sort] {
        let given = try keys.map { key throws(ExpressionError) in try comparison(on: key) }
        if let last = given.lastIndex(where: { $0 != nil }) {
            let others = zip(keys, given).prefix(last).filter { !($1?.isEquality ?? false) }.map(\.0.name)
            guard others.isEmpty else {
                throw ExpressionError(
                    "RANGE key attributes \(others.joined(separator: ", ")) must have equality conditions specified in the "
                        + "query because a condition is present on key attribute \(keys[last].name)")
            }
        }
        let sort = given.compactMap { $0 }
        // A comparison too many is on an attribute that is no key.
        if comparisons.count > hashes + sort.count, sort.count < keys.count { throw Self.missing(keys[sort.count]) }
        return sort
    }
}

extension KeyConditionExpression {
    private func comparison(on key: KeyAttribute) throws(ExpressionError) -> KeyCondition.Sort? {
        guard let given = comparisons.first(where: { $0.name.hasSameBytes(as: key.name) }) else { return nil }
        guard let comparison = given.comparison else {
            throw ExpressionError("Attempted conditional constraint is not an indexable operation")
        }
        return comparison
    }

    private static let notSupported = ExpressionError("Query key condition not supported")

    private static func missing(_ key: KeyAttribute) -> ExpressionError {
        ExpressionError("Query condition missed key schema element: \(key.name)")
    }

    private static func checkTypes(_ comparison: KeyCondition.Sort, _ key: KeyAttribute) throws(ExpressionError) {
        guard comparison.values.allSatisfy({ $0.descriptor == key.type }) else {
            throw ExpressionError(
                "One or more parameter values were invalid: Condition parameter type does not match schema type")
        }
    }

    private static func checkContent(
        _ comparison: KeyCondition.Sort, _ key: KeyAttribute, _ index: String?
    ) throws(ExpressionError) {
        for value in comparison.values {
            let empty: String? =
                switch value {
                case .string(let text) where text.isEmpty: "string"
                case .binary(let data) where data.isEmpty: "binary"
                default: nil
                }
            guard let empty else { continue }
            let problem = "The AttributeValue for a key attribute cannot contain an empty \(empty) value."
            guard let index else {
                throw ExpressionError("One or more parameter values are not valid. \(problem) Key: \(key.name)")
            }
            throw ExpressionError(
                "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                    + "\(problem) IndexName: \(index), IndexKey: \(key.name)")
        }
    }
}

extension KeyCondition.Sort {
    var isEquality: Bool {
        if case .equal = self { return true }
        return false
    }

    package var values: [AttributeValue] {
        switch self {
        case .equal(let value), .less(let value), .lessOrEqual(let value), .greater(let value), .greaterOrEqual(let value),
            .beginsWith(let value):
            [value]
        case .between(let low, let high): [low, high]
        }
    }
}
