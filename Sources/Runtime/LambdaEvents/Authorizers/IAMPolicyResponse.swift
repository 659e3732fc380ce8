/// The answer of an authorizer in the form of an IAM policy.
///
/// Source: Amazon API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
public struct IAMPolicyResponse: Sendable, Equatable, Codable {
    public var principalId: String
    public var policyDocument: PolicyDocument
    /// Strings, numbers and booleans only: API Gateway answers 500 to objects and arrays here.
    public var context: [String: JSONValue]?
    /// The API key of the caller's usage plan, where the API's key source is its authorizer.
    public var usageIdentifierKey: String?

    public init(
        principalId: String, policyDocument: PolicyDocument, context: [String: JSONValue]? = nil,
        usageIdentifierKey: String? = nil
    ) {
        self.principalId = principalId
        self.policyDocument = policyDocument
        self.context = context
        self.usageIdentifierKey = usageIdentifierKey
    }

    /// A policy of one statement about `execute-api:Invoke`.
    public static func invoke(
        _ effect: Effect, on resource: String, principalId: String, context: [String: JSONValue]? = nil
    ) -> IAMPolicyResponse {
        let statement = Statement(effect: effect, action: ["execute-api:Invoke"], resource: [resource])
        return IAMPolicyResponse(
            principalId: principalId, policyDocument: PolicyDocument(statement: [statement]), context: context)
    }

    public struct PolicyDocument: Sendable, Equatable, Codable {
        public var version: String
        public var statement: [Statement]

        public init(version: String = "2012-10-17", statement: [Statement]) {
            self.version = version
            self.statement = statement
        }

        private enum CodingKeys: String, CodingKey {
            case version = "Version"
            case statement = "Statement"
        }
    }

    public struct Effect: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let allow = Effect(rawValue: "Allow")
        public static let deny = Effect(rawValue: "Deny")
    }

    /// `Action` and `Resource` may be one text or a list of them; one is written as a text.
    public struct Statement: Sendable, Equatable, Codable {
        public var effect: Effect
        public var action: [String]
        public var resource: [String]
        /// `{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}}`.
        public var condition: JSONValue?

        public init(effect: Effect, action: [String], resource: [String], condition: JSONValue? = nil) {
            self.effect = effect
            self.action = action
            self.resource = resource
            self.condition = condition
        }

        private enum CodingKeys: String, CodingKey {
            case effect = "Effect"
            case action = "Action"
            case resource = "Resource"
            case condition = "Condition"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            effect = try container.decode(Effect.self, forKey: .effect)
            action = try container.decode(OneOrMany.self, forKey: .action).texts
            resource = try container.decode(OneOrMany.self, forKey: .resource).texts
            condition = try container.decodeIfPresent(JSONValue.self, forKey: .condition)
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(effect, forKey: .effect)
            try container.encode(OneOrMany(texts: action), forKey: .action)
            try container.encode(OneOrMany(texts: resource), forKey: .resource)
            try container.encodeIfPresent(condition, forKey: .condition)
        }
    }

    private struct OneOrMany: Codable {
        var texts: [String]

        init(texts: [String]) { self.texts = texts }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {  // a failure means: it is a list
                texts = [text]
            } else {
                texts = try container.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if texts.count == 1 { try container.encode(texts[0]) } else { try container.encode(texts) }
        }
    }
}
