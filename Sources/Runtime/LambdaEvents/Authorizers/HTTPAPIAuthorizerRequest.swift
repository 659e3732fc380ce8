/// What an HTTP API sends to a Lambda authorizer: payload format version 2.0.
///
/// The answer is an ``HTTPAPIAuthorizerResponse`` or an ``IAMPolicyResponse``, by the authorizer's setting. Source: Amazon API
/// Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
public struct HTTPAPIAuthorizerRequest: Sendable, Equatable, Codable {
    public var version: String
    /// `REQUEST`.
    public var type: String
    /// `arn:aws:execute-api:region:account:api/stage/GET/path`.
    public var routeArn: String
    /// The values of the configured identity sources; nil if the authorizer has none.
    public var identitySource: [String]?
    public var routeKey: String
    public var rawPath: String
    public var rawQueryString: String
    public var cookies: [String]?
    public var headers: [String: String]?
    public var queryStringParameters: [String: String]?
    public var requestContext: HTTPAPIRequestContext
    public var pathParameters: [String: String]?
    public var stageVariables: [String: String]?

    public init(
        version: String = "2.0", type: String = "REQUEST", routeArn: String, identitySource: [String]? = nil,
        routeKey: String, rawPath: String, rawQueryString: String = "", cookies: [String]? = nil,
        headers: [String: String]? = nil, queryStringParameters: [String: String]? = nil,
        requestContext: HTTPAPIRequestContext, pathParameters: [String: String]? = nil,
        stageVariables: [String: String]? = nil
    ) {
        self.version = version
        self.type = type
        self.routeArn = routeArn
        self.identitySource = identitySource
        self.routeKey = routeKey
        self.rawPath = rawPath
        self.rawQueryString = rawQueryString
        self.cookies = cookies
        self.headers = headers
        self.queryStringParameters = queryStringParameters
        self.requestContext = requestContext
        self.pathParameters = pathParameters
        self.stageVariables = stageVariables
    }
}

/// The simple answer of an authorizer (`EnableSimpleResponses`).
public struct HTTPAPIAuthorizerResponse: Sendable, Equatable, Codable {
    public var isAuthorized: Bool
    /// Reaches the function as `requestContext.authorizer.lambda`.
    public var context: [String: JSONValue]?

    public init(isAuthorized: Bool, context: [String: JSONValue]? = nil) {
        self.isAuthorized = isAuthorized
        self.context = context
    }
}
