import AWSClients
import DynamoDBEndpoint
import EmulatorClock
import Foundation
import Testing

@Suite("Verified signatures")
struct SignatureVerifierTests {
    /// 2023-11-14T22:13:20Z.
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    private static func answer(
        method: String = "POST", uri: String = "/", body: String = "{}", _ headers: [(name: String, value: String)]
    ) async throws -> String {
        let verifier = SignatureVerifier(clock: ManualClock(now)) { id in
            switch id {
            case "AKID": SignatureVerifier.Key(secretAccessKey: "secret")
            case "ASIA": SignatureVerifier.Key(secretAccessKey: "secret", sessionToken: "token")
            default: nil
            }
        }
        let front = DynamoDBFront(try EndpointFixture().endpoint, authentication: .verified(verifier))
        let request = DynamoDBRequest(
            method: method, uri: uri, body: Array(body.utf8),
            header: { name in headers.first { $0.name.lowercased() == name.lowercased() }?.value }, headers: { headers })
        let reply = await withCheckedContinuation { continuation in
            front.respond(to: request) { continuation.resume(returning: $0) }
        }
        return String(decoding: reply.body, as: UTF8.self)
    }

    /// The fields of a request that our own signer signed, whose signatures botocore's tests agree with.
    private static func signed(
        id: String = "AKID", secret: String = "secret", token: String? = nil, service: String = "dynamodb", at date: Date = now
    ) -> [(name: String, value: String)] {
        let fields = [
            (name: "Content-Type", value: "application/x-amz-json-1.0"),
            (name: "X-Amz-Target", value: "DynamoDB_20120810.ListTables"),
        ]
        let signer = SigV4Signer(
            credentials: AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token), region: "eu-central-1",
            service: service)
        let request = SigV4Signer.Request(method: "POST", host: "127.0.0.1:8000", headers: fields, body: Data("{}".utf8))
        return fields + [(name: "Host", value: "127.0.0.1:8000")] + signer.headers(for: request, at: date)
    }

    private static let tables = #"{"TableNames":[]}"#

    @Test("a right signature is taken, with a session token too")
    func right() async throws {
        #expect(try await Self.answer(Self.signed()) == Self.tables)
        #expect(try await Self.answer(Self.signed(id: "ASIA", token: "token")) == Self.tables)
        // Fields that are not signed do not matter, nor does the order.
        let more = [(name: "User-Agent", value: "x")] + Self.signed().reversed()
        #expect(try await Self.answer(more) == Self.tables)
    }

    @Test("another body, target, secret or method makes it wrong, and the answer says what should have been signed")
    func wrong() async throws {
        let wrong = "com.amazon.coral.service#InvalidSignatureException"
        let other = try await Self.answer(body: #"{"Limit":1}"#, Self.signed())
        #expect(other.contains(wrong))
        #expect(other.contains("The request signature we calculated does not match the signature you provided."))
        #expect(other.contains(#"The Canonical String for this request should have been\n'POST\n/\n\ncontent-type:"#))
        #expect(try await Self.answer(Self.signed(secret: "Secret")).contains(wrong))
        #expect(try await Self.answer(uri: "/?a=b", Self.signed()).contains(wrong))
        let target = Self.signed().map {
            $0.name == "X-Amz-Target" ? (name: $0.name, value: "DynamoDB_20120810.DescribeLimits") : $0
        }
        #expect(try await !Self.answer(target).contains("TableNames"))
    }

    @Test("a key that nobody has, and a token that is not the key's, are not recognized")
    func unknown() async throws {
        let unrecognized =
            #"{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"The security token included in the request is invalid."}"#
        #expect(try await Self.answer(Self.signed(id: "nobody")) == unrecognized)
        #expect(try await Self.answer(Self.signed(id: "ASIA")) == unrecognized)
        #expect(try await Self.answer(Self.signed(id: "ASIA", token: "other")) == unrecognized)
        #expect(try await Self.answer(Self.signed(token: "token")) == unrecognized)
    }

    @Test("a time 15 minutes from the clock's is taken, one second more is not")
    func time() async throws {
        #expect(try await Self.answer(Self.signed(at: Self.now - 900)) == Self.tables)
        #expect(try await Self.answer(Self.signed(at: Self.now + 900)) == Self.tables)
        #expect(
            try await Self.answer(Self.signed(at: Self.now - 901)).contains(
                "Signature expired: 20231114T215819Z is now earlier than 20231114T215820Z (20231114T221320Z - 15 min.)"))
        #expect(
            try await Self.answer(Self.signed(at: Self.now + 901)).contains(
                "Signature not yet current: 20231114T222821Z is still later than 20231114T222820Z (20231114T221320Z + 15 min.)"))
    }

    @Test("the time is looked at before the scope, the scope before the key")
    func order() async throws {
        func answer(_ credential: String, date: String, headers: String = "host") async throws -> String {
            try await Self.answer([
                ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "DynamoDB_20120810.ListTables"),
                ("X-Amz-Date", date), ("Host", "a"),
                ("Authorization", "AWS4-HMAC-SHA256 Credential=\(credential) SignedHeaders=\(headers) Signature=123"),
            ])
        }
        #expect(try await answer("nobody/2/3/4/aws4_request", date: "20170101T010101Z").contains("Signature expired"))
        #expect(try await answer("nobody/2/3/4/aws4_request", date: "30200101T010101Z").contains("Signature not yet current"))
        #expect(try await answer("nobody/2/3/4", date: "20231114T221320Z").contains("IncompleteSignatureException"))
        #expect(try await answer("nobody/2/3/dynamodb/aws4_request", date: "x").contains("Date must be in ISO-8601"))
        let scope = try await answer("nobody/20231113//sqs/aws4", date: "20231114T221320Z")
        #expect(scope.contains("'20231113' != '20231114', from '20231114T221320Z'"))
        #expect(scope.contains("Credential should be scoped to a valid region."))
        #expect(scope.contains("Credential should be scoped to correct service: 'dynamodb'."))
        #expect(scope.contains("valid terminator: 'aws4_request', not 'aws4'."))
        #expect(
            try await answer("AKID/20231114/eu/dynamodb/aws4_request", date: "20231114T221320Z", headers: "x-amz-date")
                .contains("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."))
        #expect(
            try await answer("nobody/20231114/eu/dynamodb/aws4_request", date: "20231114T221320Z")
                .contains("UnrecognizedClientException"))
    }

    @Test("no signature and another algorithm are refused")
    func missing() async throws {
        var fields = Self.signed().filter { $0.name != "Authorization" }
        #expect(try await Self.answer(fields).contains("MissingAuthenticationTokenException"))
        fields.append(("Authorization", "AWS4-HMAC-SHA1 Credential=a, SignedHeaders=host, Signature=0"))
        #expect(try await Self.answer(fields).contains("Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'."))
    }
}
