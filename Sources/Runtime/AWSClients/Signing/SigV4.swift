#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

internal import RoostCryptography

/// The steps of Signature Version 4, which a signer and a verifier share.
///
/// Source: AWS Identity and Access Management User Guide, "Create a signed AWS API request".
package enum SigV4 {
    package static let algorithm = "AWS4-HMAC-SHA256"
    /// What a credential scope ends with.
    package static let terminator = "aws4_request"

    /// What a signature is good for.
    package struct Scope: Sendable {
        /// `20150830`.
        package var day: String
        package var region: String
        package var service: String

        package init(day: String, region: String, service: String) {
            self.day = day
            self.region = region
            self.service = service
        }

        package var text: String { "\(day)/\(region)/\(service)/\(SigV4.terminator)" }
    }

    /// A signature, and what the steps to it made.
    package struct Signature: Sendable {
        /// The names of the headers that it is over, in lower case.
        package let signedHeaders: [String]
        package let canonicalRequest: String
        package let stringToSign: String
        /// In hexadecimal digits.
        package let text: String
    }

    /// - Parameters:
    ///   - path: as it is sent. It is encoded once more here; only S3 takes it as it is.
    ///   - query: not encoded.
    ///   - headers: those that are signed.
    ///   - signedHeaders: their names in the signer's order; nil for the order of the names.
    package static func signature(
        method: String, path: String, query: [(name: String, value: String)], headers: [(name: String, value: String)],
        signedHeaders: [String]? = nil, body: Data, timestamp: String, scope: Scope, secretAccessKey: String
    ) -> Signature {
        let headers = canonicalHeaders(headers)
        let signedHeaders = signedHeaders ?? headers.map(\.name)
        let canonical = canonicalRequest(
            method: method, path: path, query: query, headers: headers, signedHeaders: signedHeaders,
            bodyHash: SHA256.hex(body))
        let text = stringToSign(canonical, timestamp: timestamp, scope: scope)
        return Signature(
            signedHeaders: signedHeaders, canonicalRequest: canonical, stringToSign: text,
            text: signature(of: text, scope: scope, secretAccessKey: secretAccessKey))
    }

    private static func canonicalRequest(
        method: String, path: String, query: [(name: String, value: String)], headers: [(name: String, value: String)],
        signedHeaders: [String], bodyHash: String
    ) -> String {
        let path = URLEncoding.encode(path.isEmpty ? "/" : path, keepingSlashes: true)
        let query = query.map { (URLEncoding.encode($0.name), URLEncoding.encode($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0.0)=\($0.1)" }
            .joined(separator: "&")
        let lines = headers.map { "\($0.name):\($0.value)\n" }.joined()
        return [method, path, query, lines, signedHeaders.joined(separator: ";"), bodyHash].joined(separator: "\n")
    }

    /// Names in lower case and sorted, repeated ones joined in their order, blanks at the ends gone and runs of them one.
    private static func canonicalHeaders(
        _ headers: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers {
            let value = header.value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
            values[header.name.lowercased(), default: []].append(value)
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
    }

    private static func stringToSign(_ canonicalRequest: String, timestamp: String, scope: Scope) -> String {
        [algorithm, timestamp, scope.text, SHA256.hex(Data(canonicalRequest.utf8))].joined(separator: "\n")
    }

    private static func signature(of text: String, scope: Scope, secretAccessKey: String) -> String {
        let first = code(scope.day, key: Data("AWS4\(secretAccessKey)".utf8))
        let key = [scope.region, scope.service, terminator].reduce(first) { code($1, key: $0) }
        return Hex.encode(code(text, key: key))
    }

    private static func code(_ text: String, key: Data) -> Data {
        HMACSHA256.authenticationCode(for: Data(text.utf8), key: key)
    }

    // MARK: Time stamps

    private static let style = Date.ISO8601FormatStyle(
        dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted)

    /// `20150830T123600Z`.
    package static func timestamp(_ date: Date) -> String { date.formatted(style) }

    /// The seconds since 1970 of such a time stamp; nil if it is none.
    package static func seconds(_ timestamp: String) -> Int64? {
        guard timestamp.utf8.count == 16, let date = try? style.parse(timestamp) else { return nil }  // no time stamp: nil
        return Int64(date.timeIntervalSince1970)
    }
}
