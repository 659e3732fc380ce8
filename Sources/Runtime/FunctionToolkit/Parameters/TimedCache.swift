#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Values that are loaded when they are first asked for, and again once they are older than their time limit.
///
/// Callers that come while a value is being loaded share that load. A failed load is not kept: it is thrown to those who
/// waited for it, and the next caller loads anew, unless ``staleOnError`` allows the value from before.
public actor TimedCache<Key: Hashable & Sendable, Value: Sendable> {
    private struct Loaded {
        var value: Value
        var at: Date
        /// After a failed load the old value counts as fresh until then.
        var usableUntil: Date?
    }

    private struct Entry {
        var loaded: Loaded?
        var load: Task<Value, any Error>?
    }

    /// For how long a stale value is given before a failed load is tried again.
    private static var retryInterval: Double { 5 }

    private let maximumAge: Duration
    private let staleOnError: Duration?
    private let maximumCount: Int
    private let now: @Sendable () -> Date
    private let load: @Sendable (Key) async throws -> Value
    private var entries: [Key: Entry] = [:]

    /// - Parameters:
    ///   - staleOnError: how far beyond its time limit a value may still be given when it cannot be loaded anew; nil for
    ///     never. A value that an outage kept alive may be one that was withdrawn, so this is the caller's choice.
    ///   - maximumCount: keys kept; beyond them the value that was loaded first goes.
    ///   - now: the clock by which values age; wall time, which also runs while Lambda holds an environment frozen between
    ///     invocations.
    public init(
        maximumAge: Duration, staleOnError: Duration? = nil, maximumCount: Int = 1000,
        now: @escaping @Sendable () -> Date = { Date() }, load: @escaping @Sendable (Key) async throws -> Value
    ) {
        self.maximumAge = maximumAge
        self.staleOnError = staleOnError
        self.maximumCount = maximumCount
        self.now = now
        self.load = load
    }

    /// - Parameter maximumAge: for this look alone; zero to have it loaded anew.
    public func value(_ key: Key, maximumAge: Duration? = nil) async throws -> Value {
        if let loaded = entries[key]?.loaded, isFresh(loaded, maximumAge ?? self.maximumAge) { return loaded.value }
        if let load = entries[key]?.load { return try await load.value }
        return try await reload(key)
    }

    /// The next caller loads anew, say because a service refused what the value was used for; the value from before is not
    /// given any more.
    public func invalidate(_ key: Key) {
        entries[key] = nil
    }

    public func invalidateAll() {
        entries = [:]
    }

    private func isFresh(_ loaded: Loaded, _ maximumAge: Duration) -> Bool {
        let time = now()
        // A clock that was set back makes a value old rather than young for ever.
        let age = time.timeIntervalSince(loaded.at)
        if age >= 0, age < maximumAge / .seconds(1) { return true }
        guard let usableUntil = loaded.usableUntil else { return false }
        return time < usableUntil && age >= 0 && maximumAge > .zero
    }

    /// The task is awaited here and by whoever joins; it is one so that a caller's cancellation does not fail the others.
    private func reload(_ key: Key) async throws -> Value {
        let startedAt = now()
        let task = Task { [load] in try await load(key) }
        entries[key, default: Entry()].load = task
        do {
            let value = try await task.value
            if entries[key]?.load == task {
                makeRoom(for: key)
                entries[key] = Entry(loaded: Loaded(value: value, at: startedAt))
            }
            return value
        } catch {
            guard entries[key]?.load == task else { throw error }
            entries[key]?.load = nil
            guard let staleOnError, let old = entries[key]?.loaded else { throw error }
            let end = old.at + (maximumAge + staleOnError) / .seconds(1)
            guard now() < end else { throw error }
            entries[key]?.loaded?.usableUntil = min(end, now() + Self.retryInterval)
            return old.value
        }
    }

    private func makeRoom(for key: Key) {
        guard entries[key]?.loaded == nil, entries.count > maximumCount else { return }
        let loaded = entries.compactMap { entry in entry.value.loaded.map { (entry.key, $0.at) } }
        if let oldest = loaded.min(by: { $0.1 < $1.1 })?.0 { entries[oldest] = nil }
    }
}

extension TimedCache where Key == SingleKey {
    public func value(maximumAge: Duration? = nil) async throws -> Value {
        try await value(SingleKey(), maximumAge: maximumAge)
    }

    public func invalidate() {
        invalidate(SingleKey())
    }
}

/// The key of a ``TimedCache`` that holds one value.
public struct SingleKey: Hashable, Sendable {
    public init() {}
}
