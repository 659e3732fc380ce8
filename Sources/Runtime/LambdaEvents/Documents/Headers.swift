/// An event with the headers of an HTTP request.
public protocol LambdaHeadersCarrying {
    /// Header by name, as the gateway wrote the names: lower case from an HTTP API, a function URL and a load balancer, the
    /// client's case from a REST API and a WebSocket API.
    var headersByName: [String: String] { get }
}

extension LambdaHeadersCarrying {
    /// A header's value; header names have no case (RFC 9110, section 5.1).
    public func header(_ name: String) -> String? {
        value(of: name, in: headersByName)
    }
}

/// An event that may list every value of a repeated header and of a repeated query parameter.
public protocol LambdaMultiValueCarrying: LambdaHeadersCarrying {
    var headers: [String: String]? { get }
    var multiValueHeaders: [String: [String]]? { get }
    var queryStringParameters: [String: String]? { get }
    var multiValueQueryStringParameters: [String: [String]]? { get }
}

extension LambdaMultiValueCarrying {
    /// The last value of each, as the services that send both forms choose it.
    public var headersByName: [String: String] {
        headers ?? multiValueHeaders?.compactMapValues(\.last) ?? [:]
    }

    /// Every value of a header, in the order in which they came.
    public func headerValues(_ name: String) -> [String] {
        if let multiValueHeaders { return value(of: name, in: multiValueHeaders) ?? [] }
        return header(name).map { [$0] } ?? []
    }

    /// Every value of a query parameter, in the order in which they came. Names have case.
    public func queryValues(_ name: String) -> [String] {
        multiValueQueryStringParameters?[name] ?? queryStringParameters?[name].map { [$0] } ?? []
    }
}

private func value<Value>(of name: String, in headers: [String: Value]) -> Value? {
    if let value = headers[name] { return value }
    let lowercased = name.lowercased()
    return headers.first { $0.key.lowercased() == lowercased }?.value
}

extension HTTPAPIRequest: LambdaHeadersCarrying {
    public var headersByName: [String: String] { headers }
}

extension FunctionURLRequest: LambdaHeadersCarrying {
    public var headersByName: [String: String] { headers }
}

extension HTTPAPIAuthorizerRequest: LambdaHeadersCarrying {
    public var headersByName: [String: String] { headers ?? [:] }
}

extension RESTAPIRequest: LambdaMultiValueCarrying {}
extension RESTAPIAuthorizerRequest: LambdaMultiValueCarrying {}
extension WebSocketRequest: LambdaMultiValueCarrying {}
extension WebSocketAuthorizerRequest: LambdaMultiValueCarrying {}
extension LoadBalancerRequest: LambdaMultiValueCarrying {}
