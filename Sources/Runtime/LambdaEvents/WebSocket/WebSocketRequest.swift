/// What a WebSocket API sends to its function, on `$connect`, on `$disconnect` and for each message.
///
/// Headers and query parameters come with `$connect` only (a few headers with `$disconnect`). Source: Amazon API Gateway
/// Developer Guide, "Integrations for WebSocket APIs",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
public struct WebSocketRequest: Sendable, Equatable, Codable, LambdaBodyCarrying {
    public var requestContext: WebSocketRequestContext
    public var headers: [String: String]?
    public var multiValueHeaders: [String: [String]]?
    public var queryStringParameters: [String: String]?
    public var multiValueQueryStringParameters: [String: [String]]?
    public var stageVariables: [String: String]?
    /// The message.
    public var body: String?
    public var isBase64Encoded: Bool

    public init(
        requestContext: WebSocketRequestContext, headers: [String: String]? = nil,
        multiValueHeaders: [String: [String]]? = nil, queryStringParameters: [String: String]? = nil,
        multiValueQueryStringParameters: [String: [String]]? = nil, stageVariables: [String: String]? = nil,
        body: String? = nil, isBase64Encoded: Bool = false
    ) {
        self.requestContext = requestContext
        self.headers = headers
        self.multiValueHeaders = multiValueHeaders
        self.queryStringParameters = queryStringParameters
        self.multiValueQueryStringParameters = multiValueQueryStringParameters
        self.stageVariables = stageVariables
        self.body = body
        self.isBase64Encoded = isBase64Encoded
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        requestContext = try container.decode(WebSocketRequestContext.self, forKey: .requestContext)
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers)
        multiValueHeaders = try container.decodeIfPresent([String: [String]].self, forKey: .multiValueHeaders)
        queryStringParameters = try container.decodeIfPresent([String: String].self, forKey: .queryStringParameters)
        multiValueQueryStringParameters = try container.decodeIfPresent(
            [String: [String]].self, forKey: .multiValueQueryStringParameters)
        stageVariables = try container.decodeIfPresent([String: String].self, forKey: .stageVariables)
        body = try container.decodeIfPresent(String.self, forKey: .body)
        isBase64Encoded = try container.decodeIfPresent(Bool.self, forKey: .isBase64Encoded) ?? false
    }
}

/// A function's answer to a WebSocket API.
///
/// On `$connect` a status other than 2xx refuses the connection; `headers` may hold the chosen
/// `Sec-WebSocket-Protocol`. `body` reaches the client only where the route has a route response.
public struct WebSocketResponse: Sendable, Equatable, Codable {
    public var statusCode: Int
    public var headers: [String: String]?
    public var body: String?

    public init(statusCode: Int = 200, headers: [String: String]? = nil, body: String? = nil) {
        self.statusCode = statusCode
        self.headers = headers
        self.body = body
    }
}
