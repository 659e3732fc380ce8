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

    /// - Parameters:
    ///   - path: as it is sent. It is encoded once more here; only S3 takes it as it is.
    ///   - query: not encoded.
    ///   - headers: canonical ones.
    ///   - signedHeaders: their names in the signer's order.
    ///   - bodyHash: the body's SHA-256 in hexadecimal digits.
    package static func canonicalRequest(
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
    package static func canonicalHeaders(
        _ headers: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers {
            let value = header.value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
            values[header.name.lowercased(), default: []].append(value)
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
    }

    package static func stringToSign(_ canonicalRequest: String, timestamp: String, scope: Scope) -> String {
        [algorithm, timestamp, scope.text, SHA256.hex(Data(canonicalRequest.utf8))].joined(separator: "\n")
    }

    /// The signature in hexadecimal digits.
    package static func signature(of text: String, scope: Scope, secretAccessKey: String) -> String {
        let first = code(scope.day, key: Data("AWS4\(secretAccessKey)".utf8))
        let key = [scope.region, scope.service, terminator].reduce(first) { code($1, key: $0) }
        return Hex.encode(code(text, key: key))
    }

    private static func code(_ text: String, key: Data) -> Data {
        HMACSHA256.authenticationCode(for: Data(text.utf8), key: key)
    }

    // MARK: Time stamps

    /// `20150830T123600Z`.
    package static func timestamp(_ date: Date) -> String {
        date.formatted(
            Date.ISO8601FormatStyle(dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted))
    }

    /// The seconds since 1970 of such a time stamp; nil if it is none.
    package static func seconds(_ timestamp: String) -> Int64? {
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted)
        guard timestamp.utf8.count == 16, let date = try? style.parse(timestamp) else { return nil }  // no time stamp: nil
        return Int64(date.timeIntervalSince1970)
    }
}
