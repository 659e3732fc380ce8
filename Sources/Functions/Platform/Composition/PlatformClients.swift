package import AWSClients
package import LambdaRuntime
import RoostHTTPClient

/// What every function's `main` builds from its environment: one transport, the store, and its secrets.
package struct PlatformClients: Sendable {
    package let transport: any AWSTransport
    package let store: PlatformStore
    private let environment: LambdaEnvironment

    /// Reads `ENTITIES_TABLE` and `EPHEMERAL_TABLE`, and what AWS's SDKs read for addresses and credentials.
    package init(environment: LambdaEnvironment) throws {
        let configuration = try AWSConfiguration(environment: environment.variables)
        try self.init(
            environment: environment, transport: AWSHTTPTransport(configuration: configuration, client: HTTPClient()))
    }

    /// The same over another transport, for tests.
    package init(environment: LambdaEnvironment, transport: any AWSTransport, time: TimeSource = .system) throws {
        self.environment = environment
        self.transport = transport
        store = PlatformStore(
            client: DynamoDBClient(transport: transport), entitiesTable: try environment.require("ENTITIES_TABLE"),
            ephemeralTable: try environment.require("EPHEMERAL_TABLE"), time: time)
    }

    /// The secret whose id stands in a variable, as text.
    package func secret(_ variable: String) async throws -> String {
        let id = try environment.require(variable)
        guard let text = try await SecretsManagerClient(transport: transport).getSecretValue(secretId: id).secretString else {
            throw MissingSecret(variable: variable)
        }
        return text
    }

    package struct MissingSecret: Error, LambdaErrorRepresentable {
        let variable: String
        package var errorType: String { "MissingSecret" }
        package var errorMessage: String { "the secret of \(variable) has no text" }
    }

    /// From `DATA_KEY_SECRET_ID`.
    package func contactVault() async throws -> ContactVault {
        try ContactVault(secret: try await secret("DATA_KEY_SECRET_ID"))
    }
}
