#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// `requestContext` of a REST API's events (payload format 1.0), the same for a proxy integration and for an authorizer.
///
/// What each field means: Amazon API Gateway Developer Guide, "Variables for data transformations for API Gateway" (`$context`),
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
public struct RESTAPIRequestContext: Sendable, Equatable, Codable {
    public var accountId: String
    public var apiId: String
    /// What the method's authorizer found; nil on a method without one.
    public var authorizer: AuthorizerContext?
    public var deploymentId: String?
    /// Left out for a test from the console and for some private APIs.
    public var domainName: String?
    public var domainPrefix: String?
    public var extendedRequestId: String?
    public var httpMethod: String
    public var identity: Identity
    /// The operation's name where the API was imported with one.
    public var operationName: String?
    /// The path with the stage in front.
    public var path: String
    /// `HTTP/1.1`.
    public var `protocol`: String?
    public var requestId: String
    /// `15/May/2020:06:01:09 +0000`.
    public var requestTime: String?
    /// Milliseconds since 1970.
    public var requestTimeEpoch: Int64?
    public var resourceId: String?
    public var resourcePath: String
    public var stage: String

    public init(
        accountId: String = "123456789012", apiId: String = "local", authorizer: AuthorizerContext? = nil,
        deploymentId: String? = nil, domainName: String? = nil, domainPrefix: String? = nil, extendedRequestId: String? = nil,
        httpMethod: String, identity: Identity = Identity(sourceIp: "127.0.0.1"), operationName: String? = nil, path: String,
        protocol: String? = nil, requestId: String, requestTime: String? = nil, requestTimeEpoch: Int64? = nil,
        resourceId: String? = nil, resourcePath: String, stage: String
    ) {
        self.accountId = accountId
        self.apiId = apiId
        self.authorizer = authorizer
        self.deploymentId = deploymentId
        self.domainName = domainName
        self.domainPrefix = domainPrefix
        self.extendedRequestId = extendedRequestId
        self.httpMethod = httpMethod
        self.identity = identity
        self.operationName = operationName
        self.path = path
        self.protocol = `protocol`
        self.requestId = requestId
        self.requestTime = requestTime
        self.requestTimeEpoch = requestTimeEpoch
        self.resourceId = resourceId
        self.resourcePath = resourcePath
        self.stage = stage
    }

    /// When the request arrived.
    public var requestDate: Date? { requestTimeEpoch.map { Date(milliseconds: $0) } }
}

extension RESTAPIRequestContext {
    /// Who called: all but the address only where the API asks for it (IAM, an API key, mutual TLS, a VPC endpoint).
    public struct Identity: Sendable, Equatable, Codable {
        public var accessKey: String?
        public var accountId: String?
        public var apiKey: String?
        public var apiKeyId: String?
        public var caller: String?
        /// Set with mutual TLS.
        public var clientCert: ClientCertificate?
        /// Payload format 1.0 of an HTTP API with a Cognito identity: text or a list of texts, by the identity pool.
        public var cognitoAmr: JSONValue?
        public var cognitoAuthenticationProvider: String?
        public var cognitoAuthenticationType: String?
        public var cognitoIdentityId: String?
        public var cognitoIdentityPoolId: String?
        public var principalOrgId: String?
        public var sourceIp: String
        public var user: String?
        public var userAgent: String?
        public var userArn: String?
        /// A private API's caller.
        public var vpcId: String?
        public var vpceId: String?

        public init(
            accessKey: String? = nil, accountId: String? = nil, apiKey: String? = nil, apiKeyId: String? = nil,
            caller: String? = nil, clientCert: ClientCertificate? = nil, cognitoAmr: JSONValue? = nil,
            cognitoAuthenticationProvider: String? = nil, cognitoAuthenticationType: String? = nil,
            cognitoIdentityId: String? = nil, cognitoIdentityPoolId: String? = nil, principalOrgId: String? = nil,
            sourceIp: String, user: String? = nil, userAgent: String? = nil, userArn: String? = nil, vpcId: String? = nil,
            vpceId: String? = nil
        ) {
            self.accessKey = accessKey
            self.accountId = accountId
            self.apiKey = apiKey
            self.apiKeyId = apiKeyId
            self.caller = caller
            self.clientCert = clientCert
            self.cognitoAmr = cognitoAmr
            self.cognitoAuthenticationProvider = cognitoAuthenticationProvider
            self.cognitoAuthenticationType = cognitoAuthenticationType
            self.cognitoIdentityId = cognitoIdentityId
            self.cognitoIdentityPoolId = cognitoIdentityPoolId
            self.principalOrgId = principalOrgId
            self.sourceIp = sourceIp
            self.user = user
            self.userAgent = userAgent
            self.userArn = userArn
            self.vpcId = vpcId
            self.vpceId = vpceId
        }
    }
}
