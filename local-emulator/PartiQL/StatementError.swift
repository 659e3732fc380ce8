/// Why a statement was refused: the text that DynamoDB puts into its `ValidationException`.
package struct StatementError: Error, Sendable, Hashable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }

    /// What the service's parser cannot read. The detail is empty for what its lexer cannot read.
    static func notWellFormed(_ detail: String = "") -> StatementError {
        StatementError("Statement wasn't well formed, can't be processed: \(detail)")
    }

    package static let aliasing = StatementError("Aliasing is not supported")
    static let leftover = notWellFormed("Unexpected token after expression")
}
