/// What a function may choose about its runtime.
public struct LambdaRuntimeOptions: Sendable {
    /// How long before the deadline a handler's task is cancelled; nil never cancels. 200 ms where nothing is said, and never
    /// more than half of the time that an invocation has.
    ///
    /// A handler that throws then is answered with its error, or with `DeadlineExceeded` where that says nothing of its own.
    /// What runs into the deadline itself is killed together with its environment, and its caller learns only that it timed
    /// out. Cancellation is cooperative: code that blocks or computes has to look at `Task.isCancelled`.
    public var cancellationLead: Duration?

    /// What the log leaves out.
    public var redaction: LogRedaction

    public init(cancellationLead: Duration? = .milliseconds(200), redaction: LogRedaction = .standard) {
        self.cancellationLead = cancellationLead
        self.redaction = redaction
    }
}
