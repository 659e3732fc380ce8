#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A function's answer to a REST API, and to an HTTP API under payload format version 1.0.
///
/// Where both header maps name a header, API Gateway merges them and the multi-value one wins for equal pairs. A repeated
/// header (`Set-Cookie`) needs `multiValueHeaders`. Source: Amazon API Gateway Developer Guide, "Output format of a Lambda
/// function for proxy integration",
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
public struct RESTAPIResponse: Sendable, Equatable, Codable, LambdaBodyCarrying {
    public var statusCode: Int
    public var headers: [String: String]?
    public var multiValueHeaders: [String: [String]]?
    public var body: String?
    public var isBase64Encoded: Bool

    public init(
        statusCode: Int, headers: [String: String]? = nil, multiValueHeaders: [String: [String]]? = nil, body: String? = nil,
        isBase64Encoded: Bool = false
    ) {
        self.statusCode = statusCode
        self.headers = headers
        self.multiValueHeaders = multiValueHeaders
        self.body = body
        self.isBase64Encoded = isBase64Encoded
    }

    /// An answer whose body is bytes, sent as base64; the API's binary media types decide what the client gets.
    public init(statusCode: Int, headers: [String: String]? = nil, multiValueHeaders: [String: [String]]? = nil, data: Data) {
        self.init(
            statusCode: statusCode, headers: headers, multiValueHeaders: multiValueHeaders, body: data.base64EncodedString(),
            isBase64Encoded: true)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        statusCode = try container.decode(Int.self, forKey: .statusCode)
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers)
        multiValueHeaders = try container.decodeIfPresent([String: [String]].self, forKey: .multiValueHeaders)
        body = try container.decodeIfPresent(String.self, forKey: .body)
        isBase64Encoded = try container.decodeIfPresent(Bool.self, forKey: .isBase64Encoded) ?? false
    }
}
