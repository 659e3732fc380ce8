#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// `requestContext` of a WebSocket API's events. Property names are the wire's.
///
/// What each field means: Amazon API Gateway Developer Guide, "API Gateway WebSocket API mapping template reference",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
public struct WebSocketRequestContext: Sendable, Equatable, Codable {
    public struct EventType: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let connect = EventType(rawValue: "CONNECT")
        public static let message = EventType(rawValue: "MESSAGE")
        public static let disconnect = EventType(rawValue: "DISCONNECT")
    }

    /// `$connect`, `$disconnect`, `$default` or the key that the route selection expression found.
    public var routeKey: String
    public var eventType: EventType
    public var connectionId: String
    public var apiId: String
    public var domainName: String
    public var stage: String
    public var requestId: String
    public var extendedRequestId: String
    /// `IN`.
    public var messageDirection: String
    /// Milliseconds since 1970.
    public var connectedAt: Int64
    /// `20/Jan/2024:11:55:08 +0000`.
    public var requestTime: String
    /// Milliseconds since 1970.
    public var requestTimeEpoch: Int64
    public var identity: Identity
    /// With a message only.
    public var messageId: String?
    /// `principalId` and the context that the `$connect` authorizer answered, on every event of the connection.
    public var authorizer: [String: JSONValue]?
    /// With `$disconnect` only: the close code; 1005 if the client gave none.
    public var disconnectStatusCode: Int?
    /// With `$disconnect` only; may be empty.
    public var disconnectReason: String?

    public init(
        routeKey: String, eventType: EventType, connectionId: String, apiId: String = "local",
        domainName: String = "local.execute-api.us-east-1.amazonaws.com", stage: String = "local", requestId: String,
        extendedRequestId: String? = nil, messageDirection: String = "IN", connectedAt: Int64, requestTime: String,
        requestTimeEpoch: Int64, identity: Identity = Identity(sourceIp: "127.0.0.1"), messageId: String? = nil,
        authorizer: [String: JSONValue]? = nil, disconnectStatusCode: Int? = nil, disconnectReason: String? = nil
    ) {
        self.routeKey = routeKey
        self.eventType = eventType
        self.connectionId = connectionId
        self.apiId = apiId
        self.domainName = domainName
        self.stage = stage
        self.requestId = requestId
        // API Gateway gives both the same value on a WebSocket API.
        self.extendedRequestId = extendedRequestId ?? requestId
        self.messageDirection = messageDirection
        self.connectedAt = connectedAt
        self.requestTime = requestTime
        self.requestTimeEpoch = requestTimeEpoch
        self.identity = identity
        self.messageId = messageId
        self.authorizer = authorizer
        self.disconnectStatusCode = disconnectStatusCode
        self.disconnectReason = disconnectReason
    }

    public var connectedDate: Date { Date(milliseconds: connectedAt) }
    public var requestDate: Date { Date(milliseconds: requestTimeEpoch) }

    public struct Identity: Sendable, Equatable, Codable {
        public var sourceIp: String
        public var userAgent: String?
        /// Set where the API asks for an API key.
        public var apiKey: String?
        public var apiKeyId: String?
        /// The rest is set where `$connect` is authorized by IAM.
        public var accountId: String?
        public var accessKey: String?
        public var caller: String?
        public var cognitoAuthenticationProvider: String?
        public var cognitoAuthenticationType: String?
        public var cognitoIdentityId: String?
        public var cognitoIdentityPoolId: String?
        public var user: String?
        public var userArn: String?

        public init(sourceIp: String, userAgent: String? = nil, apiKey: String? = nil, apiKeyId: String? = nil) {
            self.sourceIp = sourceIp
            self.userAgent = userAgent
            self.apiKey = apiKey
            self.apiKeyId = apiKeyId
        }
    }
}
