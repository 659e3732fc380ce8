internal import Synchronization

/// What the loops of a process have in common.
final class LoopsShared: Sendable {
    let watch: RuntimeWatch
    /// X-Ray's libraries find the trace there; not where invocations run beside each other, since it belongs to the process.
    let setsTraceVariable: Bool
    private let cancellationLead: Duration?
    private let hasTurns: Bool
    private let turns: Atomic<Int>
    private let isCold: Atomic<Bool>

    /// - Parameter limit: how many invocations all loops take together; nil for no end.
    init(watch: RuntimeWatch, environment: LambdaEnvironment, options: LambdaRuntimeOptions, limit: Int?) {
        self.watch = watch
        setsTraceVariable = environment.maximumConcurrency == nil
        cancellationLead = options.cancellationLead
        hasTurns = limit != nil
        turns = Atomic(limit ?? 0)
        isCold = Atomic(environment.initializationType.isOnDemand)
    }

    /// Whether one more invocation may be taken.
    func takeTurn() -> Bool {
        guard hasTurns else { return true }
        return turns.wrappingSubtract(1, ordering: .relaxed).oldValue > 0
    }

    /// True for the first invocation, where the environment was started for it.
    func takeColdStart() -> Bool {
        isCold.load(ordering: .relaxed) && isCold.exchange(false, ordering: .relaxed)
    }

    /// When the handler's task is cancelled. An invocation with little time keeps at least half of it, and one whose deadline
    /// has passed, or never comes, is not cancelled: the clocks differ.
    func cancellationMoment(_ context: LambdaContext) -> Uptime {
        guard let cancellationLead, context.deadline < .distantFuture else { return .distantFuture }
        let remaining = context.remaining
        guard remaining > .zero else { return .distantFuture }
        return .now + (remaining - min(cancellationLead, remaining / 2))
    }
}
