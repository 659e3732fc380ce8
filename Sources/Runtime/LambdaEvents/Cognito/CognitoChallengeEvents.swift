/// A sign-in by challenges of one's own: which one comes next, or whether it is done.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html
public typealias CognitoDefineAuthChallengeEvent =
    CognitoUserPoolEvent<CognitoDefineAuthChallengeRequest, CognitoDefineAuthChallengeResponse>

public struct CognitoDefineAuthChallengeRequest: Sendable, Equatable, Codable {
    public var userAttributes: CognitoUserAttributes
    /// The challenges so far, in their order.
    public var session: [CognitoChallengeResult]
    public var clientMetadata: [String: String]?
    /// There is no such user, and the app client hides that.
    public var userNotFound: Bool?

    public init(
        userAttributes: CognitoUserAttributes, session: [CognitoChallengeResult], clientMetadata: [String: String]? = nil,
        userNotFound: Bool? = nil
    ) {
        self.userAttributes = userAttributes
        self.session = session
        self.clientMetadata = clientMetadata
        self.userNotFound = userNotFound
    }
}

public struct CognitoDefineAuthChallengeResponse: CognitoTriggerResponse, Equatable {
    public var challengeName: String?
    public var issueTokens: Bool?
    public var failAuthentication: Bool?

    public init() {}
}

/// A challenge of the same sign-in.
public struct CognitoChallengeResult: Sendable, Equatable, Codable {
    /// `CUSTOM_CHALLENGE`, `SRP_A`, `PASSWORD_VERIFIER`, `SMS_MFA`, …
    public var challengeName: String
    public var challengeResult: Bool
    /// What the function that made a custom challenge noted.
    public var challengeMetadata: String?

    public init(challengeName: String, challengeResult: Bool, challengeMetadata: String? = nil) {
        self.challengeName = challengeName
        self.challengeResult = challengeResult
        self.challengeMetadata = challengeMetadata
    }
}

/// Making the custom challenge.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-create-auth-challenge.html
public typealias CognitoCreateAuthChallengeEvent =
    CognitoUserPoolEvent<CognitoCreateAuthChallengeRequest, CognitoCreateAuthChallengeResponse>

public struct CognitoCreateAuthChallengeRequest: Sendable, Equatable, Codable {
    public var userAttributes: CognitoUserAttributes
    public var challengeName: String
    public var session: [CognitoChallengeResult]
    public var clientMetadata: [String: String]?
    /// There is no such user, and the app client hides that.
    public var userNotFound: Bool?

    public init(
        userAttributes: CognitoUserAttributes, challengeName: String, session: [CognitoChallengeResult],
        clientMetadata: [String: String]? = nil, userNotFound: Bool? = nil
    ) {
        self.userAttributes = userAttributes
        self.challengeName = challengeName
        self.session = session
        self.clientMetadata = clientMetadata
        self.userNotFound = userNotFound
    }
}

public struct CognitoCreateAuthChallengeResponse: CognitoTriggerResponse, Equatable {
    /// What the client is shown.
    public var publicChallengeParameters: [String: String]?
    /// What the function that checks the answer is given.
    public var privateChallengeParameters: [String: String]?
    public var challengeMetadata: String?

    public init() {}
}

/// Checking the answer to the custom challenge.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-verify-auth-challenge-response.html
public typealias CognitoVerifyAuthChallengeResponseEvent =
    CognitoUserPoolEvent<CognitoVerifyAuthChallengeRequest, CognitoVerifyAuthChallengeResponse>

public struct CognitoVerifyAuthChallengeRequest: Sendable, Equatable, Codable {
    public var userAttributes: CognitoUserAttributes
    public var privateChallengeParameters: [String: String]?
    public var challengeAnswer: String
    public var clientMetadata: [String: String]?
    /// There is no such user, and the app client hides that.
    public var userNotFound: Bool?

    public init(
        userAttributes: CognitoUserAttributes, privateChallengeParameters: [String: String]? = nil, challengeAnswer: String,
        clientMetadata: [String: String]? = nil, userNotFound: Bool? = nil
    ) {
        self.userAttributes = userAttributes
        self.privateChallengeParameters = privateChallengeParameters
        self.challengeAnswer = challengeAnswer
        self.clientMetadata = clientMetadata
        self.userNotFound = userNotFound
    }
}

public struct CognitoVerifyAuthChallengeResponse: CognitoTriggerResponse, Equatable {
    public var answerCorrect: Bool?

    public init() {}
}
