/// Before a user's sign-in is checked: refuse by a throw.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html
public typealias CognitoPreAuthenticationEvent = CognitoUserPoolEvent<CognitoPreAuthenticationRequest, CognitoEmptyResponse>

public struct CognitoPreAuthenticationRequest: Sendable, Equatable, Codable {
    public var userAttributes: CognitoUserAttributes
    public var validationData: [String: String]?
    /// There is no such user, and the app client hides that.
    public var userNotFound: Bool?

    public init(userAttributes: CognitoUserAttributes, validationData: [String: String]? = nil, userNotFound: Bool? = nil) {
        self.userAttributes = userAttributes
        self.validationData = validationData
        self.userNotFound = userNotFound
    }
}

/// After a user signed in.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html
public typealias CognitoPostAuthenticationEvent = CognitoUserPoolEvent<CognitoPostAuthenticationRequest, CognitoEmptyResponse>

public struct CognitoPostAuthenticationRequest: Sendable, Equatable, Codable {
    public var userAttributes: CognitoUserAttributes
    /// Set where the pool remembers devices.
    public var newDeviceUsed: Bool?
    public var clientMetadata: [String: String]?

    public init(userAttributes: CognitoUserAttributes, newDeviceUsed: Bool? = nil, clientMetadata: [String: String]? = nil) {
        self.userAttributes = userAttributes
        self.newDeviceUsed = newDeviceUsed
        self.clientMetadata = clientMetadata
    }
}
