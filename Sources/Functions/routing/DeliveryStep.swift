#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Platform

/// What is to be done with a delivery, from what the store has of it.
///
/// ```
/// pending, never tried ──quiet hours──▶ pending, waiting ──sweep──┐
///        │   ◀────────────────────────────────────────────────────┘
///        ▼ attempt + 1, recorded before sending
/// pending, in progress ──sent──▶ sent
///        ├──failed for now──▶ pending with error_message ──retry──▶ in progress
///        └──failed for good, or for the last time──▶ failed
/// ```
enum DeliveryStep: Sendable, Equatable {
    /// Done, given up, or waiting for the sweep.
    case nothing
    case wait(until: Date)
    /// Another environment is sending it, or died while it did; who it was shows in ``inProgressSeconds``.
    case leaveToOther
    case attempt
    case giveUp(String)

    /// The first try, and four more over three quarters of an hour.
    static let maximumAttempts: Int64 = 5
    /// An attempt without a result is taken for dead after twice the function's time-out of 30 seconds.
    static let inProgressSeconds: Double = 60

    static func next(for delivery: Delivery, at now: Date, quietUntil: Date?) -> DeliveryStep {
        guard delivery.status == .pending else { return .nothing }
        if let waiting = delivery.waiting, waiting.until > now { return .nothing }
        if let quietUntil { return .wait(until: quietUntil) }
        if let last = delivery.lastAttemptAt, delivery.errorMessage == nil,
            now.timeIntervalSince(last) < inProgressSeconds
        {
            return .leaveToOther
        }
        guard delivery.attempts < maximumAttempts else { return .giveUp("no attempt had a result") }
        return .attempt
    }
}

/// The pause after a failed attempt: 30 seconds, 2 minutes, 10 minutes, half an hour.
enum RetryPause {
    /// SQS delays a message by 15 minutes at most (`DelaySeconds`, Amazon SQS API Reference, "SendMessage").
    static let longestQueueDelaySeconds = 900

    static func seconds(afterAttempt attempt: Int64) -> Int {
        switch attempt {
        case ...1: 30
        case 2: 120
        case 3: 600
        default: 1800
        }
    }
}
