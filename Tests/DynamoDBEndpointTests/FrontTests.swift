import DynamoDBEndpoint
import Foundation
import Testing

@Suite("The endpoint over HTTP")
struct FrontTests {
    static let signed = [
        "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "DynamoDB_20120810.ListTables",
        "Authorization":
            "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    ]

    static func reply(
        _ headers: [String: String], _ body: Data = Data("{}".utf8), method: String = "POST", uri: String = "/",
        fixture: EndpointFixture? = nil
    ) async throws -> DynamoDBReply {
        let front = DynamoDBFront((try fixture ?? EndpointFixture()).endpoint)
        let fields = headers.map { (name: $0.key, value: $0.value) }
        let request = DynamoDBRequest(
            method: method, uri: uri, body: Array(body),
            header: { name in fields.first { $0.name.lowercased() == name.lowercased() }?.value }, headers: { fields })
        return await withCheckedContinuation { continuation in
            front.respond(to: request) { continuation.resume(returning: $0) }
        }
    }

    static func text(_ reply: DynamoDBReply) -> String { String(decoding: reply.body, as: UTF8.self) }

    @Test(
        "what is no POST of JSON is not found, with the service's own checksum",
        arguments: [
            ("PUT", "/", "application/json", "{}"), ("DELETE", "/", "", ""), ("OPTIONS", "/", "", ""), ("GET", "/health", "", ""),
            ("POST", "/", "", "hi"), ("POST", "/", "whatever", "hi"),
        ])
    func notFound(method: String, uri: String, contentType: String, body: String) async throws {
        let headers = contentType.isEmpty ? [:] : ["Content-Type": contentType]
        let reply = try await Self.reply(headers, Data(body.utf8), method: method, uri: uri)
        #expect(reply.status == 404)
        #expect(Self.text(reply) == "<UnknownOperationException/>\n")
        #expect(reply.header("x-amz-crc32") == "3552371480")
        #expect(reply.header("x-amzn-RequestId")?.count == 52)
    }

    @Test("the health check names the host that was asked")
    func health() async throws {
        let reply = try await Self.reply(["Host": "dynamodb.us-east-1.amazonaws.com"], Data(), method: "GET")
        #expect(reply.status == 200)
        #expect(Self.text(reply).trimmingCharacters(in: .whitespacesAndNewlines) == "healthy: dynamodb.us-east-1.amazonaws.com")
    }

    @Test("an answer has the request's content type")
    func contentType() async throws {
        for (sent, expected) in [
            ("application/x-amz-json-1.0", "application/x-amz-json-1.0"), ("application/json", "application/json"),
            ("Application/JSON; charset=utf-8", "application/json"),
        ] {
            let reply = try await Self.reply(Self.signed.merging(["Content-Type": sent]) { $1 })
            #expect(reply.status == 200)
            #expect(reply.header("Content-Type") == expected)
        }
        let untyped = try await Self.reply([:], Data())
        #expect(untyped.header("Content-Type") == "application/json")
        #expect(Self.text(untyped) == #"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#)
    }

    // MARK: Who may ask

    @Test("the text comes before the target, the target before the signature, the signature before what is said")
    func order() async throws {
        var headers = Self.signed
        headers["Authorization"] = nil
        #expect(Self.text(try await Self.reply(headers, Data("hi".utf8))).contains("SerializationException"))
        #expect(
            Self.text(try await Self.reply(headers.merging(["X-Amz-Target": "DynamoDB_20120810.ListTable"]) { $1 }))
                .contains("UnknownOperationException"))
        let unsigned = try await Self.reply(headers)
        #expect(unsigned.status == 400)
        #expect(
            Self.text(unsigned)
                == #"{"__type":"com.amazon.coral.service#MissingAuthenticationTokenException","message":"Request is missing Authentication Token"}"#
        )
        #expect(unsigned.header("x-amz-crc32") == "2088342776")
        #expect(Self.text(try await Self.reply(headers, Data(#"{"Limit":"x"}"#.utf8))).contains("MissingAuthentication"))
        #expect(Self.text(try await Self.reply(headers, Data())).contains("MissingAuthentication"))
        #expect(Self.text(try await Self.reply(Self.signed, Data())).contains("SerializationException"))
    }

    @Test("a signature without all of its parts is incomplete, in either form; both forms at once are refused")
    func incomplete() async throws {
        func answer(_ authorization: String?, _ uri: String = "/") async throws -> String {
            var headers = Self.signed
            headers["Authorization"] = authorization
            return Self.text(try await Self.reply(headers, uri: uri))
        }
        #expect(try await answer("AWS4").contains("MissingAuthenticationTokenException"))
        #expect(try await answer("Bearer x").contains("MissingAuthenticationTokenException"))
        #expect(
            try await answer("AWS4-").contains(
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
                    + "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either "
                    + "a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-"))
        #expect(
            try await answer("AWS4-HMAC-SHA256 Credential=a,SignedHeaders=host").contains(
                "\"Authorization header requires 'Signature' parameter. "))
        // A blank, a comma or both stand between the parts.
        #expect(try await answer("AWS4-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=0") == #"{"TableNames":[]}"#)
        #expect(try await answer("AWS4-HMAC-SHA256 Credential=a SignedHeaders=host Signature=0") == #"{"TableNames":[]}"#)
        #expect(try await answer(Self.signed["Authorization"], "/?X-Amz-Algorithm=a").contains("Found both 'X-Amz-Algorithm'"))
        #expect(
            try await answer(nil, "/?X-Amz-Algorithm=a&X-Amz-Date=b").contains(
                "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include "
                    + "'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the "
                    + "query-string parameters."))
        let whole = "/?X-Amz-Algorithm=a&X-Amz-Date=b&X-Amz-Credential=c&X-Amz-Signature=d&X-Amz-SignedHeaders=host"
        #expect(try await answer(nil, whole) == #"{"TableNames":[]}"#)
    }

    // MARK: CORS

    @Test("a preflight gets what it asks for")
    func preflight() async throws {
        let reply = try await Self.reply(
            ["Origin": "http://a.test", "Access-Control-Request-Headers": "a, b, c", "Access-Control-Request-Method": "d"],
            Data(), method: "OPTIONS")
        #expect(reply.status == 200)
        #expect(reply.body.isEmpty)
        #expect(reply.header("access-control-allow-origin") == "*")
        #expect(reply.header("access-control-allow-headers") == "a, b, c")
        #expect(reply.header("access-control-allow-methods") == "d")
        #expect(reply.header("access-control-max-age") == "172800")
    }

    @Test("only a request from another origin gets CORS's fields, errors too")
    func origin() async throws {
        let without = try await Self.reply(Self.signed)
        #expect(!without.headers.contains { $0.name.hasPrefix("Access-Control") })
        for (headers, method) in [(Self.signed, "POST"), ([:], "GET"), ([:], "POST")] {
            let reply = try await Self.reply(
                headers.merging(["Origin": "http://a.test", "Access-Control-Request-Headers": "a"]) { $1 }, Data(), method: method
            )
            #expect(reply.header("Access-Control-Allow-Origin") == "*")
            #expect(reply.header("Access-Control-Expose-Headers")?.contains("x-amzn-RequestId") == true)
            #expect(reply.header("Access-Control-Max-Age") == nil)
            #expect(reply.header("Access-Control-Allow-Headers") == nil)
        }
    }

    // MARK: Content codings

    /// `{}` by the command-line gzip.
    private static let packed = Data(base64Encoded: "H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA==") ?? Data()

    @Test("a packed request is unpacked, one member or several")
    func packedRequest() async throws {
        let headers = Self.signed.merging(["Content-Encoding": "gzip"]) { $1 }
        #expect(Self.text(try await Self.reply(headers, Self.packed)) == #"{"TableNames":[]}"#)
        // Two members are `{}{}`, which is no JSON.
        #expect(Self.text(try await Self.reply(headers, Self.packed + Self.packed)).contains("SerializationException"))
    }

    @Test("a body that is not in its coding, and a coding that is none, are a failure of the service's")
    func brokenCoding() async throws {
        let bodies = [Data(), Data("{}".utf8), Self.packed.dropLast(), Self.packed + Data("junk".utf8)]
        for body in bodies {
            #expect(try await Self.reply(Self.signed.merging(["Content-Encoding": "gzip"]) { $1 }, body).status == 500)
        }
        #expect(try await Self.reply(Self.signed.merging(["Content-Encoding": "garbage"]) { $1 }).status == 500)
        #expect(try await Self.reply(Self.signed.merging(["Content-Encoding": "identity"]) { $1 }).status == 200)
    }

    @Test("a body of more than 16 MB is too large")
    func tooLarge() async throws {
        let reply = try await Self.reply(Self.signed, Data(count: 16 << 20 | 1))
        #expect(reply.status == 413)
    }

    @Test(
        "the answer's coding is the one of the highest quality",
        arguments: [
            ("gzip", "gzip"), ("deflate", "deflate"), ("GZIP, identity", "gzip"), ("br, identity, deflate, gzip", "deflate"),
            ("dog, gzip ,, cat", "gzip"), ("gzip;q=0.8, deflate;q=0.5", "gzip"), ("*", "gzip"), ("*, deflate;q=0.5", "gzip"),
            ("br, gzip;q=0, deflate; q = 0.5 , identity;q=0", "deflate"), ("*, deflate", "deflate"), ("*, gzip;q=0.5", "deflate"),
            ("*;q=0.5,identity", "gzip"), ("gzip;q=31,deflate;q=51", "gzip"), ("deflate;q=0.5, gzip;q=1;q=0.2", "gzip"),
            ("deflate;q=0.5,gzip;q=0.", "deflate"), ("deflate;q=0.5,gzip;q=0.x", "gzip"), ("deflate;q=-0.5,gzip;q=0.2", "gzip"),
            ("gzip;q=0, gzip;q=1, gzip;q=0", "gzip"), ("br,identity;q=0.5,gzip;q=0.0001", "gzip"),
            ("identity", nil), ("", nil), ("br", nil), ("x-gzip", nil), ("gzip ;q=0", nil), ("*;q=0", nil), ("identity;q=0", nil),
            ("br;q=0.8,identity;q=0.5,*;q=0", nil), ("\"gzip\"", nil), ("gzip br", nil), ("gzip:q=1", nil),
            ("gzip;nq=1;q=0 ", nil),
        ] as [(String, String?)])
    func acceptedCoding(field: String, expected: String?) async throws {
        let fixture = try await EndpointFixture.withTable()
        let text = String(repeating: "x", count: 5000)
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"},"x":{"S":"\#(text)"}}}"#)
        let headers = Self.signed.merging(
            ["X-Amz-Target": "DynamoDB_20120810.GetItem", "Accept-Encoding": field]) { $1 }
        let body = Data(#"{"TableName":"tab","Key":{"pk":{"S":"a"}}}"#.utf8)
        let reply = try await Self.reply(headers, body, fixture: fixture)
        #expect(reply.header("Content-Encoding") == expected)
        #expect((reply.body.count < 1000) == (expected != nil))
        // RFC 1952, 2.3.1, and RFC 1950, 2.2: how each format begins.
        if expected == "gzip" { #expect(reply.body.starts(with: [0x1F, 0x8B])) }
        if expected == "deflate" { #expect(reply.body.first == 0x78) }
    }
}
