import APIGateway
import DeploymentTemplate
import Foundation
import FunctionPool
import LambdaEvents
import Testing

@Suite struct WebSocketMessageTests {
    @Test("the event of a message has the shape of AWS's sample", .enabled(if: Samples.arePresent))
    func sample() throws {
        let sample = try Samples.event("go--apigw-websocket-request-send-message.json")
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected("User-Agent: agent\r\n")
            harness.clock.advance(bySeconds: 1)
            try client.send(sample["body"]?.stringValue ?? "")
            let event = harness.invoker.nextEvent()
            #expect(shape(event) == shape(sample))
            #expect(event["body"] == sample["body"])
            let context = try #require(event["requestContext"])
            for key in ["routeKey", "eventType", "messageDirection"] {
                #expect(context[key] == sample["requestContext"]?[key], "\(key)")
            }
            #expect(context["connectionId"] == .string(id))
            #expect(context["connectedAt"] == 1_584_039_838_390)
            #expect(context["requestTimeEpoch"] == 1_584_039_839_390)
        }
    }

    @Test(
        "a message's member chooses its route",
        arguments: [
            (#"{"event":"ping"}"#, "ping"), (#"{"event":"other"}"#, "$default"), ("no json", "$default"), ("[1]", "$default"),
            (#"{"event":"$connect"}"#, "$default"), (#"{"event":{"ping":1}}"#, "$default"),
        ])
    func selection(message: String, route: String) throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, _) = try harness.connected()
            try client.send(message)
            #expect(harness.invoker.nextEvent()["requestContext"]?["routeKey"] == .string(route))
        }
    }

    @Test("without $default a message for no route is answered by the gateway")
    func noDefault() throws {
        try WebSocketHarness.serving(WebSocketHarness.api(["$connect"])) { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected()
            try client.send("x")
            let text = try client.receive().text
            #expect(text.hasPrefix(#"{"message": "Forbidden", "connectionId":"\#(id)", "requestId":""#))
        }
    }

    @Test("a binary message is carried in base64")
    func binary() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, _) = try harness.connected()
            try client.send(2, [0, 255])
            let event = harness.invoker.nextEvent()
            #expect(event["body"] == "AP8=")
            #expect(event["isBase64Encoded"] == true)
        }
    }

    @Test("what a function answers is not sent; that it failed, or took too long, is")
    func failures() throws {
        let answers: @Sendable (String, JSONValue) -> InvocationResult.Outcome? = { _, event in
            switch event["body"]?.stringValue {
            case "fine": .json(#"{"statusCode":200,"body":"not sent"}"#)
            case "refused": .json(#"{"statusCode":500}"#)
            case "fails": .functionError(payload: Data("{}".utf8))
            case "slow": nil
            default: WebSocketHarness.ok
            }
        }
        try WebSocketHarness.serving(answer: answers) { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected()
            for message in ["fine", "refused", "fails"] {
                try client.send(message)
                _ = harness.invoker.nextEvent()
            }
            let failed = try client.receive().text
            #expect(failed.hasPrefix(#"{"message": "Internal server error", "connectionId":"\#(id)", "requestId":""#))
            try client.send("slow")
            _ = harness.invoker.nextEvent()
            harness.clock.advance(bySeconds: 29)
            #expect(try client.receive().text.hasPrefix(#"{"message": "Endpoint request timed out","#))
        }
    }

    @Test("messages reach their functions in order, also while others still run")
    func order() throws {
        try WebSocketHarness.serving(answer: { _, event in
            event["requestContext"]?["eventType"] == "MESSAGE" ? nil : WebSocketHarness.ok
        }) { (harness: WebSocketHarness) throws in
            let (client, _) = try harness.connected()
            for number in 0..<200 { try client.send("\(number)") }
            var seen: [String] = []
            for _ in 0..<200 {
                seen.append(harness.invoker.nextEvent()["body"]?.stringValue ?? "")
                // Above the limit of overlapping invocations the rest waits for these.
                if seen.count >= 60 { harness.invoker.release(WebSocketHarness.ok) }
            }
            #expect(seen == (0..<200).map { "\($0)" })
        }
    }

    @Test("sizes: 128 KB in frames of 32 KB pass, a larger frame closes with 1009")
    func sizes() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, _) = try harness.connected()
            let part = [UInt8](repeating: 0x61, count: 32 * 1024)
            for number in 0..<4 { try client.send(number == 0 ? 1 : 0, part, final: number == 3) }
            #expect(harness.invoker.nextEvent()["body"]?.stringValue?.utf8.count == 128 * 1024)
            try client.send(1, part + [0x61])
            #expect(try client.receive().code == 1009)
            let disconnect = harness.invoker.nextEvent()["requestContext"]
            #expect(disconnect?["eventType"] == "DISCONNECT")
            #expect(disconnect?["disconnectStatusCode"] == 1009)
        }
    }

    @Test("what cannot select a route is refused by name")
    func unsupportedSelection() {
        for expression in ["$request.header.x", "$request.body.", "event"] {
            var api = WebSocketHarness.api()
            api.routeSelectionExpression = expression
            #expect(throws: GatewayError.unsupportedRouteSelection(expression)) { try WebSocketHarness.serving(api) { _ in } }
        }
    }
}
