/// A user comes from another identity provider: which of the provider's attributes go into the user's profile.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-inbound-federation.html
public typealias CognitoInboundFederationEvent =
    CognitoUserPoolEvent<CognitoInboundFederationRequest, CognitoInboundFederationResponse>

public struct CognitoInboundFederationRequest: Sendable, Equatable, Codable {
    public var providerName: String
    /// `OIDC`, `SAML`, `Facebook`, `Google`, `SignInWithApple` or `LoginWithAmazon`.
    public var providerType: String
    public var attributes: Attributes

    public init(providerName: String, providerType: String, attributes: Attributes) {
        self.providerName = providerName
        self.providerType = providerType
        self.attributes = attributes
    }

    /// What the provider said, by name; each map is the provider's.
    public struct Attributes: Sendable, Equatable, Codable {
        /// OIDC and social providers.
        public var tokenResponse: [String: JSONValue]?
        /// OIDC and social providers: the token's claims.
        public var idToken: [String: JSONValue]?
        /// OIDC and social providers.
        public var userInfo: [String: JSONValue]?
        /// SAML providers.
        public var samlResponse: [String: JSONValue]?

        public init(
            tokenResponse: [String: JSONValue]? = nil, idToken: [String: JSONValue]? = nil,
            userInfo: [String: JSONValue]? = nil, samlResponse: [String: JSONValue]? = nil
        ) {
            self.tokenResponse = tokenResponse
            self.idToken = idToken
            self.userInfo = userInfo
            self.samlResponse = samlResponse
        }
    }
}

public struct CognitoInboundFederationResponse: CognitoTriggerResponse, Equatable {
    /// Every attribute to keep; empty keeps them all as they came.
    public var userAttributesToMap: [String: String]

    public init() {
        userAttributesToMap = [:]
    }

    public init(userAttributesToMap: [String: String]) {
        self.userAttributesToMap = userAttributesToMap
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        userAttributesToMap = try container.decodeIfPresent([String: String].self, forKey: .userAttributesToMap) ?? [:]
    }
}
