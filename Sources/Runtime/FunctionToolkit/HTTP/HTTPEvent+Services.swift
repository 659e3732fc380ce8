#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
public import LambdaEvents
public import LambdaRuntime

// Who decodes what, from published captures of live APIs (https://github.com/hotsock/voker/pull/8): an HTTP API decodes
// the path, in payload 1.0 and 2.0 alike; a REST API, a function URL and a load balancer leave it as the client sent it.
// The gateways decode the query, a load balancer does not (Elastic Load Balancing, "Use Lambda functions as targets of an
// Application Load Balancer").

extension FunctionURLRequest: HTTPEvent {
    public func httpRequest(context: LambdaContext) -> HTTPRequest {
        HTTPRequest(
            method: requestContext.http.method, segments: HTTPEventParts.segments(of: rawPath, isEncoded: true),
            queryItems: HTTPEventParts.queryItems(rawQueryString), headers: HTTPEventParts.headers(headers),
            cookies: (cookies ?? []).compactMap { HTTPEventParts.cookie($0) }, body: bodyData,
            sourceAddress: requestContext.http.sourceIp, gatewayRequestID: requestContext.requestId, event: self,
            context: context)
    }

    public func httpResponse(_ response: HTTPResponse) -> FunctionURLResponse { HTTPEventParts.response(response) }
}

extension RESTAPIRequest: HTTPEvent {
    /// An HTTP API sends this form too, under payload format 1.0; it has decoded the path and put the stage before it.
    public func httpRequest(context: LambdaContext) -> HTTPRequest {
        let isHTTPAPI = version == "1.0"
        let headers = HTTPEventParts.headers(multiValueHeaders) ?? HTTPEventParts.headers(self.headers ?? [:])
        return HTTPRequest(
            method: httpMethod,
            segments: HTTPEventParts.segments(of: path, stage: isHTTPAPI ? requestContext.stage : nil, isEncoded: !isHTTPAPI),
            queryItems: HTTPEventParts.queryItems(multiValueQueryStringParameters, queryStringParameters, isEncoded: false),
            headers: headers, cookies: HTTPEventParts.cookies(headers["cookie"] ?? []), body: bodyData,
            sourceAddress: requestContext.identity.sourceIp, gatewayRequestID: requestContext.requestId,
            authorizer: requestContext.authorizer?.claims ?? requestContext.authorizer?.values ?? [:], event: self,
            context: context)
    }

    public func httpResponse(_ response: HTTPResponse) -> RESTAPIResponse {
        // A header of several values has no place among the simple ones.
        let cookies = response.cookies.isEmpty ? nil : ["Set-Cookie": response.cookies]
        return switch response.body {
        case .none: RESTAPIResponse(statusCode: response.status, headers: response.headers, multiValueHeaders: cookies)
        case .text(let text):
            RESTAPIResponse(
                statusCode: response.status, headers: response.headers, multiValueHeaders: cookies, body: text)
        case .data(let data):
            RESTAPIResponse(statusCode: response.status, headers: response.headers, multiValueHeaders: cookies, data: data)
        }
    }
}

extension LoadBalancerRequest: HTTPEvent {
    public func httpRequest(context: LambdaContext) -> HTTPRequest {
        let headers = HTTPEventParts.headers(multiValueHeaders) ?? HTTPEventParts.headers(self.headers ?? [:])
        // The load balancer appends the address that it saw (Elastic Load Balancing, "HTTP headers").
        let address = headers["x-forwarded-for"]?.last?.split(separator: ",").last.map { String($0.drop { $0 == " " }) }
        return HTTPRequest(
            method: httpMethod, segments: HTTPEventParts.segments(of: path, isEncoded: true),
            queryItems: HTTPEventParts.queryItems(multiValueQueryStringParameters, queryStringParameters, isEncoded: true),
            headers: headers, cookies: HTTPEventParts.cookies(headers["cookie"] ?? []), body: bodyData,
            sourceAddress: address, gatewayRequestID: headers["x-amzn-trace-id"]?.first, event: self, context: context)
    }

