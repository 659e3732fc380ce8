/// Which parameter an expression came in: the service's messages name it.
package enum ExpressionKind: String, Sendable {
    case condition = "ConditionExpression"
    case filter = "FilterExpression"
    case keyCondition = "KeyConditionExpression"
    /// What a vector search looks at.
    case searchCondition = "SearchConditionExpression"
    case update = "UpdateExpression"
    case projection = "ProjectionExpression"
    /// A PartiQL statement, whose messages are the same without a name in front.
    case statement = "Statement"

    /// The longest text of an expression, in bytes, before its placeholders are looked up.
    ///
    /// Source: "Quotas in Amazon DynamoDB", section "Expression parameters".
    static let maximumBytes = 4096

    func error(_ message: String) -> ExpressionError {
        ExpressionError(self == .statement ? message : "Invalid \(rawValue): \(message)")
    }

    func checkSize(of text: String) throws(ExpressionError) {
        guard !text.isEmpty else { throw error("The expression can not be empty;") }
        let size = text.utf8.count
        guard size > Self.maximumBytes else { return }
        let message = "Expression size has exceeded the maximum allowed size;"
        switch self {
        // Only these two say how long the text was.
        case .condition, .filter: throw error("\(message) expression size: \(size)")
        default: throw error(message)
        }
    }
}
