/// What a REST API sends to a Lambda authorizer of type `TOKEN`; the answer is an ``IAMPolicyResponse``.
///
/// Source: Amazon API Gateway Developer Guide, "Input to an API Gateway Lambda authorizer",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
public struct TokenAuthorizerRequest: Sendable, Equatable, Codable {
    /// `TOKEN`.
    public var type: String
    /// `arn:aws:execute-api:region:account:api/stage/GET/path`.
    public var methodArn: String
    /// The token source header's value, as the client sent it: `Bearer …`.
    public var authorizationToken: String

    public init(type: String = "TOKEN", methodArn: String, authorizationToken: String) {
        self.type = type
        self.methodArn = methodArn
        self.authorizationToken = authorizationToken
    }
}
