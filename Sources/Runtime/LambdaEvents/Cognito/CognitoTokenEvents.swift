/// Before tokens are made, version 1: the ID token can be changed.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
public typealias CognitoPreTokenGenerationEvent =
    CognitoUserPoolEvent<CognitoPreTokenGenerationRequest, CognitoPreTokenGenerationResponse>

/// Before tokens are made, versions 2 and 3: ID token and access token can be changed, with version 3 a machine's too.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
public typealias CognitoPreTokenGenerationV2Event =
    CognitoUserPoolEvent<CognitoPreTokenGenerationRequest, CognitoPreTokenGenerationV2Response>

public struct CognitoPreTokenGenerationRequest: Sendable, Equatable, Codable {
    /// Empty in a machine's token grant.
    public var userAttributes: CognitoUserAttributes
    public var groupConfiguration: CognitoGroupConfiguration?
    /// Versions 2 and 3: the scopes that the access token would have.
    public var scopes: [String]?
    public var clientMetadata: [String: String]?

    public init(
        userAttributes: CognitoUserAttributes, groupConfiguration: CognitoGroupConfiguration? = nil, scopes: [String]? = nil,
        clientMetadata: [String: String]? = nil
    ) {
        self.userAttributes = userAttributes
        self.groupConfiguration = groupConfiguration
        self.scopes = scopes
        self.clientMetadata = clientMetadata
    }
}

/// The user's groups and the IAM roles that come with them.
public struct CognitoGroupConfiguration: Sendable, Equatable, Codable {
    public var groupsToOverride: [String]?
    public var iamRolesToOverride: [String]?
    public var preferredRole: String?

    public init(groupsToOverride: [String]? = nil, iamRolesToOverride: [String]? = nil, preferredRole: String? = nil) {
        self.groupsToOverride = groupsToOverride
        self.iamRolesToOverride = iamRolesToOverride
        self.preferredRole = preferredRole
    }
}

public struct CognitoPreTokenGenerationResponse: CognitoTriggerResponse, Equatable {
    public var claimsOverrideDetails: ClaimsOverrideDetails?

    public init() {}

    public struct ClaimsOverrideDetails: Sendable, Equatable, Codable {
        public var claimsToAddOrOverride: [String: String]?
        public var claimsToSuppress: [String]?
        public var groupOverrideDetails: CognitoGroupConfiguration?

        public init(
            claimsToAddOrOverride: [String: String]? = nil, claimsToSuppress: [String]? = nil,
            groupOverrideDetails: CognitoGroupConfiguration? = nil
        ) {
            self.claimsToAddOrOverride = claimsToAddOrOverride
            self.claimsToSuppress = claimsToSuppress
            self.groupOverrideDetails = groupOverrideDetails
        }
    }
}

public struct CognitoPreTokenGenerationV2Response: CognitoTriggerResponse, Equatable {
    public var claimsAndScopeOverrideDetails: ClaimsAndScopeOverrideDetails?

    public init() {}

    public struct ClaimsAndScopeOverrideDetails: Sendable, Equatable, Codable {
        public var idTokenGeneration: IDTokenGeneration?
        public var accessTokenGeneration: AccessTokenGeneration?
        public var groupOverrideDetails: CognitoGroupConfiguration?

        public init(
            idTokenGeneration: IDTokenGeneration? = nil, accessTokenGeneration: AccessTokenGeneration? = nil,
            groupOverrideDetails: CognitoGroupConfiguration? = nil
        ) {
            self.idTokenGeneration = idTokenGeneration
            self.accessTokenGeneration = accessTokenGeneration
            self.groupOverrideDetails = groupOverrideDetails
        }
    }

    public struct IDTokenGeneration: Sendable, Equatable, Codable {
        /// Any JSON value.
        public var claimsToAddOrOverride: [String: JSONValue]?
        public var claimsToSuppress: [String]?

        public init(claimsToAddOrOverride: [String: JSONValue]? = nil, claimsToSuppress: [String]? = nil) {
            self.claimsToAddOrOverride = claimsToAddOrOverride
            self.claimsToSuppress = claimsToSuppress
        }
    }

    public struct AccessTokenGeneration: Sendable, Equatable, Codable {
        /// Any JSON value.
        public var claimsToAddOrOverride: [String: JSONValue]?
        public var claimsToSuppress: [String]?
        public var scopesToAdd: [String]?
        public var scopesToSuppress: [String]?

        public init(
            claimsToAddOrOverride: [String: JSONValue]? = nil, claimsToSuppress: [String]? = nil,
            scopesToAdd: [String]? = nil, scopesToSuppress: [String]? = nil
        ) {
            self.claimsToAddOrOverride = claimsToAddOrOverride
            self.claimsToSuppress = claimsToSuppress
            self.scopesToAdd = scopesToAdd
            self.scopesToSuppress = scopesToSuppress
        }
    }
}
