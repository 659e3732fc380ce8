public import LambdaRuntime

/// Why idempotent work was not done, or its answer not kept.
public enum IdempotencyError: Error, Sendable {
    /// Another invocation does the same work and has time left.
    case alreadyInProgress(id: String)
    /// The same key with another payload.
    case payloadMismatch(id: String)
    /// The key is null or empty, or a list or object of nothing but nulls.
    case missingKey
    /// The record changed with each look at it.
    case inconsistent(id: String)
    /// The table refused a call or did not answer, or holds what is no record. `workError` is what the work itself threw
    /// before.
    case store(during: Step, id: String, cause: any Error, workError: (any Error)?)

    public enum Step: String, Sendable {
        case claim, read, complete, release
    }

    /// An item in the table that is none of ours and none of Powertools'.
    public struct UnreadableRecord: Error, Sendable, Equatable {
        public var attribute: String
    }
}

extension IdempotencyError: LambdaErrorRepresentable, CustomStringConvertible {
    /// The names that Powertools gives them.
    public var errorType: String {
        switch self {
        case .alreadyInProgress: "IdempotencyAlreadyInProgressError"
        case .payloadMismatch: "IdempotencyValidationError"
        case .missingKey: "IdempotencyKeyError"
        case .inconsistent: "IdempotencyInconsistentStateError"
        case .store: "IdempotencyPersistenceLayerError"
        }
    }

    public var errorMessage: String { description }

    public var description: String {
        switch self {
        case .alreadyInProgress(let id): "the same request is being worked on (\(id))"
        case .payloadMismatch(let id): "the payload is not the one that came with this key before (\(id))"
        case .missingKey: "the request has no idempotency key"
        case .inconsistent(let id): "the idempotency record changes too fast (\(id))"
        case .store(let step, let id, let cause, let workError):
            "the idempotency table failed (\(step.rawValue), \(id)): \(cause)"
                + (workError.map { "; before that the work failed: \($0)" } ?? "")
        }
    }
}
