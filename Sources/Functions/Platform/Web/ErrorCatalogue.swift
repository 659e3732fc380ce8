import AWSClients
import FunctionToolkit

/// The one place that turns whatever was thrown into what a caller is told.
package enum ErrorCatalogue {
    /// Whether it is our fault, and so belongs into the log with everything known about it.
    package static func isDefect(_ error: PlatformError) -> Bool { error.code.status >= 500 && error.code != .notImplemented }

    package static func publicError(for error: any Error) -> PlatformError {
        switch error {
        case let error as PlatformError: error
        case let error as FieldErrors: PlatformError(error)
        case let error as HTTPError: PlatformError(error)
        case let error as AWSServiceError where isPassing(error):
            PlatformError(.unavailable, "The service is busy; please try again", retryAfterSeconds: 1)
        case is ConditionFailed:
            PlatformError(.conflict, "It was changed by somebody else in the meantime; please try again")
        default:
            PlatformError(.internalError, "Something went wrong on our side")
        }
    }

    /// What the log says of it: types and codes, no contents, since those may hold somebody's number.
    package static func logText(for error: any Error) -> String {
        switch error {
        // SNS and SES quote the number or the address that they refuse.
        case let error as AWSServiceError where [.sns, .ses].contains(error.service):
            "\(error.service) \(error.operation): \(error.code)"
        case let error as AWSServiceError: "\(error.service) \(error.operation): \(error.code) \(error.message)"
        case let error as RecordError: error.description
        case let error as PlatformError: "\(error.code.rawValue): \(error.message)"
        case let error as BatchContentError: error.description
        case let error as BatchOutOfTime: error.description
        default: "\(type(of: error))"
        }
    }

    /// Of whatever service; a transaction that still met others after its repetitions passes too.
    private static func isPassing(_ error: AWSServiceError) -> Bool {
        error.isRetryable || error.code == "TransactionCanceledException"
    }
}
