import LambdaEvents

/// The operators of `Expected`, `KeyConditions`, `QueryFilter` and `ScanFilter`, in the order in which the service lists them.
///
/// Source: "ComparisonOperator" in "Legacy DynamoDB conditional parameters", Amazon DynamoDB Developer Guide.
package enum ComparisonOperator: String, Sendable, CaseIterable {
    case isIn = "IN"
    case null = "NULL"
    case between = "BETWEEN"
    case less = "LT"
    case notContains = "NOT_CONTAINS"
    case equal = "EQ"
    case greater = "GT"
    case notNull = "NOT_NULL"
    case notEqual = "NE"
    case lessOrEqual = "LE"
    case beginsWith = "BEGINS_WITH"
    case greaterOrEqual = "GE"
    case contains = "CONTAINS"
}

extension ComparisonOperator {
    func takes(argumentCount count: Int) -> Bool {
        switch self {
        case .null, .notNull: count == 0
        case .between: count == 2
        case .isIn: count >= 1
        default: count == 1
        }
    }

    func takes(_ value: AttributeValue) -> Bool {
        switch (self, value) {
        case (.equal, _), (.notEqual, _), (.null, _), (.notNull, _): true
        case (_, .stringSet), (_, .numberSet), (_, .binarySet), (_, .list), (_, .map): false
        case (.contains, _), (.notContains, _): true
        case (_, .bool), (_, .null), (.beginsWith, .number): false
        default: true
        }
    }
}

/// How the conditions of one request are joined.
package enum ConditionalOperator: String, Sendable, CaseIterable {
    case or = "OR"
    case and = "AND"
}
