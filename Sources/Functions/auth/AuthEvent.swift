import LambdaEvents

/// The four kinds of event that this function gets, told apart by their members.
enum AuthEvent: Decodable, Sendable {
    /// A direct invocation by an operator: `{"command": …}`.
    case command(JSONValue)
    /// The HTTP API asks whether a request may pass (`routeArn`).
    case httpAuthorizer(HTTPAPIAuthorizerRequest)
    /// The WebSocket API asks whether a socket may open (`methodArn`).
    case webSocketAuthorizer(WebSocketAuthorizerRequest)
    case request(HTTPAPIRequest)

    private enum Mark: String, CodingKey {
        case command
        case routeArn
        case methodArn
        case requestContext
    }

    init(from decoder: any Decoder) throws {
        let marks = try decoder.container(keyedBy: Mark.self)
        if marks.contains(.command) {
            self = .command(try JSONValue(from: decoder))
        } else if marks.contains(.routeArn) {
            self = .httpAuthorizer(try HTTPAPIAuthorizerRequest(from: decoder))
        } else if marks.contains(.methodArn) {
            self = .webSocketAuthorizer(try WebSocketAuthorizerRequest(from: decoder))
        } else {
            self = .request(try HTTPAPIRequest(from: decoder))
        }
    }
}

enum AuthOutput: Encodable, Sendable {
    case command(JSONValue)
    case httpAuthorizer(HTTPAPIAuthorizerResponse)
    case webSocketAuthorizer(IAMPolicyResponse)
    case response(HTTPAPIResponse)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .command(let value): try value.encode(to: encoder)
        case .httpAuthorizer(let response): try response.encode(to: encoder)
        case .webSocketAuthorizer(let response): try response.encode(to: encoder)
        case .response(let response): try response.encode(to: encoder)
        }
    }
}
