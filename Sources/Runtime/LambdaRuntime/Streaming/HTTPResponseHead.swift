#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Status, header fields and cookies of a streamed HTTP answer.
///
/// Sources: AWS Lambda Developer Guide, "Response streaming for Lambda functions", and API Gateway Developer Guide, "Set up a
/// Lambda proxy integration with payload response streaming": a JSON object, then 8 NUL bytes, then the body.
public struct HTTPResponseHead: Sendable, Equatable {
    public var statusCode: Int
    public var headers: [String: String]
    /// Fields that stand more than once. API Gateway's REST APIs know them; a function URL knows `headers` and `cookies` only.
    public var multiValueHeaders: [String: [String]]
    /// Each a whole `Set-Cookie` value: `session=1; HttpOnly`.
    public var cookies: [String]

    public init(
        statusCode: Int = 200, headers: [String: String] = [:], multiValueHeaders: [String: [String]] = [:],
        cookies: [String] = []
    ) {
        self.statusCode = statusCode
        self.headers = headers
        self.multiValueHeaders = multiValueHeaders
        self.cookies = cookies
    }

    /// Tells the platform that a prelude comes first.
    static let contentType = "application/vnd.awslambda.http-integration-response"
    /// API Gateway Developer Guide, the same page: the delimiter must stand within the first 16 KB.
    static let maximumPreludeBytes = 16 << 10

    /// What goes before the body.
    func prelude() throws -> Data {
        guard (200...599).contains(statusCode) else {
            throw LambdaResponseStreamError.invalidHead("\(statusCode) is no status of an answer")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A NUL within a string is escaped in JSON, so that the first eight of them are the delimiter.
        let prelude = try encoder.encode(self) + Data(count: 8)
        guard prelude.count <= Self.maximumPreludeBytes else {
            throw LambdaResponseStreamError.invalidHead(
                "with \(prelude.count) bytes it is larger than \(Self.maximumPreludeBytes)")
        }
        return prelude
    }
}

extension HTTPResponseHead: Codable {
    private enum CodingKeys: CodingKey {
        case statusCode, headers, multiValueHeaders, cookies
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        statusCode = try container.decodeIfPresent(Int.self, forKey: .statusCode) ?? 200
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers) ?? [:]
        multiValueHeaders = try container.decodeIfPresent([String: [String]].self, forKey: .multiValueHeaders) ?? [:]
        cookies = try container.decodeIfPresent([String].self, forKey: .cookies) ?? []
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(statusCode, forKey: .statusCode)
        try container.encode(headers, forKey: .headers)
        if !multiValueHeaders.isEmpty { try container.encode(multiValueHeaders, forKey: .multiValueHeaders) }
        if !cookies.isEmpty { try container.encode(cookies, forKey: .cookies) }
    }
}
