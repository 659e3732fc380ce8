#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// For how long parameters, secrets and configurations are kept in memory.
public struct CachePolicy: Sendable {
    /// 5 minutes as in Powertools and in AWS's Parameters and Secrets extension.
    public var maximumAge: Duration = .seconds(300)
    /// How far beyond that a value may still be given while its service fails; nil, as it is unless somebody chose
    /// otherwise, for not at all. After a failure the service is asked again 5 seconds later.
    public var staleOnError: Duration?
    public var now: @Sendable () -> Date = { Date() }

    public init() {}

    public init(
        maximumAge: Duration, staleOnError: Duration? = nil, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.maximumAge = maximumAge
        self.staleOnError = staleOnError
        self.now = now
    }
}

extension TimedCache {
    init(_ policy: CachePolicy, load: @escaping @Sendable (Key) async throws -> Value) {
        self.init(maximumAge: policy.maximumAge, staleOnError: policy.staleOnError, now: policy.now, load: load)
    }
}
