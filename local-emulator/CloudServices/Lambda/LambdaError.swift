import Foundation

/// An error of Lambda's API: what SDKs read from `x-amzn-ErrorType` and the body.
struct LambdaError: Error, Sendable, Equatable {
    var status: Int
    var type: String
    var message: String
    /// The body's name for the message; Lambda's model spells it differently from error to error.
    var messageKey = "message"
    /// `ThrottleReason`.
    var reason: String?

    static func functionNotFound(_ arn: String) -> LambdaError {
        LambdaError(
            status: 404, type: "ResourceNotFoundException", message: "Function not found: \(arn)", messageKey: "Message")
    }

    static func invalidContent(_ message: String) -> LambdaError {
        LambdaError(status: 400, type: "InvalidRequestContentException", message: message)
    }

    static func invalidParameter(_ message: String) -> LambdaError {
        LambdaError(status: 400, type: "InvalidParameterValueException", message: message)
    }

    static func constraint(_ value: String, of field: String, _ constraint: String) -> LambdaError {
        LambdaError(
            status: 400, type: "ValidationException",
            message: "1 validation error detected: Value '\(value)' at '\(field)' failed to satisfy constraint: \(constraint)")
    }

    /// The type and text of the service itself; its model's name, `RequestTooLargeException`, is not what it sends
    /// (faultline/faultline issue 12 and ASFHyP3/hyp3 issue 2241 quote the answer).
    static func payloadTooLarge(bytes: Int, limit: Int) -> LambdaError {
        LambdaError(
            status: 413, type: "RequestEntityTooLargeException",
            message: "\(bytes) byte payload is too large for the RequestResponse invocation type (limit \(limit) bytes)")
    }

    static let throttled = LambdaError(
        status: 429, type: "TooManyRequestsException", message: "Rate Exceeded.",
        reason: "ReservedFunctionConcurrentInvocationLimitExceeded")

    static let shuttingDown = LambdaError(
        status: 500, type: "ServiceException", message: "The emulator is shutting down", messageKey: "Message")

    static func notBuilt(_ what: String) -> LambdaError {
        LambdaError(status: 501, type: "NotImplementedException", message: "\(what) is not built in this emulator")
    }

    func reply(requestID: String) -> ServiceReply {
        var body = ["Type": status < 500 ? "User" : "Service", messageKey: message]
        body["Reason"] = reason
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings always encode; without a body the header still names the error.
        let data = (try? encoder.encode(body)) ?? Data()
        return ServiceReply(
            status: status,
            headers: [
                (name: "Content-Type", value: "application/json"), (name: "x-amzn-RequestId", value: requestID),
                (name: "x-amzn-ErrorType", value: type),
            ], body: data)
    }
}
