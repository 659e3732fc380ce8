public import LambdaEvents
public import LambdaRuntime

/// Answers HTTP requests by routes with typed handlers; made once, in the handler's initializer.
///
/// ```swift
/// struct TodoHandler: LambdaHandler {
///     private let router: HTTPRouter
///
///     init(todos: TodoStore) throws {
///         router = try HTTPRouter { routes in
///             routes.get("/todos/{id}", .path("id", .integer)) { _, id in try await todos.find(id) }
///             routes.get("/todos", .query(.optional("limit", .integer(in: 1...100), default: 20))) { _, limit in
///                 try await todos.list(limit)
///             }
///             routes.post("/todos", .body(NewTodo.self), status: 201) { _, todo in try await todos.add(todo) }
///         }
///     }
///
///     func handle(_ event: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
///         await router.respond(to: event, context: context)
///     }
/// }
/// ```
///
/// What is looked at, in this order: the path (404), its method (405), the middlewares, everything the route declares
/// (415, 413, 400, then 422 with all wrong fields at once), the handler.
public struct HTTPRouter: Sendable {
    let routes: [HTTPRoutes.Route]
    private let matcher: RouteMatcher<HTTPResponder>
    private let errors: HTTPErrorAnswers
    private let preparations: [@Sendable (inout HTTPRequest) -> Void]
    private let afterwards: [@Sendable (HTTPRequest, inout HTTPResponse) -> Void]
    private let cors: CORS?

    /// - Throws: ``HTTPRouterError`` for routes that contradict each other, or whatever `declare` throws.
    public init(_ declare: (inout HTTPRoutes) throws -> Void) throws {
        var declared = HTTPRoutes()
        try declare(&declared)
        routes = declared.routes
        for route in routes {
            let has = RoutePattern(route.path)?.parameters ?? []
            if let missing = route.pathParameters.first(where: { !has.contains($0) }) {
                throw HTTPRouterError.noSuchParameter(route: "\(route.method) \(route.path)", parameter: missing)
            }
        }
        var endpoints: [(method: String, path: String, endpoint: HTTPResponder)] = routes.map {
            ($0.method, $0.path, $0.respond)
        }
        if let (path, info) = declared.documentPath {
            let routes = routes
            // Made when it is asked for, so that no cold start pays for it.
            endpoints.append(
                ("GET", path, { _ in try HTTPResponse(json: OpenAPIDocument(routes: routes, info: info).json) }))
        }
        matcher = try RouteMatcher(endpoints)
        errors = declared.errors
        preparations = declared.preparations
        afterwards = declared.afterwards
        cors = declared.cors
    }

    /// Answers an event in its service's own form; what is thrown becomes an answer too.
    public func respond<Event: HTTPEvent>(to event: Event, context: LambdaContext) async -> Event.Response {
        event.httpResponse(await respond(to: event.httpRequest(context: context)))
    }

    /// Answers a request that was made by hand, or came another way.
    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        var request = request
        for prepare in preparations { prepare(&request) }
        var response: HTTPResponse
        do {
            response = try await dispatch(&request)
        } catch {
            response = errors.answer(to: error, of: request)
        }
        if let cors { response.headers.merge(cors.headers(for: request)) { own, _ in own } }
        for look in afterwards { look(request, &response) }
        // RFC 9110, 9.3.2: the head of the answer to GET, and nothing else.
        if request.method == "HEAD" { response.body = .none }
        return response
    }

    private func dispatch(_ request: inout HTTPRequest) async throws -> HTTPResponse {
        switch matcher.resolve(method: request.method, segments: request.segments) {
        case .found(let respond, let route, let parameters):
            request.route = route
            request.parameters = parameters
            return try await respond(request)
        case .notFound: throw HTTPError.notFound()
        case .methodNotAllowed(let allowed):
            if request.method == "OPTIONS", let answer = cors?.preflight(request, methods: allowed) { return answer }
            throw HTTPError.methodNotAllowed(request.method, allowed: allowed)
        }
    }

    /// The OpenAPI 3.1 document of the routes.
    public func openAPI(_ info: OpenAPIInfo) -> JSONValue {
        OpenAPIDocument(routes: routes, info: info).json
    }
}
