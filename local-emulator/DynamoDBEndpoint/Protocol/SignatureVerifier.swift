#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

import AWSClients
package import EmulatorClock
import RoostCryptography

/// Verifies Signature Version 4 as the service does.
///
/// The order of the checks: the parts of the signature, its algorithm, its time, its scope, the signed headers, the key, the
/// signature. Both forms are taken, the `Authorization` header and the presigned query.
/// Source: AWS Identity and Access Management User Guide, "Create a signed AWS API request" and "Troubleshoot Signature
/// Version 4 signing for AWS API requests".
package struct SignatureVerifier: Sendable {
    /// What belongs to an access key.
    package struct Key: Sendable {
        package var secretAccessKey: String
        /// With temporary credentials; a request must then carry it.
        package var sessionToken: String?

        package init(secretAccessKey: String, sessionToken: String? = nil) {
            self.secretAccessKey = secretAccessKey
            self.sessionToken = sessionToken
        }
    }

    /// How far a request's time may be from the clock's: 15 minutes.
    private static let toleranceSeconds: Int64 = 900

    private let clock: any EmulatorClock
    private let key: @Sendable (_ accessKeyID: String) -> Key?

    /// - Parameter key: the key of that id; nil for one that nobody has.
    package init(clock: any EmulatorClock, key: @escaping @Sendable (_ accessKeyID: String) -> Key?) {
        self.clock = clock
        self.key = key
    }

    func check(_ request: DynamoDBRequest) throws(Refusal) {
        let signature = try RequestSignature(request)
        guard signature.algorithm == SigV4.algorithm else {
            throw .incompleteSignature("Unsupported AWS 'algorithm': '\(signature.algorithm)'.")
        }
        let timestamp = try checkTime(signature)
        let (accessKeyID, scope) = try scope(signature, timestamp)
        guard signature.signedHeaders.contains("host") else {
            throw .invalidSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        guard let key = key(accessKeyID), hasToken(request, signature, key.sessionToken) else { throw .unrecognizedClient }
        try checkSignature(signature, of: request, timestamp, scope, key)
    }

    // MARK: Time

    private func checkTime(_ signature: RequestSignature) throws(Refusal) -> String {
        guard let timestamp = signature.timestamp else {
            throw .incompleteSignature(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
        }
        guard let seconds = SigV4.seconds(timestamp) else {
            throw .incompleteSignature(
                "Date must be in ISO-8601 'basic format'. Got '\(timestamp)'. See http://en.wikipedia.org/wiki/ISO_8601")
        }
        let now = clock.nowSeconds
        func text(_ seconds: Int64) -> String { SigV4.timestamp(Date(timeIntervalSince1970: Double(seconds))) }
        // A presigned request names the time that it is good for, from its own time on.
        let lifetime = signature.expires.map { Int64(clamping: max(0, min($0, 604_800))) } ?? Self.toleranceSeconds
        guard seconds >= now - lifetime else {
            let oldest = text(now - lifetime)
            throw .invalidSignature(
                "Signature expired: \(timestamp) is now earlier than \(oldest) (\(text(now)) - \(lifetime / 60) min.)")
        }
        guard seconds <= now + Self.toleranceSeconds else {
            let newest = text(now + Self.toleranceSeconds)
            throw .invalidSignature(
                "Signature not yet current: \(timestamp) is still later than \(newest) "
                    + "(\(text(now)) + \(Self.toleranceSeconds / 60) min.)")
        }
        return timestamp
    }

    // MARK: Scope

    private func scope(
        _ signature: RequestSignature, _ timestamp: String
    ) throws(Refusal) -> (accessKeyID: String, scope: SigV4.Scope) {
        let parts = signature.credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5 else {
            throw .incompleteSignature(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
                    + "got '\(signature.credential)'")
        }
        var problems: [String] = []
        if parts[1] != timestamp.prefix(8) {
            problems.append(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(parts[1])' != '\(timestamp.prefix(8))', from '\(timestamp)'.")
        }
        // Any region: the store stands for all of them.
        if parts[2].isEmpty { problems.append("Credential should be scoped to a valid region.") }
        if parts[3] != "dynamodb" { problems.append("Credential should be scoped to correct service: 'dynamodb'.") }
        if parts[4] != SigV4.terminator {
            problems.append("Credential should be scoped with a valid terminator: '\(SigV4.terminator)', not '\(parts[4])'.")
        }
        guard problems.isEmpty else { throw .invalidSignature(problems.joined(separator: " ")) }
        return (parts[0], SigV4.Scope(day: parts[1], region: parts[2], service: parts[3]))
    }

    private func hasToken(_ request: DynamoDBRequest, _ signature: RequestSignature, _ token: String?) -> Bool {
        let sent =
            request.header("X-Amz-Security-Token")
            ?? signature.query.first { $0.name == "X-Amz-Security-Token" }?.value
        return constantTimeEquals(Data((sent ?? "").utf8), Data((token ?? "").utf8))
    }

    // MARK: Signature

    private func checkSignature(
        _ signature: RequestSignature, of request: DynamoDBRequest, _ timestamp: String, _ scope: SigV4.Scope, _ key: Key
    ) throws(Refusal) {
        let headers = request.headers().filter { signature.signedHeaders.contains($0.name.lowercased()) }
        let expected = SigV4.signature(
            method: request.method, path: String(request.path), query: signature.query, headers: headers,
            signedHeaders: signature.signedHeaders, body: Data(request.body), timestamp: timestamp, scope: scope,
            secretAccessKey: key.secretAccessKey)
        guard constantTimeEquals(Data(signature.signature.utf8), Data(expected.text.utf8)) else {
            throw .invalidSignature(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
                    + "Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this "
                    + "request should have been\n'\(expected.canonicalRequest)'\n\nThe String-to-Sign should have been\n'\(expected.stringToSign)'\n"
            )
        }
    }
}
