/// What an HTTP API sends to its function: payload format version 2.0. Property names are the wire's.
///
/// Repeated headers and query parameters arrive joined with commas; `rawQueryString` has them apart. Source: Amazon
/// API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
public struct HTTPAPIRequest: Sendable, Equatable, Codable, LambdaBodyCarrying {
    /// `2.0`.
    public var version: String
    /// `GET /pets/{id}` or `$default`.
    public var routeKey: String
    /// The path with the stage in front unless that is `$default`. An HTTP API has percent-decoded it; a function URL,
    /// whose requests have this shape too, has not.
    public var rawPath: String
    /// As the client sent it, still percent-encoded; empty without a query.
    public var rawQueryString: String
    /// `name=value` each; nil without cookies.
    public var cookies: [String]?
    /// Names in lower case, repeated values joined with commas.
    public var headers: [String: String]
    public var queryStringParameters: [String: String]?
    public var pathParameters: [String: String]?
    public var stageVariables: [String: String]?
    public var requestContext: HTTPAPIRequestContext
    public var body: String?
    public var isBase64Encoded: Bool

    public init(
        version: String = "2.0", routeKey: String = "$default", rawPath: String, rawQueryString: String = "",
        cookies: [String]? = nil, headers: [String: String] = [:], queryStringParameters: [String: String]? = nil,
        pathParameters: [String: String]? = nil, stageVariables: [String: String]? = nil,
        requestContext: HTTPAPIRequestContext, body: String? = nil, isBase64Encoded: Bool = false
    ) {
        self.version = version
        self.routeKey = routeKey
        self.rawPath = rawPath
        self.rawQueryString = rawQueryString
        self.cookies = cookies
        self.headers = headers
        self.queryStringParameters = queryStringParameters
        self.pathParameters = pathParameters
        self.stageVariables = stageVariables
        self.requestContext = requestContext
        self.body = body
        self.isBase64Encoded = isBase64Encoded
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(String.self, forKey: .version)
        routeKey = try container.decode(String.self, forKey: .routeKey)
        rawPath = try container.decode(String.self, forKey: .rawPath)
        rawQueryString = try container.decode(String.self, forKey: .rawQueryString)
        cookies = try container.decodeIfPresent([String].self, forKey: .cookies)
        // Documented as always there; hand-made events leave it out.
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers) ?? [:]
        queryStringParameters = try container.decodeIfPresent([String: String].self, forKey: .queryStringParameters)
        pathParameters = try container.decodeIfPresent([String: String].self, forKey: .pathParameters)
        stageVariables = try container.decodeIfPresent([String: String].self, forKey: .stageVariables)
        requestContext = try container.decode(HTTPAPIRequestContext.self, forKey: .requestContext)
        body = try container.decodeIfPresent(String.self, forKey: .body)
        isBase64Encoded = try container.decodeIfPresent(Bool.self, forKey: .isBase64Encoded) ?? false
    }
}
