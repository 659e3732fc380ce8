import AWSClients
import Blueprints
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// Users, forums, messages and preferences over HTTP.
struct APIHandler: LambdaHandler {
    private let router: HTTPRouter

    init(environment: LambdaEnvironment) async throws {
        try await self.init(clients: PlatformClients(environment: environment), environment: environment)
    }

    init(clients: PlatformClients, environment: LambdaEnvironment) async throws {
        try self.init(
            services: APIServices(
                store: clients.store, vault: try await clients.contactVault(),
                directory: OrganizationDirectory(store: clients.store, blueprints: BlueprintCatalogue.all),
                timeZones: TimeZoneDatabase(environment: environment.variables)))
    }

    init(services: APIServices) throws {
        router = try APIRoutes(services: services).router()
    }

    func handle(_ request: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        await router.respond(to: request, context: context)
    }
}
