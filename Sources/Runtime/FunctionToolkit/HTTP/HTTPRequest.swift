#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import LambdaEvents
public import LambdaRuntime

/// A request as a route's handler sees it, whichever service it came through.
public struct HTTPRequest: Sendable {
    /// In capitals: `GET`.
    public var method: String
    /// Decoded, without the stage. An encoded slash cannot be told from one here; ``parameters`` keep them apart.
    public var path: String { "/" + segments.joined(separator: "/") }
    /// The path's segments, each decoded by itself.
    public var segments: [Substring]
    /// As the client sent them: in order, repeated ones apart, decoded as a form's are (`+` is a space).
    public var queryItems: [(name: String, value: String)]
    /// By name in lower case. What a header's values mean together is the header's business (RFC 9110, 5.3).
    public var headers: [String: [String]]
    public var cookies: [(name: String, value: String)]
    /// nil if the event says base64 and the body is none.
    public var body: Data?
    /// The client's address as the service saw it.
    public var sourceAddress: String?
    /// The id by which the service's own logs know the request; Lambda's is `context.requestID`.
    public var gatewayRequestID: String?
    /// What a Lambda authorizer answered as `context`, or the claims of a JWT authorizer.
    public var authorizer: [String: JSONValue]
    /// The event itself, for what stands only there.
    public var event: any HTTPEvent
    public var context: LambdaContext

    /// The values of the route's path parameters.
    public internal(set) var parameters: [String: String] = [:]
    /// `GET /todos/{id}`: the same for all requests of a route, for logs and metrics. nil before one is found.
    public internal(set) var route: String?

    private var values = TypedValues()

    public init(
        method: String, segments: [Substring], queryItems: [(name: String, value: String)] = [],
        headers: [String: [String]] = [:], cookies: [(name: String, value: String)] = [], body: Data? = Data(),
        sourceAddress: String? = nil, gatewayRequestID: String? = nil, authorizer: [String: JSONValue] = [:],
        event: any HTTPEvent, context: LambdaContext
    ) {
        self.method = method
        self.segments = segments
        self.queryItems = queryItems
        self.headers = headers
        self.cookies = cookies
        self.body = body
        self.sourceAddress = sourceAddress
        self.gatewayRequestID = gatewayRequestID
        self.authorizer = authorizer
        self.event = event
        self.context = context
    }

    /// A header's value; several are joined with commas. Names have no case.
    public func header(_ name: String) -> String? {
        headers[name.lowercased()]?.joined(separator: ", ")
    }

    /// A cookie's value, from the first one of that name.
    public func cookie(_ name: String) -> String? {
        cookies.first { $0.name == name }?.value
    }

    /// A parameter's first value.
    public func query(_ name: String) -> String? {
        queryItems.first { $0.name == name }?.value
    }

    /// What a middleware found out for the handlers behind it, by its type.
    ///
    /// ```swift
    /// request[User.self] = user
    /// ```
    public subscript<Value: Sendable>(type: Value.Type) -> Value? {
        get { values[type] }
        set { values[type] = newValue }
    }
}
