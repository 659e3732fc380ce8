#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The moment by which all requests of the running task must have ended.
///
/// The Lambda runtime sets it around each invocation; ``HTTPClient`` ends a request that reaches it, and retries stop
/// before it. A child task inherits it, a detached one does not.
public enum RequestDeadline {
    @TaskLocal public static var current: Date?

    /// The time left, never below zero; nil where there is no deadline.
    public static var remaining: Duration? {
        current.map { .milliseconds(max(0, Int64(($0.timeIntervalSinceNow * 1000).rounded(.down)))) }
    }
}
