#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What is told to the Runtime API when an invocation or the init phase fails.
///
/// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API", "Invocation error".
struct InvocationFailure: Error, Sendable, Equatable {
    /// `errorType` of the body, in the error's own words.
    var errorType: String
    var errorMessage: String
    /// The innermost call first.
    var stackTrace: [String] = []
    /// Whether the error chose its type and message for the caller.
    var isInOwnWords = false

    init(errorType: String, errorMessage: String, stackTrace: [String] = []) {
        self.errorType = errorType
        self.errorMessage = errorMessage
        self.stackTrace = stackTrace
    }

    init(_ error: any Error) {
        switch error {
        case let error as any LambdaErrorRepresentable:
            self.init(errorType: error.errorType, errorMessage: error.errorMessage, stackTrace: error.stackTrace)
            isInOwnWords = true
        case let error as DecodingError:
            self.init(errorType: "DecodingError", errorMessage: error.placeDescription)
        case let error as EncodingError:
            self.init(errorType: "EncodingError", errorMessage: error.placeDescription)
        default:
            self.init(errorType: String(describing: type(of: error)), errorMessage: String(describing: error))
        }
    }

    /// The handler was cancelled and then failed, in whatever words.
    func after(_ cancellation: InvocationSlot.Cancellation) -> InvocationFailure {
        guard !isInOwnWords else { return self }
        switch cancellation {
        case .deadline:
            return InvocationFailure(
                errorType: "DeadlineExceeded", errorMessage: "cancelled shortly before the deadline: \(errorMessage)",
                stackTrace: stackTrace)
        case .shutdown:
            return InvocationFailure(
                errorType: "Runtime.ShuttingDown",
                errorMessage: "cancelled since the environment is shut down: \(errorMessage)", stackTrace: stackTrace)
        }
    }

    /// The event is not what the handler takes.
    static func undecodableEvent(_ error: any Error, as type: Any.Type) -> InvocationFailure {
        let place = (error as? DecodingError)?.placeDescription ?? String(describing: Swift.type(of: error))
        return InvocationFailure(
            errorType: "Runtime.UndecodableEvent", errorMessage: "the event is no \(String(describing: type)): \(place)")
    }

    /// The handler's answer cannot be written as JSON.
    static func unencodableAnswer(_ error: any Error, as type: Any.Type) -> InvocationFailure {
        let place = (error as? EncodingError)?.placeDescription ?? String(describing: Swift.type(of: error))
        return InvocationFailure(
            errorType: "Runtime.UnencodableAnswer",
            errorMessage: "the answer, a \(String(describing: type)), cannot be encoded: \(place)")
    }

    /// `Lambda-Runtime-Function-Error-Type`. The platform keeps only what matches `(Runtime|Function)\.[A-Z][a-zA-Z]+`
    /// and replaces everything else by `Function.Unknown`.
    var headerValue: String {
        let isRuntime = errorType.hasPrefix("Runtime.")
        let name = isRuntime ? errorType.dropFirst("Runtime.".count) : errorType[...]
        let bare = !isRuntime && name.hasPrefix("Function.") ? name.dropFirst("Function.".count) : name
        let letters = bare.filter { $0.isASCII && $0.isLetter }
        guard letters.count >= 2, let first = letters.first else { return isRuntime ? "Runtime.Unknown" : "Function.Unknown" }
        return (isRuntime ? "Runtime." : "Function.") + first.uppercased() + letters.dropFirst()
    }

    /// The body: `{"errorType":…,"errorMessage":…,"stackTrace":[…]}`. A message beyond 128 KiB is cut, so that an error
    /// never runs into the limit of 6 MB that answers have.
    var body: Data {
        var text = JSONObjectText()
        text.add("errorType", errorType)
        text.add("errorMessage", shortMessage)
        text.add("stackTrace", shortTrace)
        return Data(text.text.utf8)
    }

    var shortMessage: String {
        guard errorMessage.utf8.count > Self.maximumMessageBytes else { return errorMessage }
        return String(decoding: errorMessage.utf8.prefix(Self.maximumMessageBytes), as: UTF8.self) + "…"
    }

    /// Endless recursion has hundreds of thousands of frames.
    var shortTrace: [String] { Array(stackTrace.prefix(Self.maximumFrames)) }

    private static let maximumMessageBytes = 128 << 10
    private static let maximumFrames = 256
}
