/// What a REST API sends to its function, and an HTTP API under payload format version 1.0.
///
/// A REST API writes `null` where it has nothing, so all but the method, the paths and the context is optional; the two
/// multi-value maps are the REST API's own (a load balancer's are a setting). Property names are the wire's. Source: Amazon API
/// Gateway Developer Guide, "Lambda proxy integrations in API Gateway",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
public struct RESTAPIRequest: Sendable, Equatable, Codable, LambdaBodyCarrying {
    /// `1.0` from an HTTP API; a REST API sends none.
    public var version: String?
    /// The resource's path pattern: `/pets/{id}`, `/{proxy+}`.
    public var resource: String
    /// The request's path without the stage.
    public var path: String
    public var httpMethod: String
    /// The last value of each header, names as the client wrote them.
    public var headers: [String: String]?
    public var multiValueHeaders: [String: [String]]?
    /// The last value of each parameter, percent-decoded.
    public var queryStringParameters: [String: String]?
    public var multiValueQueryStringParameters: [String: [String]]?
    public var pathParameters: [String: String]?
    public var stageVariables: [String: String]?
    public var requestContext: RESTAPIRequestContext
    public var body: String?
    public var isBase64Encoded: Bool

    public init(
        version: String? = nil, resource: String, path: String, httpMethod: String, headers: [String: String]? = nil,
        multiValueHeaders: [String: [String]]? = nil, queryStringParameters: [String: String]? = nil,
        multiValueQueryStringParameters: [String: [String]]? = nil, pathParameters: [String: String]? = nil,
        stageVariables: [String: String]? = nil, requestContext: RESTAPIRequestContext, body: String? = nil,
        isBase64Encoded: Bool = false
    ) {
        self.version = version
        self.resource = resource
        self.path = path
        self.httpMethod = httpMethod
        self.headers = headers
        self.multiValueHeaders = multiValueHeaders
        self.queryStringParameters = queryStringParameters
        self.multiValueQueryStringParameters = multiValueQueryStringParameters
        self.pathParameters = pathParameters
        self.stageVariables = stageVariables
        self.requestContext = requestContext
        self.body = body
        self.isBase64Encoded = isBase64Encoded
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decodeIfPresent(String.self, forKey: .version)
        resource = try container.decode(String.self, forKey: .resource)
        path = try container.decode(String.self, forKey: .path)
        httpMethod = try container.decode(String.self, forKey: .httpMethod)
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers)
        multiValueHeaders = try container.decodeIfPresent([String: [String]].self, forKey: .multiValueHeaders)
        queryStringParameters = try container.decodeIfPresent([String: String].self, forKey: .queryStringParameters)
        multiValueQueryStringParameters = try container.decodeIfPresent(
            [String: [String]].self, forKey: .multiValueQueryStringParameters)
        pathParameters = try container.decodeIfPresent([String: String].self, forKey: .pathParameters)
        stageVariables = try container.decodeIfPresent([String: String].self, forKey: .stageVariables)
        requestContext = try container.decode(RESTAPIRequestContext.self, forKey: .requestContext)
        body = try container.decodeIfPresent(String.self, forKey: .body)
        // Left out by older samples; a body is text then.
        isBase64Encoded = try container.decodeIfPresent(Bool.self, forKey: .isBase64Encoded) ?? false
    }
}
