import StoreEngine

/// Why a request is answered with an error.
enum Refusal: Error {
    /// The body is not what the operation's model says; nil where the text is no JSON at all.
    case serialization(String?)
    /// No such operation; the message is nil where the service has none either.
    case unknownOperation(String?)
    /// The error type without its namespace, and its message.
    case authentication(String, String)
    case store(StoreError)

    static func validation(_ message: String) -> Refusal { .store(.validation(message)) }

    /// For an operation that needs another service, which is not here: it is checked as the service checks it, and then refused
    /// by name, because accepting it would promise what never comes.
    static func unserved(_ operation: String, because reason: String) -> Refusal {
        .unknownOperation("The operation \(operation) is not supported by this endpoint: \(reason)")
    }
}
