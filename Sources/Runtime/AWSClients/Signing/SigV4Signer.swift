#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

internal import RoostCryptography

/// Signature Version 4 in the `Authorization` header.
///
/// Source: AWS Identity and Access Management User Guide, "Create a signed AWS API request". S3's own rules (a path
/// that is encoded once, the body's hash in a header) are not in here.
public struct SigV4Signer: Sendable {
    private let credentials: AWSCredentials
    private let region: String
    private let service: String

    /// - Parameter service: the signing name: `dynamodb`, `execute-api`, ...
    public init(credentials: AWSCredentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    public struct Request: Sendable {
        public var method: String
        /// As it stands in the `Host` header: with its port unless that is the scheme's own.
        public var host: String
        /// As it is sent, percent-encoded, without dot segments and doubled slashes.
        public var path: String
        /// Not encoded.
        public var query: [(name: String, value: String)]
        /// All of them are signed.
        public var headers: [(name: String, value: String)]
        public var body: Data

        public init(
            method: String, host: String, path: String = "/", query: [(name: String, value: String)] = [],
            headers: [(name: String, value: String)] = [], body: Data = Data()
        ) {
            self.method = method
            self.host = host
            self.path = path
            self.query = query
            self.headers = headers
            self.body = body
        }
    }

    /// The headers to add to the request: `X-Amz-Date`, `X-Amz-Security-Token` with temporary credentials, and
    /// `Authorization`.
    public func headers(for request: Request, at date: Date) -> [(name: String, value: String)] {
        let timestamp = Self.timestamp(date)
        var added: [(name: String, value: String)] = [("X-Amz-Date", timestamp)]
        if let token = credentials.sessionToken { added.append(("X-Amz-Security-Token", token)) }
        let signed = Self.canonicalHeaders([("Host", request.host)] + request.headers + added)
        let scope = "\(timestamp.prefix(8))/\(region)/\(service)/aws4_request"
        let canonical = Self.canonicalRequest(request, headers: signed)
        let text = ["AWS4-HMAC-SHA256", timestamp, scope, SHA256.hex(Data(canonical.utf8))].joined(separator: "\n")
        let signature = Hex.encode(Self.code(text, key: signingKey(day: timestamp.prefix(8))))
        let names = signed.map(\.name).joined(separator: ";")
        added.append(
            (
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
            ))
        return added
    }

    private func signingKey(day: some StringProtocol) -> Data {
        ["\(region)", service, "aws4_request"].reduce(
            Self.code(String(day), key: Data("AWS4\(credentials.secretAccessKey)".utf8))
        ) {
            Self.code($1, key: $0)
        }
    }

    private static func code(_ text: String, key: Data) -> Data {
        HMACSHA256.authenticationCode(for: Data(text.utf8), key: key)
    }

    private static func canonicalRequest(_ request: Request, headers: [(name: String, value: String)]) -> String {
        // The path is encoded once more than it is sent; only S3 takes it as it is.
        let path = URLEncoding.encode(request.path.isEmpty ? "/" : request.path, keepingSlashes: true)
        let query = request.query.map { (URLEncoding.encode($0.name), URLEncoding.encode($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0.0)=\($0.1)" }
            .joined(separator: "&")
        let lines = headers.map { "\($0.name):\($0.value)\n" }.joined()
        let names = headers.map(\.name).joined(separator: ";")
        return [request.method, path, query, lines, names, SHA256.hex(request.body)].joined(separator: "\n")
    }

    /// Names in lower case and sorted, repeated ones joined in their order, blanks at the ends gone and runs of them one.
    private static func canonicalHeaders(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers {
            let value = header.value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
            values[header.name.lowercased(), default: []].append(value)
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
    }

    /// `20150830T123600Z`.
    static func timestamp(_ date: Date) -> String {
        date.formatted(
            Date.ISO8601FormatStyle(dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted))
    }
}
