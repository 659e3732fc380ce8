/// `requestContext.authorizer` of a REST API: what the authorizer answered, its own context values among the known ones.
///
/// A Lambda authorizer gives `principalId`, `integrationLatency` and each value of its context; a Cognito one gives
/// `claims`; an HTTP API's JWT authorizer under payload format 1.0 gives `claims` and `scopes`. Because a context value may
/// have any name, the whole is a free map. Source: Amazon API Gateway Developer Guide, "Output from an API Gateway Lambda
/// authorizer", https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
public struct AuthorizerContext: Sendable, Equatable, Codable, ExpressibleByDictionaryLiteral {
    public var values: [String: JSONValue]

    public init(_ values: [String: JSONValue]) {
        self.values = values
    }

    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        values = Dictionary(elements) { _, last in last }
    }

    public init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: JSONValue].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    /// A context value. A REST API writes each as text, whatever it was in the authorizer's answer.
    public subscript(name: String) -> JSONValue? { values[name] }

    /// Whom the Lambda authorizer named.
    public var principalId: String? { values["principalId"]?.stringValue }
    /// The claims of a Cognito or JWT authorizer's token.
    public var claims: [String: JSONValue]? { values["claims"]?.objectValue }
    /// The scopes of a JWT authorizer's token.
    public var scopes: [String]? { values["scopes"]?.arrayValue?.compactMap(\.stringValue) }
}
