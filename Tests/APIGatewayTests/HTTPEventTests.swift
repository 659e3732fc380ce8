import DeploymentTemplate
import Foundation
import LambdaEvents
import Testing

@Suite struct HTTPEventTests {
    static let api = Deployment.HTTPAPI(
        id: "id", routes: [HTTPHarness.route("$default", "$default"), HTTPHarness.route("ANY", "/items/{proxy+}")])

    @Test(
        "a request makes the event that AWS documents for it", .enabled(if: Samples.arePresent),
        arguments: ["swift--APIGateway-V2-fullExamplePayload.json"])
    func sample(name: String) throws {
        let sample = try Samples.event(name)
        try HTTPHarness.serving(Self.api) { (harness: HTTPHarness) throws in
            let event = try harness.event(
                """
                POST /my/path?parameter1=value1&parameter1=value2&parameter2=value HTTP/1.1
                Cookie: cookie1; cookie2
                Header1: value1
                Header2: value1
                header2: value2
                Content-Type: text/plain
                User-Agent: agent
                """, body: Array("Hello from Lambda".utf8))
            let same = [
                "version", "routeKey", "rawPath", "rawQueryString", "cookies", "queryStringParameters", "body", "isBase64Encoded",
            ]
            for key in same { #expect(event[key] == sample[key], "\(key)") }
            #expect(event["headers"]?["header1"] == sample["headers"]?["header1"])
            #expect(event["headers"]?["header2"] == sample["headers"]?["header2"])
            let context = try #require(event["requestContext"])
            for key in ["accountId", "domainPrefix", "routeKey", "stage", "time"] {
                #expect(context[key] == sample["requestContext"]?[key], "\(key)")
            }
            for key in ["method", "path", "protocol", "userAgent"] {
                #expect(context["http"]?[key] == sample["requestContext"]?["http"]?[key], "\(key)")
            }
            // What depends on the API's configuration: mutual TLS, an authorizer, a path's variables, stage variables.
            let absent = shape(sample).subtracting(shape(event)).filter { line in
                ![".authentication", ".authorizer", ".pathParameters", ".stageVariables"].contains { line.contains($0) }
            }
            #expect(absent == [])
        }
    }

    @Test("an event's time is the clock's, in the Common Log Format and in milliseconds")
    func time() throws {
        try HTTPHarness.serving(Self.api) { (harness: HTTPHarness) throws in
            let context = try #require(try harness.event("GET / HTTP/1.1")["requestContext"])
            #expect(context["time"] == "12/Mar/2020:19:03:58 +0000")
            #expect(context["timeEpoch"] == 1_584_039_838_390)
            #expect(context["http"]?["sourceIp"] == "127.0.0.1")
            #expect(context["domainName"] == "id.execute-api.eu-central-1.amazonaws.com")
        }
    }

    @Test("a request without a body, a query, cookies or path variables has no such members")
    func absentMembers() throws {
        try HTTPHarness.serving(Self.api) { (harness: HTTPHarness) throws in
            let event = try harness.event("GET /nothing HTTP/1.1")
            #expect(event["rawQueryString"] == "")
            #expect(event["isBase64Encoded"] == false)
            for key in ["body", "cookies", "queryStringParameters", "pathParameters", "type", "routeArn", "identitySource"] {
                #expect(event[key] == nil, "\(key)")
            }
            #expect(event["requestContext"]?["authorizer"] == nil)
        }
    }

    @Test("the path is decoded, the raw query is not, its parameters are")
    func encodings() throws {
        try HTTPHarness.serving(Self.api) { (harness: HTTPHarness) throws in
            let event = try harness.event("GET /items/a%2Fb%20c/%C3%BC?q=a+b%26c&empty&q=%zz HTTP/1.1")
            #expect(event["rawPath"] == "/items/a/b c/ü")
            #expect(event["rawQueryString"] == "q=a+b%26c&empty&q=%zz")
            #expect(event["queryStringParameters"] == ["q": "a b&c,%zz", "empty": ""])
            #expect(event["pathParameters"] == ["proxy": "a/b c/ü"])
            #expect(event["routeKey"] == "ANY /items/{proxy+}")
        }
    }

    @Test(
        "a body is text for textual types and base64 for all others",
        arguments: [
            ("text/csv", false), ("application/json; charset=utf-8", false), ("application/xml", false),
            ("application/javascript", false), ("application/x-www-form-urlencoded", true), ("image/png", true),
            ("multipart/form-data; boundary=x", true),
        ])
    func bodies(type: String, isBase64: Bool) throws {
        try HTTPHarness.serving(Self.api) { (harness: HTTPHarness) throws in
            let event = try harness.event("POST / HTTP/1.1\nContent-Type: \(type)", body: Array("a=1".utf8))
            #expect(event["isBase64Encoded"] == .bool(isBase64))
            #expect(event["body"] == .string(isBase64 ? "YT0x" : "a=1"))
            #expect(event["headers"]?["content-length"] == "3")
        }
    }

    @Test("a body without a type is base64")
    func untyped() throws {
        try HTTPHarness.serving(Self.api) { (harness: HTTPHarness) throws in
            let event = try harness.event("POST / HTTP/1.1", body: [0, 255])
            #expect(event["isBase64Encoded"] == true)
            #expect(event["body"] == "AP8=")
        }
    }

    @Test("a stage that is not $default is part of the path, and another path is not found")
    func stage() throws {
        let api = Deployment.HTTPAPI(id: "id", stage: "dev", routes: [HTTPHarness.route("GET", "/items")])
        try HTTPHarness.serving(api) { (harness: HTTPHarness) throws in
            #expect(try harness.event("GET /dev/items HTTP/1.1")["rawPath"] == "/dev/items")
            #expect(try harness.answer("GET /items HTTP/1.1").body == #"{"message":"Not Found"}"#)
            #expect(try harness.answer("GET /development/items HTTP/1.1").statusLine == "HTTP/1.1 404 Not Found")
        }
    }
}
