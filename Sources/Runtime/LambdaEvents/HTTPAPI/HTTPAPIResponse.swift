#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A function's answer to an HTTP API, payload format version 2.0.
///
/// One value per header name; several cookies go into `cookies`, each becoming a `Set-Cookie` header. Source: Amazon API Gateway
/// Developer Guide, "Lambda function response for format 2.0",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
public struct HTTPAPIResponse: Sendable, Equatable, Codable, LambdaBodyCarrying {
    public var statusCode: Int
    public var headers: [String: String]?
    public var cookies: [String]?
    public var body: String?
    public var isBase64Encoded: Bool

    public init(
        statusCode: Int, headers: [String: String]? = nil, cookies: [String]? = nil, body: String? = nil,
        isBase64Encoded: Bool = false
    ) {
        self.statusCode = statusCode
        self.headers = headers
        self.cookies = cookies
        self.body = body
        self.isBase64Encoded = isBase64Encoded
    }

    /// An answer whose body is bytes, sent as base64.
    public init(statusCode: Int, headers: [String: String]? = nil, cookies: [String]? = nil, data: Data) {
        self.init(
            statusCode: statusCode, headers: headers, cookies: cookies, body: data.base64EncodedString(), isBase64Encoded: true)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        statusCode = try container.decode(Int.self, forKey: .statusCode)
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers)
        cookies = try container.decodeIfPresent([String].self, forKey: .cookies)
        body = try container.decodeIfPresent(String.self, forKey: .body)
        isBase64Encoded = try container.decodeIfPresent(Bool.self, forKey: .isBase64Encoded) ?? false
    }
}
