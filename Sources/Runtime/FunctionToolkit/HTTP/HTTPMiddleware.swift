/// Answers a request: a route's handler, or what is left of the middlewares before it.
public typealias HTTPResponder = @Sendable (HTTPRequest) async throws -> HTTPResponse

/// Stands around the handlers of a router or a group: looks at the request before them, at the answer after them, or
/// answers itself.
///
/// An error of the handler comes out of `next`, to be caught or passed on. A middleware runs before anything of the
/// request but its path is checked, so a caller without rights learns nothing about fields.
public protocol HTTPMiddleware: Sendable {
    func respond(to request: HTTPRequest, next: HTTPResponder) async throws -> HTTPResponse
}

/// Cross-origin requests, for a function whose API does not answer them itself: an HTTP API and a function URL with a CORS
/// configuration do, and overwrite what the function says.
///
/// Source: the Fetch standard, "HTTP extensions"; Amazon API Gateway Developer Guide, "Configure CORS for HTTP APIs".
public struct CORS: Sendable {
    /// `https://example.com`, or `*` for all.
    public var origins: [String]
    /// What a script may send.
    public var allowedHeaders: [String]
    /// What a script may read, besides those that it always may.
    public var exposedHeaders: [String]
    /// Whether cookies come along; not with the origin `*`.
    public var allowsCredentials: Bool
    public var maximumAgeSeconds: Int?

    public init(
        origins: [String], allowedHeaders: [String] = ["Authorization", "Content-Type"], exposedHeaders: [String] = [],
        allowsCredentials: Bool = false, maximumAgeSeconds: Int? = nil
    ) {
        self.origins = origins
        self.allowedHeaders = allowedHeaders
        self.exposedHeaders = exposedHeaders
        self.allowsCredentials = allowsCredentials
        self.maximumAgeSeconds = maximumAgeSeconds
    }

    /// The headers of every answer to a page of an allowed origin.
    func headers(for request: HTTPRequest) -> [String: String] {
        // A cache must not give one origin's answer to another.
        guard let origin = request.header("origin") else { return origins == ["*"] ? [:] : ["Vary": "Origin"] }
        let isOpen = origins.contains("*") && !allowsCredentials
        guard isOpen || origins.contains(origin) else { return ["Vary": "Origin"] }
        var headers = ["Access-Control-Allow-Origin": isOpen ? "*" : origin]
        if !isOpen { headers["Vary"] = "Origin" }
        if allowsCredentials { headers["Access-Control-Allow-Credentials"] = "true" }
        if !exposedHeaders.isEmpty { headers["Access-Control-Expose-Headers"] = exposedHeaders.joined(separator: ", ") }
        return headers
    }

    /// The answer to a question whether a request would be allowed; nil for an OPTIONS request that is none.
    func preflight(_ request: HTTPRequest, methods: [String]) -> HTTPResponse? {
        guard request.header("origin") != nil, request.header("access-control-request-method") != nil else { return nil }
        var headers = headers(for: request)
        if headers["Access-Control-Allow-Origin"] != nil {
            headers["Access-Control-Allow-Methods"] = methods.joined(separator: ", ")
            headers["Access-Control-Allow-Headers"] = allowedHeaders.joined(separator: ", ")
            headers["Access-Control-Max-Age"] = maximumAgeSeconds.map(String.init)
        }
        return HTTPResponse(status: 204, headers: headers)
    }
}
