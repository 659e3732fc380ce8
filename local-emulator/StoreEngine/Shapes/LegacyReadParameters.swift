package import DynamoDBExpressions
package import LambdaEvents

/// What Query and Scan were asked before there were expressions.
package struct LegacyReadParameters: Sendable {
    /// Of a Query only.
    package var keyConditions: NameMap<LegacyCondition>? = nil
    /// `QueryFilter` or `ScanFilter`.
    package var filter: NameMap<LegacyCondition>? = nil
    package var conditionalOperator: ConditionalOperator? = nil
    package var attributesToGet: [String]? = nil

    package init() {}
}
