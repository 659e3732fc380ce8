/// The routes of a router, or of a group in it, while they are declared.
public struct HTTPRoutes: Sendable {
    struct Route: Sendable {
        var method: String
        var path: String
        var status: Int
        var operation: Operation
        var pathParameters: [String]
        var describe: @Sendable (inout OperationDocument) -> Void
        var respond: HTTPResponder
    }

    private let prefix: String
    private var middlewares: [any HTTPMiddleware] = []
    private var defaults: Operation
    private var unknownParameters = UnknownFields.ignored
    var routes: [Route] = []
    var errors = HTTPErrorAnswers()
    var afterwards: [@Sendable (HTTPRequest, inout HTTPResponse) -> Void] = []
    var preparations: [@Sendable (inout HTTPRequest) -> Void] = []
    var cors: CORS?
    var documentPath: (path: String, info: OpenAPIInfo)?

    init(prefix: String = "", operation: Operation = Operation()) {
        self.prefix = prefix
        defaults = operation
    }

    // MARK: Middleware

    /// Stands around all routes that are declared after it, in the order of these calls, the first one outermost.
    public mutating func use(_ middleware: some HTTPMiddleware) {
        middlewares.append(middleware)
    }

    public mutating func use(
        _ respond: @escaping @Sendable (HTTPRequest, HTTPResponder) async throws -> HTTPResponse
    ) {
        middlewares.append(MiddlewareClosure(respond: respond))
    }

    /// Looks at the request before the handler: to change it, to keep what it found out (`request[User.self] = user`), or
    /// to throw.
    public mutating func before(_ look: @escaping @Sendable (inout HTTPRequest) async throws -> Void) {
        use { request, next in
            var request = request
            try await look(&request)
            return try await next(request)
        }
    }

    /// Changes the answer of the handler; errors have none yet. ``onResponse(_:)`` sees those too.
    public mutating func after(_ look: @escaping @Sendable (HTTPRequest, inout HTTPResponse) async throws -> Void) {
        use { request, next in
            var response = try await next(request)
            try await look(request, &response)
            return response
        }
    }

    /// What becomes of a query's parameters that a route does not declare; of the routes after it. They are ignored
    /// where nothing is said.
    public mutating func unknownParameters(_ unknown: UnknownFields) {
        unknownParameters = unknown
    }

    // MARK: The whole router

    /// Changes a request before its route is looked for: its path, say. Of the whole router, wherever it is called.
    public mutating func onRequest(_ change: @escaping @Sendable (inout HTTPRequest) -> Void) {
        preparations.append(change)
    }

    /// Sees every answer at the end, those to errors and unknown paths too: for headers, logs, metrics. Of the whole
    /// router, wherever it is called.
    public mutating func onResponse(_ look: @escaping @Sendable (HTTPRequest, inout HTTPResponse) -> Void) {
        afterwards.append(look)
    }

    /// Turns what was thrown into an answer, or leaves it, with nil, to the handlers before it and at last to the router's
    /// own. Of the whole router, wherever it is called.
    ///
    /// An unknown path comes as an ``HTTPError`` with 404, an unknown method with 405, wrong input as ``FieldErrors``.
    public mutating func onError(_ answer: @escaping @Sendable (any Error, HTTPRequest) throws -> HTTPResponse?) {
        errors.handlers.append(answer)
    }

    /// The same for errors of one type.
    public mutating func onError<Failure: Error>(
        _ type: Failure.Type, _ answer: @escaping @Sendable (Failure, HTTPRequest) throws -> HTTPResponse?
    ) {
        onError { error, request in try (error as? Failure).flatMap { try answer($0, request) } }
    }

    /// The status for wrong input: 422, or 400 where clients know only that.
    public mutating func validationStatus(_ status: Int) {
        errors.validationStatus = status
    }

    /// Answers cross-origin requests, where the API in front does not.
    public mutating func cors(_ cors: CORS) {
        self.cors = cors
    }

    /// Answers `GET` of this path with the OpenAPI document of all routes.
    public mutating func serveOpenAPI(at path: String = "/openapi.json", _ info: OpenAPIInfo) {
        documentPath = (prefix + path, info)
    }

    // MARK: Groups

    /// Routes under a common prefix, with the middlewares so far and those they add for themselves.
    ///
    /// - Parameter operation: what the document says of each of them, unless it says so itself: tags, security, errors.
    public mutating func group(
        _ prefix: String = "", documented operation: Operation = Operation(), _ declare: (inout HTTPRoutes) throws -> Void
    ) rethrows {
        var group = HTTPRoutes(prefix: self.prefix + prefix, operation: operation.inheriting(defaults))
        group.middlewares = middlewares
        group.unknownParameters = unknownParameters
        try declare(&group)
        routes += group.routes
        errors.handlers += group.errors.handlers
        afterwards += group.afterwards
        preparations += group.preparations
        cors = cors ?? group.cors
        documentPath = documentPath ?? group.documentPath
    }

    // MARK: Routes

    /// A route for any method; the others are short for it.
    ///
    /// - Parameters:
    ///   - path: `{name}` for a segment, `{name+}` for the rest of the path.
    ///   - inputs: what the handler takes, in this order, after the request.
    ///   - status: of an answer that does not know better; 200 without it, or what its type says.
    ///   - operation: what the document says of it.
    public mutating func on<each Input, Answer: HTTPAnswer>(
        _ method: String, _ path: String, _ inputs: repeat HTTPInput<each Input>, status: Int? = nil,
        documented operation: Operation = Operation(),
        handler: @escaping @Sendable (HTTPRequest, repeat each Input) async throws -> Answer
    ) {
        let inputs = (repeat each inputs)
        let status = status ?? Answer.answerStatus
        var pathParameters: [String] = []
        for input in repeat each inputs { pathParameters += input.pathParameters }
        let refusesUnknown = unknownParameters == .refused
        var respond: HTTPResponder = { request in
            var errors = FieldErrors()
            if refusesUnknown, !request.queryItems.isEmpty {
                var known: Set<String> = []
                for input in repeat each inputs { known.formUnion(input.queryParameters()) }
                for name in Set(request.queryItems.map(\.name)) where !known.contains(name) {
                    errors.add(name, "This parameter is not known")
                }
            }
            let values = (repeat try (each inputs).read(request, &errors))
            try errors.throwIfAny()
            return try await handler(request, repeat try present(each values)).httpResponse(status: status)
        }
        for middleware in middlewares.reversed() {
            let next = respond
            respond = { try await middleware.respond(to: $0, next: next) }
        }
        let documented = operation.inheriting(defaults)
        routes.append(
            Route(
                method: method, path: prefix + path, status: status, operation: documented, pathParameters: pathParameters,
                describe: { document in
                    for input in repeat each inputs { input.describe(&document) }
                    document.answer(status, Answer.answerContent)
                }, respond: respond))
    }
}

/// A value that has been read: where it is not there an error is, which has been thrown already.
private func present<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw FieldErrors(["": ["This does not fit"]]) }
    return value
}

private struct MiddlewareClosure: HTTPMiddleware {
    let respond: @Sendable (HTTPRequest, HTTPResponder) async throws -> HTTPResponse

    func respond(to request: HTTPRequest, next: HTTPResponder) async throws -> HTTPResponse {
        try await respond(request, next)
    }
}
