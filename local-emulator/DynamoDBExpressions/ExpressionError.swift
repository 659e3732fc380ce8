/// Why a value or an expression was refused: the text that DynamoDB puts into its `ValidationException`.
package struct ExpressionError: Error, Sendable, Hashable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}
