/// One of the four steps of rotating a secret. The function's answer is not read; a throw fails the step.
///
/// Source: AWS Secrets Manager User Guide, "Rotation by Lambda function",
/// https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
public struct SecretRotationEvent: Sendable, Equatable, Codable {
    public var step: Step
    /// The secret's ARN.
    public var secretId: String
    /// The id of the secret's new version.
    public var clientRequestToken: String
    /// To be given to `PutSecretValue` where the rotation runs with another role than its function's.
    public var rotationToken: String?

    public init(step: Step, secretId: String, clientRequestToken: String, rotationToken: String? = nil) {
        self.step = step
        self.secretId = secretId
        self.clientRequestToken = clientRequestToken
        self.rotationToken = rotationToken
    }

    private enum CodingKeys: String, CodingKey {
        case step = "Step"
        case secretId = "SecretId"
        case clientRequestToken = "ClientRequestToken"
        case rotationToken = "RotationToken"
    }

    public struct Step: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let createSecret = Step(rawValue: "createSecret")
        public static let setSecret = Step(rawValue: "setSecret")
        public static let testSecret = Step(rawValue: "testSecret")
        public static let finishSecret = Step(rawValue: "finishSecret")
    }
}
