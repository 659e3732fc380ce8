#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

public import AWSClients

/// One configuration of AWS AppConfig, polled when it is older than its time limit.
///
/// AppConfig answers a poll with the configuration only where it is another one, and with the token for the next poll. It
/// needs `appconfig:StartConfigurationSession` and `appconfig:GetLatestConfiguration`.
///
/// Source: AWS AppConfig User Guide, "Retrieving feature flags and configuration data".
public struct AppConfiguration: Sendable {
    private let name: String
    private let cache: TimedCache<SingleKey, Data>

    /// - Parameters: ids or names.
    public init(
        client: AppConfigDataClient, application: String, environment: String, profile: String, cache: CachePolicy = .init()
    ) {
        let session = Session(
            client: client,
            start: .init(
                applicationIdentifier: application, environmentIdentifier: environment, configurationProfileIdentifier: profile))
        name = "\(application)/\(environment)/\(profile)"
        self.cache = TimedCache(cache) { _ in try await session.poll() }
    }

    /// - Throws: `AWSServiceError`, with `ResourceNotFoundException` where there is no such configuration.
    public func data(maximumAge: Duration? = nil) async throws -> Data {
        try await cache.value(maximumAge: maximumAge)
    }

    /// - Throws: ``ParameterError/notJSON(name:reason:)`` too.
    public func json<Value: Decodable>(_ type: Value.Type = Value.self, maximumAge: Duration? = nil) async throws -> Value {
        try ParameterText.json(type, from: try await data(maximumAge: maximumAge), name: name)
    }

    public func invalidate() async {
        await cache.invalidate()
    }

    /// The token of the next poll and the configuration of the last.
    private actor Session {
        private let client: AppConfigDataClient
        private let start: AppConfigData.StartConfigurationSessionInput
        private var token: String?
        private var configuration = Data()

        init(client: AppConfigDataClient, start: AppConfigData.StartConfigurationSessionInput) {
            self.client = client
            self.start = start
        }

        /// A token that is refused (it is a day old, or was used by a poll whose answer was lost) is replaced by a new session.
        func poll() async throws -> Data {
            if let token {
                do { return try await poll(token) } catch let error as AWSServiceError where error.code == "BadRequestException" {
                }
            }
            return try await poll(try await client.startConfigurationSession(start).initialConfigurationToken)
        }

        private func poll(_ token: String) async throws -> Data {
            // Whatever comes of it, it was this token's one use.
            self.token = nil
            let answer = try await client.getLatestConfiguration(token: token)
            self.token = answer.nextPollConfigurationToken
            if !answer.configuration.isEmpty { configuration = answer.configuration }
            return configuration
        }
    }
}
