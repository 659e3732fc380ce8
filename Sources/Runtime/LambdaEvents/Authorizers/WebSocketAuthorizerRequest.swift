/// What a WebSocket API sends to its `$connect` authorizer (type `REQUEST`, the only one it has).
///
/// The answer is an ``IAMPolicyResponse``. Source: Amazon API Gateway Developer Guide, "Control access to WebSocket APIs with AWS
/// Lambda REQUEST authorizers",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
public struct WebSocketAuthorizerRequest: Sendable, Equatable, Codable {
    /// `REQUEST`.
    public var type: String
    /// `arn:aws:execute-api:region:account:api/stage/$connect`.
    public var methodArn: String
    public var headers: [String: String]?
    public var multiValueHeaders: [String: [String]]?
    public var queryStringParameters: [String: String]?
    public var multiValueQueryStringParameters: [String: [String]]?
    public var stageVariables: [String: String]?
    public var requestContext: WebSocketRequestContext

    public init(
        type: String = "REQUEST", methodArn: String, headers: [String: String]? = nil,
        multiValueHeaders: [String: [String]]? = nil, queryStringParameters: [String: String]? = nil,
        multiValueQueryStringParameters: [String: [String]]? = nil, stageVariables: [String: String]? = nil,
        requestContext: WebSocketRequestContext
    ) {
        self.type = type
        self.methodArn = methodArn
        self.headers = headers
        self.multiValueHeaders = multiValueHeaders
        self.queryStringParameters = queryStringParameters
        self.multiValueQueryStringParameters = multiValueQueryStringParameters
        self.stageVariables = stageVariables
        self.requestContext = requestContext
    }
}
