#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
public import LambdaEvents
public import LambdaRuntime

/// An event that is an HTTP request, of whichever service; a router answers all of them.
public protocol HTTPEvent: Sendable {
    /// What the service takes for an answer.
    associatedtype Response: Encodable & Sendable

    func httpRequest(context: LambdaContext) -> HTTPRequest
    func httpResponse(_ response: HTTPResponse) -> Response
}

extension HTTPAPIRequest: HTTPEvent {
    /// An HTTP API has decoded the path already, so decoding it again would turn a literal `%41` into `A`. A function
    /// URL, whose events can be decoded as these, has not; there each segment is decoded by itself, so that an encoded
    /// slash stays within its segment.
    public func httpRequest(context: LambdaContext) -> HTTPRequest {
        let isFunctionURL = requestContext.domainName.contains(".lambda-url.")
        return HTTPRequest(
            method: requestContext.http.method,
            segments: HTTPEventParts.segments(of: rawPath, stage: requestContext.stage, isEncoded: isFunctionURL),
            queryItems: HTTPEventParts.queryItems(rawQueryString),
            headers: HTTPEventParts.headers(headers), cookies: (cookies ?? []).compactMap(HTTPEventParts.cookie),
            body: bodyData, sourceAddress: requestContext.http.sourceIp, gatewayRequestID: requestContext.requestId,
            authorizer: requestContext.authorizer?.lambda
                ?? (requestContext.authorizer?.jwt?.claims).map { $0.mapValues(JSONValue.string) } ?? [:],
            event: self, context: context)
    }

    public func httpResponse(_ response: HTTPResponse) -> HTTPAPIResponse { HTTPEventParts.response(response) }
}

/// What the services' forms of a request have in common.
enum HTTPEventParts {
    /// In the form of payload 2.0.
    static func response(_ response: HTTPResponse) -> HTTPAPIResponse {
        let cookies = response.cookies.isEmpty ? nil : response.cookies
        return switch response.body {
        case .none: HTTPAPIResponse(statusCode: response.status, headers: response.headers, cookies: cookies)
        case .text(let text):
            HTTPAPIResponse(statusCode: response.status, headers: response.headers, cookies: cookies, body: text)
        case .data(let data):
            HTTPAPIResponse(statusCode: response.status, headers: response.headers, cookies: cookies, data: data)
        }
    }

    /// A stage other than `$default` stands in front of the path, but for a custom domain's.
    static func segments(of path: String, stage: String? = nil, isEncoded: Bool) -> [Substring] {
        var path = Substring(path)
        if let stage, stage != "$default", path.hasPrefix("/\(stage)") {
            let rest = path.dropFirst(stage.count + 1)
            if rest.isEmpty || rest.hasPrefix("/") { path = rest.isEmpty ? "/" : rest }
        }
        let segments = RoutePattern.split(path)
        return isEncoded ? segments.map { Substring(PercentDecoding.decode($0)) } : segments
    }

    static func queryItems(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                PercentDecoding.decode(parts[0], plusIsSpace: true),
                parts.count == 2 ? PercentDecoding.decode(parts[1], plusIsSpace: true) : ""
            )
        }
    }

    static func headers(_ headers: [String: String]) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for (name, value) in headers { result[name.lowercased(), default: []].append(value) }
        return result
    }

    /// nil for one without a value.
    static func cookie(_ text: some StringProtocol) -> (name: String, value: String)? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        return (String(parts[0].drop { $0 == " " }), String(parts[1]))
    }

    /// The cookies of `Cookie` headers (RFC 6265, 4.2.1).
    static func cookies(_ headers: [String]) -> [(name: String, value: String)] {
        headers.flatMap { $0.split(separator: ";") }.compactMap { cookie($0) }
    }
}
