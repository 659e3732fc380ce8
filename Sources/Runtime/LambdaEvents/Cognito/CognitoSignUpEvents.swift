/// Before a user signs up: refuse by a throw, confirm or verify by the response.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
public typealias CognitoPreSignUpEvent = CognitoUserPoolEvent<CognitoPreSignUpRequest, CognitoPreSignUpResponse>

public struct CognitoPreSignUpRequest: Sendable, Equatable, Codable {
    public var userAttributes: CognitoUserAttributes
    /// What the app passed for the check alone.
    public var validationData: [String: String]?
    public var clientMetadata: [String: String]?

    public init(
        userAttributes: CognitoUserAttributes, validationData: [String: String]? = nil,
        clientMetadata: [String: String]? = nil
    ) {
        self.userAttributes = userAttributes
        self.validationData = validationData
        self.clientMetadata = clientMetadata
    }
}

public struct CognitoPreSignUpResponse: CognitoTriggerResponse, Equatable {
    public var autoConfirmUser: Bool?
    public var autoVerifyEmail: Bool?
    public var autoVerifyPhone: Bool?

    public init() {}
}

/// After a user was confirmed, by sign-up or by a new password.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
public typealias CognitoPostConfirmationEvent = CognitoUserPoolEvent<CognitoPostConfirmationRequest, CognitoEmptyResponse>

public struct CognitoPostConfirmationRequest: Sendable, Equatable, Codable {
    public var userAttributes: CognitoUserAttributes
    public var clientMetadata: [String: String]?

    public init(userAttributes: CognitoUserAttributes, clientMetadata: [String: String]? = nil) {
        self.userAttributes = userAttributes
        self.clientMetadata = clientMetadata
    }
}

/// A user signs in or forgets the password, and is not in the pool yet: the function looks in the old directory.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
public typealias CognitoUserMigrationEvent = CognitoUserPoolEvent<CognitoUserMigrationRequest, CognitoUserMigrationResponse>

public struct CognitoUserMigrationRequest: Sendable, Equatable, Codable {
    /// Nil for a forgotten one.
    public var password: String?
    public var validationData: [String: String]?
    public var clientMetadata: [String: String]?

    public init(password: String? = nil, validationData: [String: String]? = nil, clientMetadata: [String: String]? = nil) {
        self.password = password
        self.validationData = validationData
        self.clientMetadata = clientMetadata
    }
}

public struct CognitoUserMigrationResponse: CognitoTriggerResponse, Equatable {
    /// The new user's; without them there is no user.
    public var userAttributes: CognitoUserAttributes?
    /// `CONFIRMED` lets the user sign in at once; else a new password is asked for.
    public var finalUserStatus: String?
    /// `SUPPRESS` keeps Cognito from its welcome message.
    public var messageAction: String?
    /// `EMAIL`, `SMS`.
    public var desiredDeliveryMediums: [String]?
    /// Whether a phone number or address moves here from another user.
    public var forceAliasCreation: Bool?
    public var enableSMSMFA: Bool?

    public init() {}
}
