/// In which of the service's two ways an operation words what is wrong with an attribute value.
///
/// The service moves its operations from one check of values to another, which differ in some texts. `current` is what
/// PutItem, UpdateItem, DeleteItem, GetItem, BatchGetItem, Query and the transactions say; `older` is what BatchWriteItem and
/// Scan say, and what they say of an expression's value they put behind `ExpressionAttributeValues contains invalid value: `.
package enum ValueWording: Sendable {
    case current
    case older

    private static let invalid = "One or more parameter values were invalid: "

    // MARK: Numbers

    func notNumeric(_ text: String) -> ExpressionError {
        let message = "The parameter cannot be converted to a numeric value"
        // Only the older wording tells the empty text apart.
        return ExpressionError(self == .older && text.isEmpty ? message : "\(message): \(text)")
    }

    /// - Parameter exponent: of the number's first digit.
    func outOfRange(_ exponent: Int, _ scan: NumberScan, _ text: String) -> ExpressionError {
        guard self == .older else { return exponent > 0 ? .overflow : .underflow }
        guard let wrapped = scan.wrappedExponent else { return notNumeric(text) }
        return wrapped > 0 ? .overflow : .underflow
    }

    // MARK: Sets

    /// - Parameters:
    ///   - members: as they were sent.
    ///   - repeated: the index of the first one that was there before.
    ///   - ordered: the members before that one, in the service's order.
    func duplicates(inStrings members: [String], firstRepeat repeated: Int, ordered: [String]) -> ExpressionError {
        let shown: [String] =
            switch self {
            case .current: (ordered + members[repeated...]).map { "\"\($0)\"" }
            case .older: members
            }
        return ExpressionError("\(Self.invalid)Input collection [\(shown.joined(separator: ", "))] contains duplicates.")
    }

    /// The missing space is the service's.
    func duplicates(inBinaries members: [String], firstRepeat repeated: Int, ordered: [String]) -> ExpressionError {
        let shown: String =
            switch self {
            case .current: (ordered + members[repeated...]).map { "\"\($0)\"" }.joined(separator: ",")
            case .older: members.joined(separator: ", ")
            }
        return ExpressionError("\(Self.invalid)Input collection [\(shown)]of type BS contains duplicates.")
    }

    var duplicatesInNumbers: ExpressionError {
        switch self {
        case .current: ExpressionError("\(Self.invalid)Input collection contains duplicates.")
        case .older: ExpressionError("Input collection contains duplicates")
        }
    }

    /// The text for a value of `ExpressionAttributeValues`.
    func inExpressionValue(_ error: ExpressionError, _ placeholder: String) -> ExpressionError {
        switch self {
        case .current: error
        case .older:
            ExpressionError("ExpressionAttributeValues contains invalid value: \(error.message) for key \(placeholder)")
        }
    }
}
