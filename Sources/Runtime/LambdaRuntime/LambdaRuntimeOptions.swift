/// What a function may choose about its runtime.
public struct LambdaRuntimeOptions: Sendable {
    /// How long before the deadline a handler's task is cancelled; nil never cancels.
    ///
    /// The default leaves time to answer with an error of the handler's own: what runs into the deadline itself is killed
    /// with its environment, and its caller learns only that it timed out.
    public var cancellationLead: Duration?

    public init(cancellationLead: Duration? = .milliseconds(500)) {
        self.cancellationLead = cancellationLead
    }
}
