#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Secrets Manager's shapes. Source: AWS Secrets Manager API Reference, version 2017-10-17.
public enum SecretsManager {}

extension SecretsManager {
    public struct GetSecretValueInput: Sendable, Equatable, Codable {
        /// Name or ARN.
        public var secretID: String
        public var versionID: String?
        /// `AWSCURRENT` where nil.
        public var versionStage: String?

        public init(secretID: String, versionID: String? = nil, versionStage: String? = nil) {
            self.secretID = secretID
            self.versionID = versionID
            self.versionStage = versionStage
        }

        private enum CodingKeys: String, CodingKey {
            case secretID = "SecretId"
            case versionID = "VersionId"
            case versionStage = "VersionStage"
        }
    }

    /// One of the two values is set.
    public struct GetSecretValueOutput: Sendable, Equatable, Codable {
        public var arn: String
        public var name: String
        public var versionID: String?
        public var secretString: String?
        public var secretBinary: Data?
        public var versionStages: [String]
        /// Seconds since 1970.
        public var createdDate: Double?

        public init(
            arn: String, name: String, versionID: String? = nil, secretString: String? = nil, secretBinary: Data? = nil,
            versionStages: [String] = [], createdDate: Double? = nil
        ) {
            self.arn = arn
            self.name = name
            self.versionID = versionID
            self.secretString = secretString
            self.secretBinary = secretBinary
            self.versionStages = versionStages
            self.createdDate = createdDate
        }

        private enum CodingKeys: String, CodingKey {
            case arn = "ARN"
            case name = "Name"
            case versionID = "VersionId"
            case secretString = "SecretString"
            case secretBinary = "SecretBinary"
            case versionStages = "VersionStages"
            case createdDate = "CreatedDate"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            arn = try container.decode(String.self, forKey: .arn)
            name = try container.decode(String.self, forKey: .name)
            versionID = try container.decodeIfPresent(String.self, forKey: .versionID)
            secretString = try container.decodeIfPresent(String.self, forKey: .secretString)
            secretBinary = try container.decodeIfPresent(Data.self, forKey: .secretBinary)
            versionStages = try container.decodeIfPresent([String].self, forKey: .versionStages) ?? []
            createdDate = try container.decodeIfPresent(Double.self, forKey: .createdDate)
        }
    }
}

/// Secrets Manager over any transport.
public struct SecretsManagerClient: Sendable {
    let caller: JSONCaller

    public init(transport: any AWSTransport, retry: RetryPolicy = .standard) {
        caller = JSONCaller(
            caller: ServiceCaller(service: .secretsManager, transport: transport, retry: retry), targetPrefix: "secretsmanager",
            contentType: "application/x-amz-json-1.1")
    }

    /// - Parameter secretId: name or ARN.
    /// - Throws: ``AWSServiceError``, with `ResourceNotFoundException` where there is no such secret.
    public func getSecretValue(
        secretId: String, versionId: String? = nil, versionStage: String? = nil
    ) async throws -> SecretsManager.GetSecretValueOutput {
        let input = SecretsManager.GetSecretValueInput(secretID: secretId, versionID: versionId, versionStage: versionStage)
        return try await caller.call("GetSecretValue", input, isRepeatable: true)
    }
}
