#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The shapes of AppConfig's data plane. Source: AWS AppConfig Data API Reference, version 2021-11-11.
public enum AppConfigData {
    public struct StartConfigurationSessionInput: Sendable, Equatable, Codable {
        /// Id or name, of each of the three.
        public var applicationIdentifier: String
        public var environmentIdentifier: String
        public var configurationProfileIdentifier: String
        /// 15 to 86,400; a poll that comes earlier is refused.
        public var requiredMinimumPollIntervalInSeconds: Int?

        public init(
            applicationIdentifier: String, environmentIdentifier: String, configurationProfileIdentifier: String,
            requiredMinimumPollIntervalInSeconds: Int? = nil
        ) {
            self.applicationIdentifier = applicationIdentifier
            self.environmentIdentifier = environmentIdentifier
            self.configurationProfileIdentifier = configurationProfileIdentifier
            self.requiredMinimumPollIntervalInSeconds = requiredMinimumPollIntervalInSeconds
        }

        private enum CodingKeys: String, CodingKey {
            case applicationIdentifier = "ApplicationIdentifier"
            case environmentIdentifier = "EnvironmentIdentifier"
            case configurationProfileIdentifier = "ConfigurationProfileIdentifier"
            case requiredMinimumPollIntervalInSeconds = "RequiredMinimumPollIntervalInSeconds"
        }
    }

    public struct StartConfigurationSessionOutput: Sendable, Equatable, Codable {
        /// Good for one call of `GetLatestConfiguration`.
        public var initialConfigurationToken: String

        public init(initialConfigurationToken: String) {
            self.initialConfigurationToken = initialConfigurationToken
        }

        private enum CodingKeys: String, CodingKey {
            case initialConfigurationToken = "InitialConfigurationToken"
        }
    }

    public struct GetLatestConfigurationOutput: Sendable, Equatable {
        /// What the next call must give; good for 24 hours.
        public var nextPollConfigurationToken: String
        public var nextPollIntervalInSeconds: Int?
        public var contentType: String?
        /// Empty where nothing has changed since the token was given.
        public var configuration: Data
        public var versionLabel: String?

        public init(
            nextPollConfigurationToken: String, nextPollIntervalInSeconds: Int? = nil, contentType: String? = nil,
            configuration: Data = Data(), versionLabel: String? = nil
        ) {
            self.nextPollConfigurationToken = nextPollConfigurationToken
            self.nextPollIntervalInSeconds = nextPollIntervalInSeconds
            self.contentType = contentType
            self.configuration = configuration
            self.versionLabel = versionLabel
        }
    }
}

/// AppConfig's data plane over any transport, by the REST JSON protocol.
public struct AppConfigDataClient: Sendable {
    private let caller: ServiceCaller

    public init(transport: any AWSTransport, retry: RetryPolicy = .standard) {
        caller = ServiceCaller(service: .appConfigData, transport: transport, retry: retry)
    }

    /// - Throws: ``AWSServiceError``, with `ResourceNotFoundException` where one of the three is not there.
    public func startConfigurationSession(
        _ input: AppConfigData.StartConfigurationSessionInput
    ) async throws -> AppConfigData.StartConfigurationSessionOutput {
        let operation = "StartConfigurationSession"
        let request = AWSRequest(
            service: caller.service, operation: operation, path: "/configurationsessions",
            headers: [("Content-Type", "application/json")], body: try JSONEncoder().encode(input))
        let response = try await send(request, isRepeatable: true)
        return try decode(
            AppConfigData.StartConfigurationSessionOutput.self, from: response, of: caller.service, operation: operation)
    }

    /// The configuration, if it is another one than the token's session has seen. Not tried again without an answer: a token
    /// is good for one call.
    ///
    /// - Throws: ``AWSServiceError``, with `BadRequestException` for a token that was used or is too old.
    public func getLatestConfiguration(token: String) async throws -> AppConfigData.GetLatestConfigurationOutput {
        let operation = "GetLatestConfiguration"
        let request = AWSRequest(
            service: caller.service, operation: operation, method: "GET", path: "/configuration",
            query: [("configuration_token", token)])
        let response = try await send(request, isRepeatable: false)
        guard let next = response.header("Next-Poll-Configuration-Token") else {
            throw AWSUnreadableAnswer(
                service: caller.service, operation: operation, status: response.status,
                reason: "there is no Next-Poll-Configuration-Token")
        }
        return AppConfigData.GetLatestConfigurationOutput(
            nextPollConfigurationToken: next,
            nextPollIntervalInSeconds: response.header("Next-Poll-Interval-In-Seconds").flatMap { Int($0) },
            contentType: response.header("Content-Type"), configuration: response.body,
            versionLabel: response.header("Version-Label"))
    }

    private func send(_ request: AWSRequest, isRepeatable: Bool) async throws -> AWSResponse {
        try await caller.send(request, isRepeatable: isRepeatable) { response in
            AWSServiceError(jsonAnswer: response, service: caller.service, operation: request.operation)
        }
    }
}
