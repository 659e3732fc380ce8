#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

public import AWSClients

/// Secrets Manager's secrets, read again when they are older than their time limit, so that a rotated one arrives; callers at
/// one time share one call. It needs `secretsmanager:GetSecretValue`.
public struct Secrets: Sendable {
    private struct Version: Hashable {
        var id: String
        var versionID: String?
        var stage: String?
    }

    private let cache: TimedCache<Version, SecretsManager.GetSecretValueOutput>

    public init(client: SecretsManagerClient, cache: CachePolicy = .init()) {
        self.cache = TimedCache(cache) { version in
            try await client.getSecretValue(secretId: version.id, versionId: version.versionID, versionStage: version.stage)
        }
    }

    /// - Parameters:
    ///   - id: name or ARN.
    ///   - stage: `AWSCURRENT` where neither it nor a version is given.
    ///   - maximumAge: for this look alone; zero to ask the service in any case.
    /// - Throws: `AWSServiceError`, with `ResourceNotFoundException` where there is none.
    public func value(
        _ id: String, versionID: String? = nil, stage: String? = nil, maximumAge: Duration? = nil
    ) async throws -> SecretsManager.GetSecretValueOutput {
        try await cache.value(Version(id: id, versionID: versionID, stage: stage), maximumAge: maximumAge)
    }

    /// - Throws: ``ParameterError/notText(name:)`` for a binary secret.
    public func text(_ id: String, stage: String? = nil, maximumAge: Duration? = nil) async throws -> String {
        guard let text = try await value(id, stage: stage, maximumAge: maximumAge).secretString else {
            throw ParameterError.notText(name: id)
        }
        return text
    }

    /// The text read as JSON, as the console's key/value secrets are.
    public func json<Value: Decodable>(
        _ type: Value.Type = Value.self, _ id: String, stage: String? = nil, maximumAge: Duration? = nil
    ) async throws -> Value {
        let text = try await text(id, stage: stage, maximumAge: maximumAge)
        return try ParameterText.json(type, from: Data(text.utf8), name: id)
    }

    /// The next look reads it anew, say because a service refused it: it may have been rotated.
    public func invalidate(_ id: String, versionID: String? = nil, stage: String? = nil) async {
        await cache.invalidate(Version(id: id, versionID: versionID, stage: stage))
    }
}
