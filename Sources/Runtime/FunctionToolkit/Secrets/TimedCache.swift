#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A value that is loaded when it is first asked for and again once it is older than its time limit.
///
/// Callers that come while it is being loaded share that load. A failed load is not kept: it is thrown to those who
/// waited for it, and the next caller loads anew.
public actor TimedCache<Value: Sendable> {
    private enum State {
        case empty
        case loading(Task<Value, any Error>)
        case loaded(Value, at: Date)
    }

    private let timeLimit: Duration
    private let now: @Sendable () -> Date
    private let load: @Sendable () async throws -> Value
    private var state = State.empty

    /// - Parameter now: the clock by which the value ages; wall time, which also runs while Lambda holds an environment
    ///   frozen between invocations.
    public init(
        timeLimit: Duration, now: @escaping @Sendable () -> Date = { Date() }, load: @escaping @Sendable () async throws -> Value
    ) {
        self.timeLimit = timeLimit
        self.now = now
        self.load = load
    }

    public func value() async throws -> Value {
        switch state {
        case .loaded(let value, let loadedAt) where isFresh(loadedAt): return value
        case .loading(let task): return try await task.value
        case .loaded, .empty: return try await reload()
        }
    }

    /// The next caller loads anew, say because the service refused what the value was used for.
    public func invalidate() {
        state = .empty
    }

    private func isFresh(_ loadedAt: Date) -> Bool {
        let age = now().timeIntervalSince(loadedAt)
        // A clock that was set back makes a value old rather than young for ever.
        return age >= 0 && age < timeLimit / .seconds(1)
    }

    /// The task is awaited here and by whoever joins; it is one so that a caller's cancellation does not fail the others.
    private func reload() async throws -> Value {
        let startedAt = now()
        let task = Task { [load] in try await load() }
        state = .loading(task)
        do {
            let value = try await task.value
            if case .loading(task) = state { state = .loaded(value, at: startedAt) }
            return value
        } catch {
            if case .loading(task) = state { state = .empty }
            throw error
        }
    }
}
