#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A function's answer to an Application Load Balancer.
///
/// With the target group's setting "multi value headers" only `multiValueHeaders` is read, without it only `headers`; an
/// answer that does not fit is a 502 to the client. Source: Elastic Load Balancing, "Use Lambda functions as targets of an
/// Application Load Balancer", https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
public struct LoadBalancerResponse: Sendable, Equatable, Codable, LambdaBodyCarrying {
    public var statusCode: Int
    /// `200 OK`.
    public var statusDescription: String?
    public var headers: [String: String]?
    public var multiValueHeaders: [String: [String]]?
    public var body: String?
    public var isBase64Encoded: Bool

    public init(
        statusCode: Int, statusDescription: String? = nil, headers: [String: String]? = nil,
        multiValueHeaders: [String: [String]]? = nil, body: String? = nil, isBase64Encoded: Bool = false
    ) {
        self.statusCode = statusCode
        self.statusDescription = statusDescription
        self.headers = headers
        self.multiValueHeaders = multiValueHeaders
        self.body = body
        self.isBase64Encoded = isBase64Encoded
    }

    /// An answer whose body is bytes, sent as base64.
    public init(
        statusCode: Int, statusDescription: String? = nil, headers: [String: String]? = nil,
        multiValueHeaders: [String: [String]]? = nil, data: Data
    ) {
        self.init(
            statusCode: statusCode, statusDescription: statusDescription, headers: headers,
            multiValueHeaders: multiValueHeaders, body: data.base64EncodedString(), isBase64Encoded: true)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        statusCode = try container.decode(Int.self, forKey: .statusCode)
        statusDescription = try container.decodeIfPresent(String.self, forKey: .statusDescription)
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers)
        multiValueHeaders = try container.decodeIfPresent([String: [String]].self, forKey: .multiValueHeaders)
        body = try container.decodeIfPresent(String.self, forKey: .body)
        isBase64Encoded = try container.decodeIfPresent(Bool.self, forKey: .isBase64Encoded) ?? false
    }
}
