public import LambdaEvents

/// What an OpenAPI document says of a route beyond what its declaration shows.
public struct Operation: Sendable {
    public var summary: String?
    public var description: String?
    /// Unique; made of method and path where it is nil.
    public var id: String?
    public var tags: [String]
    /// The names of the security schemes that a caller needs, all of them; empty for none. nil for what the group says.
    public var security: [String]?
    /// The other answers, by status.
    public var answers: [Int: AnswerDocument]
    public var isDeprecated: Bool

    public init(
        _ summary: String? = nil, description: String? = nil, id: String? = nil, tags: [String] = [],
        security: [String]? = nil, answers: [Int: AnswerDocument] = [:], isDeprecated: Bool = false
    ) {
        self.summary = summary
        self.description = description
        self.id = id
        self.tags = tags
        self.security = security
        self.answers = answers
        self.isDeprecated = isDeprecated
    }

    /// With what the group says where this says nothing.
    func inheriting(_ group: Operation) -> Operation {
        var result = self
        if tags.isEmpty { result.tags = group.tags }
        result.security = security ?? group.security
        result.answers.merge(group.answers) { own, _ in own }
        result.isDeprecated = isDeprecated || group.isDeprecated
        return result
    }
}

/// One of the answers of a route.
public struct AnswerDocument: Sendable {
    public var description: String
    public var mediaType: String
    /// nil for an answer without a body.
    public var schema: SchemaDocument?
    /// By name, with a sentence on each.
    public var headers: [String: String]

    public init(
        _ description: String, mediaType: String = "application/json", schema: SchemaDocument? = nil,
        headers: [String: String] = [:]
    ) {
        self.description = description
        self.mediaType = mediaType
        self.schema = schema
        self.headers = headers
    }
}

/// What an OpenAPI document says of the API as a whole.
public struct OpenAPIInfo: Sendable {
    public var title: String
    public var version: String
    public var description: String?
    /// Addresses of the API; relative ones are meant from the document's.
    public var servers: [String]
    public var securitySchemes: [String: SecurityScheme]
    /// Answers that every route may give: of the API in front of it, of the router.
    public var answers: [Int: AnswerDocument]?

    /// - Parameter answers: in place of those that the router makes of errors; for a router with `onError`.
    public init(
        title: String, version: String, description: String? = nil, servers: [String] = [],
        securitySchemes: [String: SecurityScheme] = [:], answers: [Int: AnswerDocument]? = nil
    ) {
        self.title = title
        self.version = version
        self.description = description
        self.servers = servers
        self.securitySchemes = securitySchemes
        self.answers = answers
    }

    /// How callers show who they are.
    public enum SecurityScheme: Sendable {
        /// `Authorization: Bearer …`; the format is for people: `JWT`.
        case bearer(format: String?)
        case apiKey(header: String)
        /// Any other, as the document has it.
        case other(JSONValue)

        var json: JSONValue {
            switch self {
            case .bearer(nil): ["type": "http", "scheme": "bearer"]
            case .bearer(let format?): ["type": "http", "scheme": "bearer", "bearerFormat": .string(format)]
            case .apiKey(let header): ["type": "apiKey", "in": "header", "name": .string(header)]
            case .other(let json): json
            }
        }
    }
}
