#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

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
        let timestamp = SigV4.timestamp(date)
        var added: [(name: String, value: String)] = [("X-Amz-Date", timestamp)]
        if let token = credentials.sessionToken { added.append(("X-Amz-Security-Token", token)) }
        let scope = SigV4.Scope(day: String(timestamp.prefix(8)), region: region, service: service)
        let signature = SigV4.signature(
            method: request.method, path: request.path, query: request.query,
            headers: [("Host", request.host)] + request.headers + added, body: request.body, timestamp: timestamp, scope: scope,
            secretAccessKey: credentials.secretAccessKey)
        let names = signature.signedHeaders.joined(separator: ";")
        added.append(
            (
                "Authorization",
                "\(SigV4.algorithm) Credential=\(credentials.accessKeyID)/\(scope.text), SignedHeaders=\(names), "
                    + "Signature=\(signature.text)"
            ))
        return added
    }
}
