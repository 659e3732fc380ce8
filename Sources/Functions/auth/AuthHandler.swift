import AWSClients
import Blueprints
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// Registration, login and approval over HTTP; the authorizer of both APIs; the operator's commands.
struct AuthHandler: LambdaHandler {
    private let services: AuthServices
    private let router: HTTPRouter

    init(environment: LambdaEnvironment) async throws {
        try await self.init(clients: PlatformClients(environment: environment), environment: environment)
    }

    init(clients: PlatformClients, environment: LambdaEnvironment) async throws {
        try self.init(
            services: AuthServices(
                store: clients.store, vault: try await clients.contactVault(),
                signer: try AccessTokenSigner(secret: try await clients.secret("TOKEN_SECRET_ID")),
                sns: SNSClient(transport: clients.transport),
                directory: OrganizationDirectory(store: clients.store, blueprints: BlueprintCatalogue.all),
                defaultOrganization: try environment.require("DEFAULT_ORGANIZATION")))
    }

    init(services: AuthServices) throws {
        self.services = services
        router = try AuthRoutes(services: services).router()
    }

    func handle(_ event: AuthEvent, context: LambdaContext) async throws -> AuthOutput {
        switch event {
        case .command(let command):
            return .command(try await OperatorCommands(services: services).run(command))
        case .httpAuthorizer(let request):
            return .httpAuthorizer(try await HTTPAuthorizer(services: services).authorize(request))
        case .webSocketAuthorizer(let request):
            return .webSocketAuthorizer(try await WebSocketAuthorizer(services: services).authorize(request))
        case .request(let request):
            return .response(await router.respond(to: request, context: context))
        }
    }
}
