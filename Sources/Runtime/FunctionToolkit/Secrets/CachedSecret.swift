#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

public import AWSClients

/// A secret of Secrets Manager, read again when it is older than its time limit, so that a rotated one arrives.
public struct CachedSecret: Sendable {
    private let secretID: String
    private let cache: TimedCache<SecretsManager.GetSecretValueOutput>

    /// - Parameters:
    ///   - secretID: name or ARN.
    ///   - timeLimit: 5 minutes as in AWS's Parameters and Secrets extension.
    public init(
        _ secretID: String, client: SecretsManagerClient, timeLimit: Duration = .seconds(300),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.secretID = secretID
        cache = TimedCache(timeLimit: timeLimit, now: now) { try await client.getSecretValue(secretId: secretID) }
    }

    public func value() async throws -> SecretsManager.GetSecretValueOutput {
        try await cache.value()
    }

    /// - Throws: ``CachedSecretError/notText(secretID:)`` for a binary secret; what the client throws.
    public func text() async throws -> String {
        guard let text = try await value().secretString else { throw CachedSecretError.notText(secretID: secretID) }
        return text
    }

    /// The next look reads it anew.
    public func invalidate() async {
        await cache.invalidate()
    }
}

public enum CachedSecretError: Error, Sendable, Equatable {
    case notText(secretID: String)
}
