/// What a Cognito user pool sends to a function at one of its triggers; the answer is the same event with its response filled.
///
/// Each trigger is a name of its own for this shape: ``CognitoPreSignUpEvent``, ``CognitoPostConfirmationEvent``, … A handler
/// changes `response` and returns the event. Source: Amazon Cognito Developer Guide, "Customizing user pool workflows with Lambda
/// triggers", https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
public struct CognitoUserPoolEvent<Request: Codable & Sendable, Response: CognitoTriggerResponse>: Sendable, Codable {
    /// `1`, or by the trigger's configuration `2` or `3`.
    public var version: String
    /// The trigger and what caused it: `PreSignUp_AdminCreateUser`.
    public var triggerSource: CognitoTriggerSource
    public var region: String
    public var userPoolId: String
    /// The user that the event is about; in a machine's token grant the app client's id.
    public var userName: String?
    public var callerContext: CognitoCallerContext
    public var request: Request
    public var response: Response

    public init(
        version: String = "1", triggerSource: CognitoTriggerSource, region: String, userPoolId: String, userName: String?,
        callerContext: CognitoCallerContext, request: Request, response: Response = Response()
    ) {
        self.version = version
        self.triggerSource = triggerSource
        self.region = region
        self.userPoolId = userPoolId
        self.userName = userName
        self.callerContext = callerContext
        self.request = request
        self.response = response
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(String.self, forKey: .version)
        triggerSource = try container.decode(CognitoTriggerSource.self, forKey: .triggerSource)
        region = try container.decode(String.self, forKey: .region)
        userPoolId = try container.decode(String.self, forKey: .userPoolId)
        userName = try container.decodeIfPresent(String.self, forKey: .userName)
        callerContext = try container.decode(CognitoCallerContext.self, forKey: .callerContext)
        request = try container.decode(Request.self, forKey: .request)
        // Custom senders have none.
        response = try container.decodeIfPresent(Response.self, forKey: .response) ?? Response()
    }
}

extension CognitoUserPoolEvent: Equatable where Request: Equatable, Response: Equatable {}

/// What a trigger may answer. Nothing of it is required: what is left out is as Cognito would have it.
public protocol CognitoTriggerResponse: Codable, Sendable {
    init()
}

/// The answer of a trigger that only watches or refuses (by a throw).
public struct CognitoEmptyResponse: CognitoTriggerResponse, Equatable {
    public init() {}
}

public struct CognitoCallerContext: Sendable, Equatable, Codable {
    public var awsSdkVersion: String?
    /// The app client's id.
    public var clientId: String

    public init(awsSdkVersion: String? = nil, clientId: String) {
        self.awsSdkVersion = awsSdkVersion
        self.clientId = clientId
    }
}

/// The trigger and what caused it. The list: Amazon Cognito Developer Guide, "User pool Lambda trigger sources",
/// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
public struct CognitoTriggerSource: OpenStringValue {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let preSignUpSignUp = CognitoTriggerSource(rawValue: "PreSignUp_SignUp")
    public static let preSignUpAdminCreateUser = CognitoTriggerSource(rawValue: "PreSignUp_AdminCreateUser")
    public static let preSignUpExternalProvider = CognitoTriggerSource(rawValue: "PreSignUp_ExternalProvider")
    public static let postConfirmationConfirmSignUp = CognitoTriggerSource(rawValue: "PostConfirmation_ConfirmSignUp")
    public static let postConfirmationConfirmForgotPassword = CognitoTriggerSource(
        rawValue: "PostConfirmation_ConfirmForgotPassword")
    public static let preAuthentication = CognitoTriggerSource(rawValue: "PreAuthentication_Authentication")
    public static let postAuthentication = CognitoTriggerSource(rawValue: "PostAuthentication_Authentication")
    public static let customMessageSignUp = CognitoTriggerSource(rawValue: "CustomMessage_SignUp")
    public static let customMessageAdminCreateUser = CognitoTriggerSource(rawValue: "CustomMessage_AdminCreateUser")
    public static let customMessageResendCode = CognitoTriggerSource(rawValue: "CustomMessage_ResendCode")
    public static let customMessageForgotPassword = CognitoTriggerSource(rawValue: "CustomMessage_ForgotPassword")
    public static let customMessageUpdateUserAttribute = CognitoTriggerSource(rawValue: "CustomMessage_UpdateUserAttribute")
    public static let customMessageVerifyUserAttribute = CognitoTriggerSource(rawValue: "CustomMessage_VerifyUserAttribute")
    public static let customMessageAuthentication = CognitoTriggerSource(rawValue: "CustomMessage_Authentication")
    public static let tokenGenerationHostedAuth = CognitoTriggerSource(rawValue: "TokenGeneration_HostedAuth")
    public static let tokenGenerationAuthentication = CognitoTriggerSource(rawValue: "TokenGeneration_Authentication")
    public static let tokenGenerationNewPasswordChallenge = CognitoTriggerSource(
        rawValue: "TokenGeneration_NewPasswordChallenge")
    public static let tokenGenerationClientCredentials = CognitoTriggerSource(rawValue: "TokenGeneration_ClientCredentials")
    public static let tokenGenerationAuthenticateDevice = CognitoTriggerSource(rawValue: "TokenGeneration_AuthenticateDevice")
    public static let tokenGenerationRefreshTokens = CognitoTriggerSource(rawValue: "TokenGeneration_RefreshTokens")
    public static let userMigrationAuthentication = CognitoTriggerSource(rawValue: "UserMigration_Authentication")
    public static let userMigrationForgotPassword = CognitoTriggerSource(rawValue: "UserMigration_ForgotPassword")
    public static let defineAuthChallenge = CognitoTriggerSource(rawValue: "DefineAuthChallenge_Authentication")
    public static let createAuthChallenge = CognitoTriggerSource(rawValue: "CreateAuthChallenge_Authentication")
    public static let verifyAuthChallengeResponse = CognitoTriggerSource(
        rawValue: "VerifyAuthChallengeResponse_Authentication")

    /// The trigger alone: `PreSignUp`, `CustomEmailSender`.
    public var trigger: String { String(rawValue.prefix { $0 != "_" }) }
}
