import DeploymentTemplate
import Foundation
import FunctionPool
import LambdaEvents
import Testing

@Suite struct ConnectionsAPITests {
    @Test("POST reaches the client, as text where it is UTF-8")
    func post() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected()
            let answer = try harness.connections("POST", id, body: Array("grüße".utf8))
            #expect(answer.statusLine == "HTTP/1.1 200 OK")
            #expect(answer.body == "")
            #expect(try client.receive() == .init(opcode: 1, payload: Array("grüße".utf8)))
            _ = try harness.connections("POST", id, body: [0xFF])
            #expect(try client.receive() == .init(opcode: 2, payload: [0xFF]))
        }
    }

    @Test("GET describes the client by the service model's names")
    func get() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected("User-Agent: agent\r\n")
            harness.clock.advance(bySeconds: 2)
            try client.send("x")
            _ = harness.invoker.nextEvent()
            let answer = try harness.connections("GET", id)
            let body = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.utf8))
            let expected: JSONValue = [
                "connectedAt": "2020-03-12T19:03:58Z", "lastActiveAt": "2020-03-12T19:04:00Z",
                "identity": ["sourceIp": "127.0.0.1", "userAgent": "agent"],
            ]
            #expect(body == expected)
        }
    }

    @Test("DELETE closes the client, which is gone then")
    func delete() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected()
            #expect(try harness.connections("DELETE", id).statusLine == "HTTP/1.1 204 No Content")
            #expect(try client.receive().code == 1000)
            try client.send(8, [0x03, 0xE8])
            _ = harness.invoker.nextEvent()
            for method in ["POST", "GET", "DELETE"] {
                let answer = try harness.connections(method, id)
                #expect(answer.statusLine == "HTTP/1.1 410 Gone")
                #expect(answer.header("x-amzn-ErrorType") == "GoneException")
            }
        }
    }

    @Test("refusals: unsigned, another stage, another method, a malformed id, too large a message")
    func refusals() throws {
        try WebSocketHarness.serving { (harness: WebSocketHarness) throws in
            let (_, id) = try harness.connected()
            let unsigned = try harness.connections("POST", id, signed: false)
            #expect(unsigned.statusLine == "HTTP/1.1 403 Forbidden")
            #expect(unsigned.body == #"{"message":"Missing Authentication Token"}"#)
            #expect(try harness.connections("PATCH", id).header("x-amzn-ErrorType") == "ForbiddenException")
            let malformed = try harness.connections("POST", "nobody")
            #expect(malformed.statusLine == "HTTP/1.1 400 Bad Request")
            #expect(malformed.body == #"{"message":"Invalid connectionId: nobody"}"#)
            let large = try harness.connections("POST", id, body: [UInt8](repeating: 0x61, count: 128 * 1024 + 1))
            #expect(large.statusLine.hasPrefix("HTTP/1.1 413 "))
            #expect(large.header("x-amzn-ErrorType") == "PayloadTooLargeException")
            #expect(harness.front.takesConnections(path: "/dev/@connections/abc%3D"))
            #expect(harness.front.takesConnections(path: "/dev/%40connections/abc"))
            #expect(!harness.front.takesConnections(path: "/prod/@connections/abc"))
            #expect(!harness.front.takesConnections(path: "/dev/@connections"))
        }
    }

    @Test("a function may send to its client while it deals with the client's message")
    func sendFromFunction() throws {
        try WebSocketHarness.serving(answer: { _, event in
            event["requestContext"]?["eventType"] == "MESSAGE" ? nil : WebSocketHarness.ok
        }) { (harness: WebSocketHarness) throws in
            let (client, id) = try harness.connected()
            try client.send("question")
            _ = harness.invoker.nextEvent()
            #expect(try harness.connections("POST", id, body: Array("answer".utf8)).statusLine == "HTTP/1.1 200 OK")
            #expect(try client.receive().text == "answer")
            harness.invoker.release(WebSocketHarness.ok)
        }
    }
}
