#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// `requestContext` of payload format 2.0, the same for a proxy integration and for an authorizer.
public struct HTTPAPIRequestContext: Sendable, Equatable, Codable {
    public var accountId: String
    public var apiId: String
    /// Set with mutual TLS.
    public var authentication: Authentication?
    /// What the route's authorizer found; nil on a route without one.
    public var authorizer: Authorizer?
    public var domainName: String
    public var domainPrefix: String
    public var http: HTTP
    public var requestId: String
    /// The same as the request's own; early events had it there only.
    public var routeKey: String?
    /// `$default` or the stage's name.
    public var stage: String
    /// `12/Mar/2020:19:03:58 +0000`.
    public var time: String
    /// Milliseconds since 1970.
    public var timeEpoch: Int64

    public init(
        accountId: String = "123456789012", apiId: String = "local", authentication: Authentication? = nil,
        authorizer: Authorizer? = nil, domainName: String = "local.execute-api.us-east-1.amazonaws.com",
        domainPrefix: String = "local", http: HTTP, requestId: String, routeKey: String? = "$default",
        stage: String = "$default", time: String, timeEpoch: Int64
    ) {
        self.accountId = accountId
        self.apiId = apiId
        self.authentication = authentication
        self.authorizer = authorizer
        self.domainName = domainName
        self.domainPrefix = domainPrefix
        self.http = http
        self.requestId = requestId
        self.routeKey = routeKey
        self.stage = stage
        self.time = time
        self.timeEpoch = timeEpoch
    }

    /// When the request arrived.
    public var date: Date { Date(milliseconds: timeEpoch) }

    public struct HTTP: Sendable, Equatable, Codable {
        public var method: String
        public var path: String
        public var `protocol`: String
        public var sourceIp: String
        /// Empty if the client sent none.
        public var userAgent: String

        public init(
            method: String, path: String, protocol: String = "HTTP/1.1", sourceIp: String = "127.0.0.1",
            userAgent: String = ""
        ) {
            self.method = method
            self.path = path
            self.protocol = `protocol`
            self.sourceIp = sourceIp
            self.userAgent = userAgent
        }
    }
}

extension HTTPAPIRequestContext {
    /// One of the three, by the kind of the route's authorizer.
    public struct Authorizer: Sendable, Equatable, Codable {
        public var jwt: JWT?
        /// The `context` that a Lambda authorizer answered.
        public var lambda: [String: JSONValue]?
        public var iam: IAM?

        public init(jwt: JWT? = nil, lambda: [String: JSONValue]? = nil, iam: IAM? = nil) {
            self.jwt = jwt
            self.lambda = lambda
            self.iam = iam
        }
    }

    public struct JWT: Sendable, Equatable, Codable {
        /// API Gateway turns every claim into text.
        public var claims: [String: String]
        public var scopes: [String]?

        public init(claims: [String: String], scopes: [String]? = nil) {
            self.claims = claims
            self.scopes = scopes
        }
    }

    public struct IAM: Sendable, Equatable, Codable {
        public var accessKey: String
        public var accountId: String
        public var callerId: String
        public var cognitoIdentity: CognitoIdentity?
        public var principalOrgId: String?
        public var userArn: String
        public var userId: String

        public init(
            accessKey: String, accountId: String, callerId: String, cognitoIdentity: CognitoIdentity? = nil,
            principalOrgId: String? = nil, userArn: String, userId: String
        ) {
            self.accessKey = accessKey
            self.accountId = accountId
            self.callerId = callerId
            self.cognitoIdentity = cognitoIdentity
            self.principalOrgId = principalOrgId
            self.userArn = userArn
            self.userId = userId
        }
    }

    public struct CognitoIdentity: Sendable, Equatable, Codable {
        public var amr: [String]
        public var identityId: String
        public var identityPoolId: String

        public init(amr: [String], identityId: String, identityPoolId: String) {
            self.amr = amr
            self.identityId = identityId
            self.identityPoolId = identityPoolId
        }
    }

    public struct Authentication: Sendable, Equatable, Codable {
        public var clientCert: ClientCertificate?

        public init(clientCert: ClientCertificate? = nil) {
            self.clientCert = clientCert
        }
    }
}
