import AWSClients
import Blueprints
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// Users, forums, messages and preferences over HTTP.
///
/// Checked in this order: the path (404) and its method (405), the caller (401, 403), their limit (429), then what the
/// endpoint itself checks.
struct APIHandler: LambdaHandler {
    enum Endpoint: Sendable {
        /// Needs nobody to be logged in.
        case open(@Sendable (APIServices) async throws -> HTTPAPIResponse)
        case user(@Sendable (Call) async throws -> HTTPAPIResponse)
        /// Is in the plan, but not in the code: 501 with its name.
        case notBuilt(String)
    }

    private let services: APIServices
    private let table: RouteTable<Endpoint>

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
        self.services = services
        table = try RouteTable(Self.routes)
    }

    private static var routes: [(route: String, endpoint: Endpoint)] {
        [
            ("GET /health", .open(Health.answer)),
            ("GET /api/users/me", .user(OwnUser.get)),
            ("PUT /api/users/me", .user(OwnUser.put)),
            ("GET /api/users/{id}", .user(OtherUser.get)),
            ("GET /api/users/search", .notBuilt("The search for users")),
            ("GET /api/users", .notBuilt("The filtering of users")),
            ("GET /api/forums", .user(Forums.list)),
            ("POST /api/forums", .user(Forums.create)),
            ("GET /api/forums/{id}", .user(Forums.get)),
            ("PUT /api/forums/{id}", .notBuilt("The changing of forums")),
            ("DELETE /api/forums/{id}", .notBuilt("The deletion of forums")),
            ("POST /api/forums/{id}/join", .user(ForumMembership.join)),
            ("POST /api/forums/{id}/leave", .user(ForumMembership.leave)),
            ("GET /api/messages", .user(MessageLists.list)),
            ("POST /api/messages", .user(Messages.create)),
            ("GET /api/messages/{id}", .user(Messages.get)),
            ("GET /api/conversations/{id}", .user(MessageLists.conversation)),
            ("GET /api/preferences", .user(OwnPreferences.get)),
            ("PUT /api/preferences", .user(OwnPreferences.put)),
        ]
    }

    func handle(_ request: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        await RequestAnswer.make(to: request, context: context, time: services.time) {
            let (endpoint, parameters) = try table.find(request)
            switch endpoint {
            case .open(let answer): return try await answer(services)
            case .user(let answer): return try await answer(try await call(request, parameters))
            case .notBuilt(let what): throw PlatformError.notBuilt(what)
            }
        }
    }

    private func call(_ request: HTTPAPIRequest, _ parameters: [String: String]) async throws -> Call {
        let caller = try Caller(authorizer: request.requestContext.authorizer?.lambda)
        async let found = services.users.get(caller.userID, organization: caller.organizationID)
        let (_, blueprint) = try await services.directory.find(caller.organizationID)
        guard let user = try await found else { throw PlatformError.unauthorized }
        switch user.status {
        case .active: break
        case .pending, .approved: throw PlatformError(.pendingApproval, "Your account is not approved yet")
        case .suspended: throw PlatformError(.suspended, "Your account is suspended")
        }
        try await services.limiter.take(blueprint.limits.apiCalls, organization: user.organizationID, key: user.id)
        return Call(request: request, parameters: parameters, user: user, blueprint: blueprint, services: services)
    }
}
