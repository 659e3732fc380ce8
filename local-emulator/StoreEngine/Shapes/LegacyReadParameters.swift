package import DynamoDBExpressions

/// What Query and Scan were asked before there were expressions.
package struct LegacyReadParameters: Sendable {
    /// Of a Query only.
    package var keyConditions: [String: LegacyCondition]? = nil
    /// `QueryFilter` or `ScanFilter`.
    package var filter: [String: LegacyCondition]? = nil
    package var conditionalOperator: ConditionalOperator? = nil
    package var attributesToGet: [String]? = nil

    package init() {}
}
