/// An event with the headers of an HTTP request.
public protocol LambdaHeadersCarrying {
    /// Header by name, as the gateway wrote the names: lower case from an HTTP API, the client's case from a WebSocket API.
    var headersByName: [String: String] { get }
}

extension LambdaHeadersCarrying {
    /// A header's value; header names have no case (RFC 9110, section 5.1).
    public func header(_ name: String) -> String? {
        let headers = headersByName
        return headers[name] ?? headers.first { $0.key.lowercased() == name.lowercased() }?.value
    }
}

extension HTTPAPIRequest: LambdaHeadersCarrying {
    public var headersByName: [String: String] { headers }
}

extension HTTPAPIAuthorizerRequest: LambdaHeadersCarrying {
    public var headersByName: [String: String] { headers ?? [:] }
}

extension WebSocketRequest: LambdaHeadersCarrying {
    public var headersByName: [String: String] { headers ?? [:] }
}

extension WebSocketAuthorizerRequest: LambdaHeadersCarrying {
    public var headersByName: [String: String] { headers ?? [:] }
}
