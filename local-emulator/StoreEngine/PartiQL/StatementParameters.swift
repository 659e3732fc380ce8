internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL

/// A request's `Parameters`, which the service checks before it reads the statement.
///
/// The numbers are read as Java's BigDecimal reads them, which differs from the item operations where an exponent does not
/// fit into 32 bits. Of several mistakes the first is told, in the order of the parameters.
package enum StatementParameters {
    /// - Parameter mistakes: what a reader of the request found wrong with each, who knows the order of a map's members.
    static func normalized(
        _ values: [AttributeValue]?, mistakes: [String?]? = nil
    ) throws(StoreError) -> [AttributeValue] {
        var result: [AttributeValue] = []
        for (index, value) in (values ?? []).enumerated() {
            if let mistakes, index < mistakes.count, let mistake = mistakes[index] { throw .validation(mistake) }
            try check(value, depth: 0)
            result.append(
                try RequestExpressions.storeError { () throws(ExpressionError) in
                    try AttributeValueValidation.normalized(value, wording: .older)
                })
        }
        return result
    }

    private static func check(_ value: AttributeValue, depth: Int) throws(StoreError) {
        guard depth < maximumNesting else { throw .validation(tooDeep) }
        switch value {
        case .number(let text): try check(number: text)
        case .numberSet(let texts): for text in texts { try check(number: text) }
        case .list(let values): for value in values { try check(value, depth: depth + 1) }
        case .map(let members):
            for (_, value) in members.inOrder { try check(value, depth: depth + 1) }
        case .string, .binary, .bool, .null, .stringSet, .binarySet: break
        }
    }

    private static func check(number text: String) throws(StoreError) {
        if let mistake = mistake(inNumber: text) { throw .validation(mistake) }
    }

    /// Levels of a document, its innermost value included.
    package static let maximumNesting = AttributeValueValidation.maximumNesting
    package static let tooDeep =
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"

    /// What is wrong with a number of a parameter, nil for nothing.
    package static func mistake(inNumber text: String) -> String? {
        let notNumeric = "The parameter cannot be converted to a numeric value"
        guard !text.isEmpty else { return notNumeric }
        guard DecimalText.fits(text) else { return "\(notNumeric): \(text)" }
        guard !DecimalText.wraps(text) else { return underflow }
        do throws(ExpressionError) {
            _ = try DecimalNumber(parsing: text, wording: .older)
            return nil
        } catch {
            return error.message
        }
    }

    static let underflow =
        "Number underflow. Attempting to store a number with magnitude smaller than supported range"
}

extension StoreError {
    init(_ error: StatementError) {
        self = .validation(error.message)
    }
}
