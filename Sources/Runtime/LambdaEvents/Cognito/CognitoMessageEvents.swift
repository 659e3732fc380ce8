/// Before Cognito sends a message: its text.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
public typealias CognitoCustomMessageEvent = CognitoUserPoolEvent<CognitoCustomMessageRequest, CognitoCustomMessageResponse>

public struct CognitoCustomMessageRequest: Sendable, Equatable, Codable {
    public var userAttributes: CognitoUserAttributes
    /// What stands for the code in the message, to be in the answer's text.
    public var codeParameter: String?
    /// What stands for the link in the message.
    public var linkParameter: String?
    /// What stands for the user's name; with an administrator's creation of a user.
    public var usernameParameter: String?
    public var clientMetadata: [String: String]?

    public init(
        userAttributes: CognitoUserAttributes, codeParameter: String? = nil, linkParameter: String? = nil,
        usernameParameter: String? = nil, clientMetadata: [String: String]? = nil
    ) {
        self.userAttributes = userAttributes
        self.codeParameter = codeParameter
        self.linkParameter = linkParameter
        self.usernameParameter = usernameParameter
        self.clientMetadata = clientMetadata
    }
}

public struct CognitoCustomMessageResponse: CognitoTriggerResponse, Equatable {
    public var smsMessage: String?
    public var emailMessage: String?
    public var emailSubject: String?

    public init() {}
}

/// A mail that the function is to send in Cognito's place. The answer is not read.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html
public typealias CognitoCustomEmailSenderEvent = CognitoUserPoolEvent<CognitoCustomSenderRequest, CognitoEmptyResponse>

/// An SMS that the function is to send in Cognito's place. The answer is not read.
///
/// Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sms-sender.html
public typealias CognitoCustomSMSSenderEvent = CognitoUserPoolEvent<CognitoCustomSenderRequest, CognitoEmptyResponse>

public struct CognitoCustomSenderRequest: Sendable, Equatable, Codable {
    /// `customEmailSenderRequestV1` or `customSMSSenderRequestV1`.
    public var type: String
    /// Encrypted with the pool's KMS key by the AWS Encryption SDK, in base64; nil where the message has none.
    public var code: String?
    public var clientMetadata: [String: String]?
    public var userAttributes: CognitoUserAttributes

    public init(
        type: String, code: String? = nil, clientMetadata: [String: String]? = nil, userAttributes: CognitoUserAttributes
    ) {
        self.type = type
        self.code = code
        self.clientMetadata = clientMetadata
        self.userAttributes = userAttributes
    }
}
