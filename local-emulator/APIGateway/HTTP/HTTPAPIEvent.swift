import Foundation
import LambdaEvents
import RoostHTTPServer

/// The event of a Lambda integration, payload format 2.0, and (with other fields) that of its authorizers.
///
/// Source: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway" and "Control access to HTTP APIs with AWS
/// Lambda authorizers". Written down here once more, and not taken from LambdaEvents, so that a mistake there shows.
struct HTTPAPIEvent: Encodable, Sendable {
    var version = "2.0"
    /// `REQUEST` in an authorizer's event only, as the next two.
    var type: String?
    var routeArn: String?
    var identitySource: [String]?
    var routeKey: String
    var rawPath: String
    var rawQueryString: String
    var cookies: [String]?
    var headers: [String: String]
    var queryStringParameters: [String: String]?
    var requestContext: Context
    var body: String?
    var pathParameters: [String: String]?
    var isBase64Encoded: Bool?

    struct Context: Encodable, Sendable {
        var accountId: String
        var apiId: String
        var authorizer: Authorizer?
        var domainName: String
        var domainPrefix: String
        var http: HTTP
        var requestId: String
        var routeKey: String
        var stage: String
        var time: String
        var timeEpoch: Int64
    }

    struct Authorizer: Encodable, Sendable {
        var lambda: JSONValue
    }

    struct HTTP: Encodable, Sendable {
        var method: String
        var path: String
        var `protocol`: String
        var sourceIp: String
        var userAgent: String
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return try encoder.encode(self)
    }
}

/// What every event of one request carries, in the forms that events want.
struct RequestFacts: Sendable {
    /// API Gateway for HTTP APIs decodes the path, `rawPath` included, and ends it at a decoded question mark.
    var path: String
    var headers: [String: String]
    var cookies: [String]?
    var query: [String: String]?

    init(_ request: HTTPRequest, at time: Date) {
        path = String(percentDecoded(request.path).prefix { $0 != "?" })
        cookies = Self.cookies(request.headers.all("cookie"))
        headers = Self.headers(request, at: time)
        let items = queryItems(request.rawQuery)
        query = items.isEmpty ? nil : Dictionary(items.map { ($0.name, $0.value) }) { "\($0),\($1)" }
    }

    /// Between one hop and the next only (RFC 9110, 7.6.1); the gateway's own connection to the function has none.
    private static let hopByHop: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade", "expect", "cookie",
    ]

    private static func headers(_ request: HTTPRequest, at time: Date) -> [String: String] {
        let own = request.headers.fields.map { ($0.name.lowercased(), $0.value) }.filter { !hopByHop.contains($0.0) }
        var headers = Dictionary(own) { "\($0),\($1)" }
        headers["content-length"] = headers["content-length"] ?? "\(request.body.count)"
        headers["x-amzn-trace-id"] = headers["x-amzn-trace-id"] ?? Identifier.traceID(at: time)
        headers["x-forwarded-for"] = [headers["x-forwarded-for"], request.remoteAddress].compactMap(\.self).joined(
            separator: ", ")
        headers["x-forwarded-port"] = headers["host"]?.split(separator: ":").last.flatMap { Int($0) }.map { "\($0)" } ?? "80"
        headers["x-forwarded-proto"] = "http"
        return headers
    }

    private static func cookies(_ fields: [String]) -> [String]? {
        let cookies = fields.flatMap { $0.split(separator: ";") }.map { $0.trimmingCharacters(in: .whitespaces) }
        return cookies.isEmpty ? nil : cookies
    }
}

/// A body as an event carries it.
struct EventBody: Sendable {
    var text: String?
    var isBase64Encoded: Bool

    /// As text for `text/*` and three `application` types; all else, a form and a missing type included, in base64.
    /// AWS's documentation says "if the content type of the request is binary" and lists none; measured on API Gateway
    /// by others (ministackorg/ministack, pull request 766).
    init(_ body: Data, contentType: String?) {
        guard !body.isEmpty else {
            text = nil
            isBase64Encoded = false
            return
        }
        let type = contentType?.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        let isText = type.hasPrefix("text/") || ["application/json", "application/xml", "application/javascript"].contains(type)
        isBase64Encoded = !isText
        text = isText ? String(decoding: body, as: UTF8.self) : body.base64EncodedString()
    }
}
