import DeploymentTemplate
import Foundation
import FunctionPool
import LambdaEvents
import Synchronization
import Testing

@Suite struct HTTPAnswerTests {
    static let api = Deployment.HTTPAPI(id: "id", routes: [HTTPHarness.route("ANY", "/{proxy+}")])

    func answer(_ outcome: InvocationResult.Outcome, to head: String = "GET /x HTTP/1.1") throws -> WireClient.Answer {
        var answer: WireClient.Answer?
        try HTTPHarness.serving(Self.api, answer: { _, _ in outcome }) { answer = try $0.answer(head) }
        return try #require(answer)
    }

    @Test("status, headers, cookies and body come as the function says")
    func explicit() throws {
        let answer = try answer(
            .json(
                #"{"statusCode":201,"headers":{"X-A":"1","X-N":2,"Content-Type":"text/html"},"cookies":["a=1; Path=/","b=2"],"body":"<p>"}"#
            ))
        #expect(answer.statusLine == "HTTP/1.1 201 Created")
        #expect(answer.header("X-A") == "1")
        #expect(answer.header("X-N") == "2")
        #expect(answer.header("Content-Type") == "text/html")
        #expect(answer.headers.filter { $0.name == "Set-Cookie" }.map(\.value) == ["a=1; Path=/", "b=2"])
        #expect(answer.body == "<p>")
        #expect(answer.header("Apigw-Requestid")?.count == 16)
    }

    @Test("a base64 body is decoded")
    func base64() throws {
        let answer = try answer(.json(#"{"statusCode":200,"isBase64Encoded":true,"body":"aGVsbG8="}"#))
        #expect(answer.body == "hello")
        #expect(answer.header("Content-Type") == "text/plain;charset=UTF-8")
    }

    @Test(
        "an answer without a status is the body itself",
        arguments: [
            (#"{"message": "hi"}"#, #"{"message": "hi"}"#), (#""hi""#, "hi"), ("[1,2]", "[1,2]"), ("null", "null"), ("7", "7"),
        ])
    func inferred(payload: String, body: String) throws {
        let answer = try answer(.json(payload))
        #expect(answer.statusLine == "HTTP/1.1 200 OK")
        #expect(answer.header("Content-Type") == "application/json")
        #expect(answer.body == body)
    }

    @Test(
        "an answer that is none is 500",
        arguments: [
            "", "{", #"{"statusCode":"x"}"#, #"{"statusCode":99}"#, #"{"statusCode":200,"body":{}}"#,
            #"{"statusCode":200,"headers":{"X-A":"a\r\nX-B: b"}}"#, #"{"statusCode":200,"headers":{"X-A":{}}}"#,
            #"{"statusCode":200,"isBase64Encoded":true,"body":"%"}"#, #"{"statusCode":200,"cookies":"a=1"}"#,
        ])
    func broken(payload: String) throws {
        let answer = try answer(.json(payload))
        #expect(answer.statusLine == "HTTP/1.1 500 Internal Server Error")
        #expect(answer.body == #"{"message":"Internal Server Error"}"#)
        #expect(answer.header("Content-Type") == "application/json")
    }

    @Test("what the pool says becomes the gateway's answer")
    func poolOutcomes() throws {
        let cases: [(InvocationResult.Outcome, String, String)] = [
            (.functionError(payload: Data(#"{"errorType":"X"}"#.utf8)), "500 Internal Server Error", "Internal Server Error"),
            (.refused(.throttled), "503 Service Unavailable", "Service Unavailable"),
            (.refused(.payloadTooLarge(bytes: 1)), "413 Payload Too Large", "Request Entity Too Large"),
            (.refused(.unknownFunction("api")), "500 Internal Server Error", "Internal Server Error"),
        ]
        for (outcome, status, message) in cases {
            let answer = try answer(outcome)
            #expect(answer.statusLine == "HTTP/1.1 " + status || answer.statusLine.hasPrefix("HTTP/1.1 " + status.prefix(4)))
            #expect(answer.body == #"{"message":"\#(message)"}"#)
        }
    }

    @Test("a function that takes longer than its integration may is 503, and what it answers later is dropped")
    func timeout() throws {
        try HTTPHarness.serving(Self.api, answer: { _, _ in nil }) { (harness: HTTPHarness) throws in
            let client = try harness.send("GET /x HTTP/1.1")
            _ = harness.invoker.nextEvent()
            harness.clock.advance(bySeconds: 30)
            let answer = try client.receiveAnswer()
            #expect(answer.statusLine == "HTTP/1.1 503 Service Unavailable")
            #expect(answer.body == #"{"message":"Service Unavailable"}"#)
            harness.invoker.release(.json("{}"))
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.receiveAnswer().statusLine == "HTTP/1.1 404 Not Found")
        }
    }

    @Test("the limits of headers and bodies")
    func limits() throws {
        try HTTPHarness.serving(Self.api) { (harness: HTTPHarness) throws in
            let header = "GET /x HTTP/1.1\nX-Large: " + String(repeating: "x", count: 10_240)
            #expect(try harness.answer(header).statusLine.hasPrefix("HTTP/1.1 431 "))
            let client = try WireClient(port: harness.port)
            try client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: \(10 * 1024 * 1024 + 1)\r\n\r\n")
            let answer = try client.receiveAnswer()
            #expect(answer.statusLine.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.body == #"{"message":"Request Entity Too Large"}"#)
        }
    }

    @Test("HEAD gets the headers and no body")
    func head() throws {
        let answer = try answer(.json(#"{"statusCode":200,"body":"four"}"#), to: "HEAD /x HTTP/1.1")
        #expect(answer.header("Content-Length") == "4")
    }
}