    /// In the form of the target group's setting "multi value headers", which shows in the request. Without it there is
    /// one `Set-Cookie` at most: the last one.
    public func httpResponse(_ response: HTTPResponse) -> LoadBalancerResponse {
        var headers = response.headers
        var multiple: [String: [String]]?
        if multiValueHeaders != nil {
            var all = headers.mapValues { [$0] }
            if !response.cookies.isEmpty { all["Set-Cookie"] = response.cookies }
            multiple = all
        } else if let cookie = response.cookies.last {
            headers["Set-Cookie"] = cookie
        }
        let simple = multiple == nil ? headers : nil
        return switch response.body {
        case .none: LoadBalancerResponse(statusCode: response.status, headers: simple, multiValueHeaders: multiple)
        case .text(let text):
            LoadBalancerResponse(statusCode: response.status, headers: simple, multiValueHeaders: multiple, body: text)
        case .data(let data):
            LoadBalancerResponse(statusCode: response.status, headers: simple, multiValueHeaders: multiple, data: data)
        }
    }
}

/// A request of any of these services, for a function behind several of them: told apart by what only each has.
public enum AnyHTTPEvent: HTTPEvent, Decodable {
    case httpAPI(HTTPAPIRequest)
    case restAPI(RESTAPIRequest)
    case functionURL(FunctionURLRequest)
    case loadBalancer(LoadBalancerRequest)

    public init(from decoder: any Decoder) throws {
        switch LambdaEventKind(of: decoder) {
        case .httpAPI: self = .httpAPI(try HTTPAPIRequest(from: decoder))
        case .restAPI: self = .restAPI(try RESTAPIRequest(from: decoder))
        case .functionURL: self = .functionURL(try FunctionURLRequest(from: decoder))
        case .loadBalancer: self = .loadBalancer(try LoadBalancerRequest(from: decoder))
        default:
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no HTTP request of a service that is known"))
        }
    }

    /// The answer, in the form of the service that asked.
    public enum Response: Encodable, Sendable, Equatable {
        case httpAPI(HTTPAPIResponse)
        case restAPI(RESTAPIResponse)
        case loadBalancer(LoadBalancerResponse)

        public func encode(to encoder: any Encoder) throws {
            switch self {
            case .httpAPI(let response): try response.encode(to: encoder)
            case .restAPI(let response): try response.encode(to: encoder)
            case .loadBalancer(let response): try response.encode(to: encoder)
            }
        }
    }

    public func httpRequest(context: LambdaContext) -> HTTPRequest {
        switch self {
        case .httpAPI(let event): event.httpRequest(context: context)
        case .restAPI(let event): event.httpRequest(context: context)
        case .functionURL(let event): event.httpRequest(context: context)
        case .loadBalancer(let event): event.httpRequest(context: context)
        }
    }

    public func httpResponse(_ response: HTTPResponse) -> Response {
        switch self {
        case .httpAPI(let event): .httpAPI(event.httpResponse(response))
        case .restAPI(let event): .restAPI(event.httpResponse(response))
        case .functionURL(let event): .httpAPI(event.httpResponse(response))
        case .loadBalancer(let event): .loadBalancer(event.httpResponse(response))
        }
    }
}

extension HTTPEventParts {
    static func headers(_ headers: [String: [String]]?) -> [String: [String]]? {
        guard let headers else { return nil }
        var result: [String: [String]] = [:]
        for (name, values) in headers { result[name.lowercased(), default: []] += values }
        return result
    }

    /// Parameters in the order of their names: the client's is lost in an object.
    static func queryItems(
        _ multiple: [String: [String]]?, _ single: [String: String]?, isEncoded: Bool
    ) -> [(name: String, value: String)] {
        let all = multiple ?? (single ?? [:]).mapValues { [$0] }
        return all.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { value in
                guard isEncoded else { return (name, value) }
                return (PercentDecoding.decode(name, plusIsSpace: true), PercentDecoding.decode(value, plusIsSpace: true))
            }
        }
    }
}
