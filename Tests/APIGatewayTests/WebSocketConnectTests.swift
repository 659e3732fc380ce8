import DeploymentTemplate
import Foundation
import FunctionPool
import LambdaEvents
import Testing

@Suite struct WebSocketConnectTests {
    @Test(
        "the event of $connect has the shape of AWS's samples", .enabled(if: Samples.arePresent),
        arguments: [
            "swift--APIGateway-Websockets-exampleConnectEventBody.json", "rust--apigw-websocket-request-without-method.json",
        ])
    func sample(name: String) throws {
        let sample = try Samples.event(name)
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            _ = try harness.open("Origin: https://a.example\r\nSec-WebSocket-Extensions: permessage-deflate\r\n")
            let event = harness.invoker.nextEvent()
            let absent = shape(sample).subtracting(shape(event)).filter { !$0.contains("apiKey") && !$0.contains("x-api-key") }
            #expect(absent == [])
            let context = try #require(event["requestContext"])
            for key in ["routeKey", "eventType", "messageDirection", "stage"] where key != "stage" || name.hasPrefix("swift") {
                #expect(context[key] == sample["requestContext"]?[key], "\(key)")
            }
            #expect(context["connectedAt"] == 1_584_039_838_390)
            #expect(context["requestTimeEpoch"] == 1_584_039_838_390)
            #expect(context["requestTime"] == "12/Mar/2020:19:03:58 +0000")
            #expect(
                context["connectionId"]?.stringValue?.count == sample["requestContext"]?["extendedRequestId"]?.stringValue?.count
                    || name.hasPrefix("rust"))
            #expect(event["headers"]?["Sec-WebSocket-Key"] == "dGhlIHNhbXBsZSBub25jZQ==")
            #expect(event["headers"]?["Upgrade"] == nil)
        }
    }

    @Test("duplicate headers and parameters: the last alone, and all in order")
    func multipleValues() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            _ = try harness.open("X-A: 1\r\nX-A: 2\r\n", query: "?t=a%20b&t=c")
            let event = harness.invoker.nextEvent()
            #expect(event["headers"]?["X-A"] == "2")
            #expect(event["multiValueHeaders"]?["X-A"] == ["1", "2"])
            #expect(event["queryStringParameters"] == ["t": "c"])
            #expect(event["multiValueQueryStringParameters"] == ["t": ["a b", "c"]])
        }
    }

    @Test("the function's status decides on the handshake", arguments: [200, 204, 403, 429, 503])
    func statusDecides(status: Int) throws {
        try WebSocketHarness.serving(answer: { _, _ in .json(#"{"statusCode":\#(status)}"#) }) {
            (harness: WebSocketHarness) throws in
            let opened = try harness.open()
            #expect(opened.answer.statusLine.hasPrefix("HTTP/1.1 \(status < 300 ? 101 : status) "))
            // A client that nobody holds hangs up.
            withExtendedLifetime(opened) { #expect(harness.front.connectionCount == (status < 300 ? 1 : 0)) }
        }
    }

    @Test("a $connect that fails is 502, and one that takes 29 seconds 504")
    func failures() throws {
        try WebSocketHarness.serving(answer: { _, _ in .functionError(payload: Data("{}".utf8)) }) {
            (harness: WebSocketHarness) throws in
            #expect(try harness.open().answer.statusLine.hasPrefix("HTTP/1.1 502 "))
        }
        try WebSocketHarness.serving(answer: { _, _ in nil }) { (harness: WebSocketHarness) throws in
            let client = try WireClient(port: harness.port)
            try client.send(WireWebSocket.request + "\r\n")
            _ = harness.invoker.nextEvent()
            harness.clock.advance(bySeconds: 29)
            let answer = try client.receiveAnswer()
            #expect(answer.statusLine.hasPrefix("HTTP/1.1 504 "))
            #expect(answer.body.hasPrefix(#"{"message": "Endpoint request timed out", "connectionId":""#))
        }
    }

    @Test("another path is 403, and a plain request on the stage 426")
    func otherRequests() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            for (path, status) in [("/", 403), ("/prod", 403), ("/dev/x", 403), ("/dev", 426)] {
                let client = try WireClient(port: harness.port)
                try client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.receiveAnswer().statusLine.hasPrefix("HTTP/1.1 \(status) "))
            }
            #expect(harness.invoker.waitingEvents == 0)
        }
    }

    @Test("the subprotocol that $connect answers is the handshake's, and is in no journal")
    func subprotocol() throws {
        let answer = #"{"statusCode":200,"headers":{"sec-websocket-protocol":"roost.bearer"}}"#
        try WebSocketHarness.serving(answer: { _, _ in .json(answer) }) { (harness: WebSocketHarness) throws in
            let client = try harness.open("Sec-WebSocket-Protocol: roost.bearer, s3cret\r\n", query: "?token=s3cret")
            #expect(client.answer.header("Sec-WebSocket-Protocol") == "roost.bearer")
            #expect(harness.invoker.nextEvent()["headers"]?["Sec-WebSocket-Protocol"] == "roost.bearer, s3cret")
            let journal = try JSONEncoder().encode(harness.journal.entries())
            #expect(!String(decoding: journal, as: UTF8.self).contains("s3cret"))
        }
    }

    @Test("a message that is sent before $connect has answered waits for it")
    func noMessageBeforeConnect() throws {
        try WebSocketHarness.serving(answer: { _, event in
            event["requestContext"]?["eventType"] == "CONNECT" ? nil : WebSocketHarness.ok
        }) { (harness: WebSocketHarness) throws in
            let client = try WireClient(port: harness.port)
            let early = WireWebSocket.frame(1, Array("{}".utf8))
            try client.send(bytes: Array((WireWebSocket.request + "\r\n").utf8) + early)
            let connect = harness.invoker.nextEvent()
            #expect(harness.invoker.waitingEvents == 0)
            let id = try #require(connect["requestContext"]?["connectionId"]?.stringValue)
            #expect(try harness.connections("POST", id, body: [0x61]).statusLine.hasPrefix("HTTP/1.1 410 "))
            harness.invoker.release(WebSocketHarness.ok)
            #expect(try client.receiveHead().statusLine.hasPrefix("HTTP/1.1 101 "))
            #expect(harness.invoker.nextEvent()["requestContext"]?["eventType"] == "MESSAGE")
        }
    }

    @Test("an API without $connect lets everyone in")
    func noConnectRoute() throws {
        try WebSocketHarness.serving(WebSocketHarness.api(["$default"])) { (harness: WebSocketHarness) throws in
            #expect(try harness.open().answer.statusLine.hasPrefix("HTTP/1.1 101 "))
        }
    }
}
