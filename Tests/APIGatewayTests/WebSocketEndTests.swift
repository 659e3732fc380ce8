import DeploymentTemplate
import Foundation
import FunctionPool
import LambdaEvents
import Testing

@Suite struct WebSocketEndTests {
    @Test(
        "the event of $disconnect has the shape of AWS's samples", .enabled(if: Samples.arePresent),
        arguments: [
            ("go--apigw-websocket-request-disconnect.json", [UInt8]([0x03, 0xE9])),
            ("rust--apigw-websocket-request-disconnect-route.json", []),
        ])
    func sample(name: String, close: [UInt8]) throws {
        let sample = try Samples.event(name)
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected(name.hasPrefix("go") ? "User-Agent: agent\r\n" : "")
            try client.send(8, close)
            let event = harness.invoker.nextEvent()
            #expect(shape(event) == shape(sample))
            let context = try #require(event["requestContext"])
            for key in ["routeKey", "eventType", "messageDirection", "disconnectStatusCode", "disconnectReason"] {
                #expect(context[key] == sample["requestContext"]?[key], "\(key)")
            }
            #expect(context["connectionId"] == .string(id))
        }
    }

    @Test("a lost connection is told as 1006")
    func lost() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            _ = try harness.connected()
            #expect(harness.invoker.nextEvent()["requestContext"]?["disconnectStatusCode"] == 1006)
            #expect(harness.front.connectionCount == 0)
        }
    }

    @Test("a client that leaves while $connect runs gets its $disconnect all the same")
    func leftDuringConnect() throws {
        try WebSocketHarness.serving(answer: { _, event in
            event["requestContext"]?["eventType"] == "CONNECT" ? nil : WebSocketHarness.ok
        }) { (harness: WebSocketHarness) throws in
            var client: WireClient? = try WireClient(port: harness.port)
            try client?.send(WireWebSocket.request + "\r\n")
            let id = harness.invoker.nextEvent()["requestContext"]?["connectionId"]
            client = nil
            harness.invoker.release(WebSocketHarness.ok)
            let context = harness.invoker.nextEvent()["requestContext"]
            #expect(context?["eventType"] == "DISCONNECT")
            #expect(context?["disconnectStatusCode"] == 1006)
            #expect(context?["connectionId"] == id)
        }
    }

    @Test("ten minutes of silence end a connection, and any traffic starts them anew")
    func idle() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected()
            harness.clock.advance(bySeconds: 599)
            #expect(try harness.connections("POST", id, body: Array("x".utf8)).statusLine == "HTTP/1.1 200 OK")
            #expect(try client.receive().text == "x")
            harness.clock.advance(bySeconds: 599)
            #expect(harness.front.connectionCount == 1)
            harness.clock.advance(bySeconds: 1)
            let close = try client.receive()
            #expect(close.opcode == 8)
            #expect(close.code == 1001)
            try client.send(8, [0x03, 0xE9])
            let context = harness.invoker.nextEvent()["requestContext"]
            #expect(context?["disconnectStatusCode"] == 1001)
            #expect(context?["disconnectReason"] == "Going away")
        }
    }

    @Test("two hours end a connection that is busy")
    func duration() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected()
            for _ in 0..<13 {
                harness.clock.advance(bySeconds: 550)
                #expect(try harness.connections("POST", id, body: [0x61]).statusLine == "HTTP/1.1 200 OK")
                #expect(try client.receive().opcode == 1)
            }
            harness.clock.advance(bySeconds: 50)
            #expect(try client.receive().code == 1001)
        }
    }

    @Test("stopping closes every client with 1001 and runs their $disconnects")
    func stop() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let clients = try (0..<5).map { _ in try harness.connected().client }
            let stopped = DispatchSemaphore(value: 0)
            let front = harness.front
            DispatchQueue.global().async {
                front.stop(within: 10)
                stopped.signal()
            }
            for client in clients {
                #expect(try client.receive().code == 1001)
                try client.send(8, [0x03, 0xE9])
            }
            #expect(stopped.wait(timeout: .now() + 5) == .success)
            for _ in clients { #expect(harness.invoker.nextEvent()["requestContext"]?["disconnectStatusCode"] == 1001) }
            #expect(try harness.open().answer.statusLine.hasPrefix("HTTP/1.1 503 "))
        }
    }
}
