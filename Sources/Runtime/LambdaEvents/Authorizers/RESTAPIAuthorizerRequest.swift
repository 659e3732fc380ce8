/// What a REST API sends to a Lambda authorizer of type `REQUEST`, and an HTTP API under authorizer format 1.0; the answer is
/// an ``IAMPolicyResponse``.
///
/// Sources: Amazon API Gateway Developer Guide, "Input to an API Gateway Lambda authorizer",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html, and "Control access to
/// HTTP APIs with AWS Lambda authorizers",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
public struct RESTAPIAuthorizerRequest: Sendable, Equatable, Codable {
    /// `1.0` from an HTTP API; a REST API sends none.
    public var version: String?
    /// `REQUEST`.
    public var type: String
    /// `arn:aws:execute-api:region:account:api/stage/GET/path`.
    public var methodArn: String
    /// An HTTP API's identity sources, joined with commas.
    public var identitySource: String?
    /// The same as ``identitySource``.
    public var authorizationToken: String?
    public var resource: String
    public var path: String
    public var httpMethod: String
    public var headers: [String: String]?
    public var multiValueHeaders: [String: [String]]?
    public var queryStringParameters: [String: String]?
    public var multiValueQueryStringParameters: [String: [String]]?
    public var pathParameters: [String: String]?
    public var stageVariables: [String: String]?
    public var requestContext: RESTAPIRequestContext

    public init(
        version: String? = nil, type: String = "REQUEST", methodArn: String, identitySource: String? = nil,
        authorizationToken: String? = nil, resource: String, path: String, httpMethod: String,
        headers: [String: String]? = nil, multiValueHeaders: [String: [String]]? = nil,
        queryStringParameters: [String: String]? = nil, multiValueQueryStringParameters: [String: [String]]? = nil,
        pathParameters: [String: String]? = nil, stageVariables: [String: String]? = nil,
        requestContext: RESTAPIRequestContext
    ) {
        self.version = version
        self.type = type
        self.methodArn = methodArn
        self.identitySource = identitySource
        self.authorizationToken = authorizationToken
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
    }
}
