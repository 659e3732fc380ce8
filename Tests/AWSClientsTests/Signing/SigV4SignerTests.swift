import AWSClients
import Foundation
import Testing

struct SigV4SignerTests {
    @Test("AWS's published test suite", arguments: SigV4TestCase.all)
    func testSuite(_ testCase: SigV4TestCase) {
        let token = testCase.headers.first { $0.name == "X-Amz-Security-Token" }?.value
        let signer = SigV4Signer(
            credentials: AWSCredentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: token),
            region: "us-east-1", service: "service")
        let added = signer.headers(
            for: .init(
                method: testCase.method, host: "example.amazonaws.com", path: testCase.path, query: testCase.query,
                headers: testCase.headers.filter { $0.name != "X-Amz-Security-Token" }, body: Data(testCase.body.utf8)),
            at: Date(timeIntervalSince1970: 1_440_938_160))
        #expect(added.first { $0.name == "X-Amz-Date" }?.value == "20150830T123600Z")
        #expect(added.first { $0.name == "X-Amz-Security-Token" }?.value == token)
        #expect(
            added.last?.value
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=\(testCase.signedHeaders), Signature=\(testCase.signature)")
    }

    /// Requests of the forms that the clients send, with what the suite lacks: encoded paths, tokens, binary bodies.
    private static let requests: [SigV4Signer.Request] = [
        .init(
            method: "POST", host: "127.0.0.1:4566",
            headers: [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "DynamoDB_20120810.PutItem")],
            body: Data(#"{"TableName":"t","Item":{"pk":{"S":"ü€😀"}}}"#.utf8)),
        .init(
            method: "POST", host: "id.execute-api.eu-central-1.amazonaws.com", path: "/prod/@connections/L0SM9cOFvHcCIhw%3D",
            headers: [("Content-Type", "application/octet-stream")], body: Data([0xFF, 0x00, 0x80])),
        .init(method: "GET", host: "example.com", path: "/a%20b/c+d", query: [("b", "2 3"), ("a", "+&="), ("a", "!")]),
    ]

    @Test("botocore's signer comes to the same signature", .enabled(if: Botocore.isPresent), arguments: requests.indices)
    func botocore(_ index: Int) throws {
        let request = Self.requests[index]
        let signer = SigV4Signer(
            credentials: AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret/+", sessionToken: "token=="),
            region: "eu-central-1", service: "execute-api")
        let authorization = try #require(signer.headers(for: request, at: Date(timeIntervalSince1970: 1_700_000_000)).last?.value)
        let input: [String: Any] = [
            "method": request.method, "url": "http://\(request.host)\(request.path)",
            "params": request.query.map { [$0.name, $0.value] }, "headers": request.headers.map { [$0.name, $0.value] },
            "body": request.body.base64EncodedString(),
        ]
        let program = """
            import base64, datetime, json, sys
            import botocore.auth, botocore.awsrequest, botocore.credentials
            botocore.auth.get_current_datetime = lambda *a, **k: datetime.datetime(2023, 11, 14, 22, 13, 20)
            r = json.load(sys.stdin)
            request = botocore.awsrequest.AWSRequest(r["method"], r["url"], data=base64.b64decode(r["body"]))
            request.params = [tuple(p) for p in r["params"]]
            for name, value in r["headers"]: request.headers[name] = value
            credentials = botocore.credentials.Credentials("AKID", "secret/+", "token==")
            botocore.auth.SigV4Auth(credentials, "execute-api", "eu-central-1").add_auth(request)
            print(request.headers["Authorization"])
            """
        #expect(try Botocore.run(program, input: input) == authorization)
    }

    @Test("credentials print neither secret nor token")
    func credentialsInLogs() {
        let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: "hidden", sessionToken: "veiled")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains("hidden") && !text.contains("veiled") && text.contains("AKID"))
        }
    }
}
