/// When a failed call is tried again, and how long it waits before.
///
/// Tried again are throttled calls and those answered 500, 502, 503 or 504, as AWS's SDKs do in their standard mode,
/// and calls without an answer where that is safe: the request cannot have arrived, or doing it twice is the same as
/// once. The wait is drawn evenly from zero up to a bound that doubles with each attempt ("full jitter"). No wait
/// reaches over `RequestDeadline.current`: the call fails at once with the last error instead.
///
/// Source: AWS SDKs and Tools Reference Guide, "Retry behavior"; AWS Architecture Blog, "Exponential Backoff And
/// Jitter".
public struct RetryPolicy: Sendable {
    /// The first one included.
    public var maximumAttempts: Int
    public var baseDelay: Duration
    public var maximumDelay: Duration
    let sleep: @Sendable (Duration) async throws -> Void
    /// A fraction from 0 to 1.
    let random: @Sendable () -> Double

    /// - Parameters:
    ///   - maximumAttempts: 3 as in the SDKs' standard mode.
    ///   - baseDelay: the first bound; 50 ms as the SDK for JavaScript has it for DynamoDB, short beside an invocation's
    ///     seconds.
    ///   - maximumDelay: no bound grows beyond it.
    public init(maximumAttempts: Int = 3, baseDelay: Duration = .milliseconds(50), maximumDelay: Duration = .seconds(5)) {
        self.init(
            maximumAttempts: maximumAttempts, baseDelay: baseDelay, maximumDelay: maximumDelay,
            sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0...1) })
    }

    package init(
        maximumAttempts: Int = 3, baseDelay: Duration = .milliseconds(50), maximumDelay: Duration = .seconds(5),
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double
    ) {
        self.maximumAttempts = maximumAttempts
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.sleep = sleep
        self.random = random
    }

    public static let standard = RetryPolicy()
    /// One attempt.
    public static let none = RetryPolicy(maximumAttempts: 1)

    /// The wait after an attempt, counted from 1.
    func delay(afterAttempt attempt: Int) -> Duration {
        // Beyond 2^30 the bound has long reached its maximum.
        let bound = min(maximumDelay, baseDelay * (1 << min(attempt - 1, 30)))
        return bound * random()
    }
}

extension AWSServiceError {
    /// Whether the same call may succeed a little later.
    public var isRetryable: Bool {
        Self.isThrottling(code: code) || status == 429 || [500, 502, 503, 504].contains(status)
            || code == "TransactionConflictException"
    }

    /// Whether an error of that name says that there were too many calls.
    public static func isThrottling(code: String) -> Bool { throttlingCodes.contains(code) }

    /// Source: AWS SDKs and Tools Reference Guide, "Retry behavior", the standard mode's list.
    private static let throttlingCodes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown", "PriorRequestNotComplete",
        "EC2ThrottledException",
    ]
}
