package import DynamoDBExpressions
internal import RoostSQLite

/// What an operation answers in place of its output: the service's error code and the text that it gives.
package struct StoreError: Error, Sendable, Equatable {
    /// `ValidationException`, `ResourceNotFoundException` and so on, without a namespace.
    package var code: String
    package var message: String
    /// One for each action, in the request's order; only with `TransactionCanceledException`.
    package var cancellationReasons: [CancellationReason]?
    /// The item that failed the condition, where `ReturnValuesOnConditionCheckFailure` asked for it.
    package var item: ItemDocument?

    package init(
        code: String, message: String, cancellationReasons: [CancellationReason]? = nil, item: ItemDocument? = nil
    ) {
        self.code = code
        self.message = message
        self.cancellationReasons = cancellationReasons
        self.item = item
    }

    /// Why one action of a transaction did or would not go through. `code` is `None` for an action that is not to blame.
    package struct CancellationReason: Sendable, Equatable {
        package var code: String
        package var message: String?
        package var item: ItemDocument?

        package init(code: String, message: String? = nil, item: ItemDocument? = nil) {
            self.code = code
            self.message = message
            self.item = item
        }

        package static let none = CancellationReason(code: "None")
    }
}

extension StoreError {
    package static func validation(_ message: String) -> StoreError {
        StoreError(code: "ValidationException", message: message)
    }

    /// The item operations' text for a table that is not there.
    static let resourceNotFound = StoreError(code: "ResourceNotFoundException", message: "Requested resource not found")

    static func tableNotFound(_ name: String) -> StoreError {
        StoreError(code: "ResourceNotFoundException", message: "Requested resource not found: Table: \(name) not found")
    }

    static func conditionFailed(item: ItemDocument?) -> StoreError {
        StoreError(code: "ConditionalCheckFailedException", message: "The conditional request failed", item: item)
    }

    /// The store itself failed: the caller's request was not at fault, and none of it was done.
    static func internalFailure(_ reason: String) -> StoreError {
        StoreError(code: "InternalServerError", message: reason)
    }

    /// For requests that come when the store has been closed.
    static let closed = internalFailure("the store is closed")

    package init(_ error: ExpressionError) {
        self = .validation(error.message)
    }

    init(_ error: SQLiteError) {
        self = .internalFailure(error.description)
    }

    /// Any error that the engine's own code throws inside a transaction.
    init(any error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as ExpressionError: self.init(error)
        case let error as SQLiteError: self.init(error)
        default: self = .internalFailure(String(describing: error))
        }
    }
}
