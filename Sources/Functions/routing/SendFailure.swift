import AWSClients
import Platform
import RoostHTTPClient

/// Why a provider did not take a message. The reason is kept with the delivery, so it holds codes, no address and no text.
enum SendFailure: Error, Sendable, Equatable {
    /// Trying again may help.
    case passing(String)
    /// The same call will be refused again.
    case final(String)

    var reason: String {
        switch self {
        case .passing(let reason), .final(let reason): reason
        }
    }

    init(_ error: any Error) {
        switch error {
        case let error as SendFailure: self = error
        case let error as AWSServiceError:
            let reason = "\(error.service.rawValue) \(error.operation): \(error.code)"
            self = Self.finalCodes.contains(error.code) ? .final(reason) : .passing(reason)
        case is ContactVault.OpenError: self = .final("the address does not open")
        case let error as HTTPClientError: self = .passing(Self.reason(for: error))
        default: self = .passing(ErrorCatalogue.logText(for: error))
        }
    }

    /// What the recipient's address or the message is refused with. All else may be a limit, an outage, or a permission
    /// that an operator has yet to give.
    ///
    /// Sources: Amazon SNS API Reference, "Publish", errors; Amazon SES API v2 Reference, "SendEmail", errors.
    private static let finalCodes: Set<String> = [
        "InvalidParameter", "ParameterValueInvalid", "OptedOut", "MessageRejected", "BadRequestException",
    ]

    private static func reason(for error: HTTPClientError) -> String {
        switch error {
        case .timedOut: "no answer in time"
        case .connectionRefused, .couldNotConnect: "no connection"
        default: "no answer"
        }
    }
}
