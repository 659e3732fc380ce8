/// What the table holds of one piece of work: that it is being done, or what came of it.
///
/// Fields and meanings are those of Powertools for AWS Lambda (Python), `DataRecord`: functions in either language can
/// share a table. Source: Powertools for AWS Lambda (Python), "Idempotency", "Idempotency persistence layer".
public struct IdempotencyRecord: Sendable, Equatable {
    public enum Status: String, Sendable {
        case inProgress = "INPROGRESS"
        case completed = "COMPLETED"
    }

    /// `<function>.<handler>#<hash of the key>`.
    public var id: String
    public var status: Status
    /// From this second since 1970 on the record counts no more; also the table's time to live.
    public var expiration: Int
    /// When the invocation that does the work must have ended, in milliseconds since 1970.
    public var inProgressExpiration: Int?
    /// The answer as JSON.
    public var data: String?
    /// The hash of what repeated requests must have in common.
    public var validation: String?
    /// Who put it: random text, ours alone. Powertools neither writes nor reads it.
    public var owner: String?
}

extension IdempotencyRecord {
    /// - Parameter seconds: now, since 1970.
    func isExpired(at seconds: Int) -> Bool { seconds > expiration }
}
