import Foundation
import Synchronization
import Testing

@testable import RoostHTTPServer

/// What a connection told, in order.
final class Ends: Sendable {
    private let list = Mutex<[WebSocketClose]>([])
    private let signal = DispatchSemaphore(value: 0)

    func add(_ close: WebSocketClose) {
        list.withLock { $0.append(close) }
        signal.signal()
    }

    func next() -> WebSocketClose? {
        guard signal.wait(timeout: .now() + 20) == .success else { return nil }
        return list.withLock { $0.removeFirst() }
    }

    var count: Int { list.withLock { $0.count } }
}

@Suite struct WebSocketTests {
    /// A server that sends back what it gets, until `body` is done.
    static func echoing(
        limits: WebSocketLimits = .init(), ends: Ends = Ends(),
        onOpen: @escaping @Sendable (WebSocketConnection) -> Void = { _ in }, _ body: (UInt16) throws -> Void
    ) throws {
        let events = WebSocketEvents(
            onMessage: { connection, message in connection.send(message) }, onClose: { _, close in ends.add(close) })
        try HTTPServerTests.serving(
            .init(),
            { request, exchange in
                if let refusal = WebSocketHandshake.refusal(of: request) {
                    exchange.respond(refusal)
                } else {
                    let connection = WebSocketConnection(limits: limits, events: events)
                    if exchange.acceptWebSocket(request, as: connection) { onOpen(connection) }
                }
            }, body)
    }

    @Test("the handshake's answer is that of RFC 6455's example")
    func handshake() throws {
        try Self.echoing { port in
            let answer = try WireWebSocket(port: port).answer
            #expect(answer.statusLine == "HTTP/1.1 101 Switching Protocols")
            #expect(answer.header("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(answer.header("Upgrade") == "websocket")
            #expect(answer.header("Connection") == "Upgrade")
        }
    }

    @Test(
        "a request that is no handshake is refused",
        arguments: [
            ("Upgrade: websocket\r\n", "", 426), ("Connection: keep-alive, Upgrade\r\n", "", 426),
            ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 426),
            ("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=", 400), ("GET ", "PUT ", 426),
        ])
    func refusals(part: String, replacement: String, status: Int) throws {
        try Self.echoing { port in
            let client = try WireClient(port: port)
            try client.send(WireWebSocket.request.replacingOccurrences(of: part, with: replacement) + "\r\n")
            #expect(try client.receiveAnswer().statusLine.hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    @Test("text, binary, fragments with a ping between them, and what was sent along with the handshake come back")
    func messages() throws {
        try Self.echoing { port in
            let client = try WireWebSocket(port: port, with: WireWebSocket.frame(1, Array("early".utf8)))
            #expect(try client.receive() == .init(opcode: 1, payload: Array("early".utf8)))
            try client.send("grüße")
            #expect(try client.receive().text == "grüße")
            try client.send(2, [0, 255])
            #expect(try client.receive() == .init(opcode: 2, payload: [0, 255]))
            try client.send(1, Array("one ".utf8), final: false)
            try client.send(9, Array("p".utf8))
            try client.send(0, Array("message".utf8))
            #expect(try client.receive() == .init(opcode: 10, payload: Array("p".utf8)))
            #expect(try client.receive().text == "one message")
        }
    }

    @Test("a client's close is answered with its code, and told once")
    func clientCloses() throws {
        let ends = Ends()
        try Self.echoing(ends: ends) { port in
            let client = try WireWebSocket(port: port)
            try client.send(8, [0x0F, 0xA1] + Array("bye".utf8))
            #expect(try client.receive().code == 4001)
            #expect(try client.wire.receiveToEnd().isEmpty)
            #expect(ends.next() == WebSocketClose(code: 4001, reason: "bye", byClient: true))
        }
        #expect(ends.count == 0)
    }

    @Test("a lost connection ends with 1006")
    func lost() throws {
        let ends = Ends()
        try Self.echoing(ends: ends) { port in
            var client: WireWebSocket? = try WireWebSocket(port: port)
            try client?.send("x")
            _ = try client?.receive()
            client = nil
            #expect(ends.next() == WebSocketClose(code: 1006, reason: "", byClient: true))
        }
    }

    @Test("the server's close goes out after what was sent before it")
    func serverCloses() throws {
        let ends = Ends()
        try Self.echoing(
            ends: ends,
            onOpen: { connection in
                #expect(connection.send(.text("last words")) == .queued)
                connection.close(code: 1001, reason: "Going away")
                #expect(connection.send(.text("too late")) == .closed)
            }
        ) { port in
            let client = try WireWebSocket(port: port)
            #expect(try client.receive().text == "last words")
            let close = try client.receive()
            #expect(close.code == 1001)
            try client.send(8, [0x03, 0xE9])
            #expect(ends.next() == WebSocketClose(code: 1001, reason: "Going away", byClient: false))
        }
    }

    @Test("a client that does not answer the close frame is let go of after the time-out")
    func closeTimeout() throws {
        let ends = Ends()
        try Self.echoing(limits: .init(closeTimeoutSeconds: 0), ends: ends, onOpen: { $0.close(code: 1001) }) { port in
            let client = try WireWebSocket(port: port)
            #expect(try client.receive().code == 1001)
            #expect(ends.next()?.code == 1001)
            #expect(try client.wire.receiveToEnd().isEmpty)
        }
    }

    @Test("invalid UTF-8 closes with 1007, an unmasked frame and a reserved bit with 1002")
    func protocolErrors() throws {
        let ends = Ends()
        let cases: [([UInt8], Int)] = [
            (WireWebSocket.frame(1, [0xC3, 0x28]), 1007),
            (WireWebSocket.frame(1, [0x61], masked: false), 1002),
            ([0xC1, 0x80, 1, 2, 3, 4], 1002),
        ]
        try Self.echoing(ends: ends) { port in
            for (bytes, code) in cases {
                let client = try WireWebSocket(port: port)
                try client.wire.send(bytes: bytes)
                #expect(try client.receive().code == code)
                #expect(ends.next()?.code == UInt16(code))
            }
        }
    }

    @Test("a frame or a message over the limit closes with 1009, which a client that is still sending sees")
    func sizes() throws {
        let ends = Ends()
        try Self.echoing(ends: ends) { port in
            let fits = try WireWebSocket(port: port)
            let part = [UInt8](repeating: 0x61, count: 32 * 1024)
            for number in 0..<4 { try fits.send(number == 0 ? 1 : 0, part, final: number == 3) }
            #expect(try fits.receive().payload.count == 128 * 1024)

            let frame = try WireWebSocket(port: port)
            try frame.send(1, [UInt8](repeating: 0x61, count: 1_000_000))
            #expect(try frame.receive().code == 1009)

            let message = try WireWebSocket(port: port)
            for number in 0..<5 { try message.send(number == 0 ? 1 : 0, part, final: number == 4) }
            #expect(try message.receive().code == 1009)
            #expect(ends.next()?.code == 1009)
            #expect(ends.next()?.code == 1009)
        }
    }

    @Test("a client that does not read fills its backlog and no more")
    func backlog() throws {
        let outcome = Mutex<WebSocketConnection.SendOutcome?>(nil)
        let filled = DispatchSemaphore(value: 0)
        try Self.echoing(
            limits: .init(maximumQueuedBytes: 100_000),
            onOpen: { connection in
                DispatchQueue.global().async {
                    // The sockets' own buffers take some megabytes before the backlog grows.
                    for _ in 0..<100_000 where outcome.withLock({ $0 }) != .backlogFull {
                        let next = connection.send(.binary(Data(count: 50_000)))
                        outcome.withLock { $0 = next }
                    }
                    filled.signal()
                }
            }
        ) { port in
            let client = try WireWebSocket(port: port)
            filled.wait()
            #expect(outcome.withLock { $0 } == .backlogFull)
            #expect(try client.receive().payload.count == 50_000)
        }
    }

    @Test("messages from many threads arrive whole, each thread's in its order")
    func manySenders() throws {
        try Self.echoing(onOpen: { connection in
            for sender in 0..<8 {
                DispatchQueue.global().async {
                    for number in 0..<100 { connection.send(.text("\(sender) \(number)")) }
                }
            }
        }) { port in
            let client = try WireWebSocket(port: port)
            var next = [Int](repeating: 0, count: 8)
            for _ in 0..<800 {
                let parts = try client.receive().text.split(separator: " ").compactMap { Int($0) }
                #expect(parts[1] == next[parts[0]])
                next[parts[0]] += 1
            }
        }
    }

    @Test("a server stops with sockets open, opening and closing", arguments: 0..<10)
    func stop(round: Int) throws {
        let ends = Ends()
        var clients: [WireWebSocket] = []
        try Self.echoing(ends: ends) { port in
            for _ in 0..<5 { clients.append(try WireWebSocket(port: port)) }
            for client in clients.prefix(2) { try client.send(8, []) }
            for _ in 0..<round {
                let opening = try WireClient(port: port)
                try opening.send(WireWebSocket.request + "\r\n")
            }
        }
        // An end or a reset: but no client is left hanging.
        for client in clients { _ = try? client.wire.receiveToEnd() }
        for _ in 0..<5 { #expect(ends.next() != nil) }
    }

    @Test("a handshake accepted later, from another thread, opens")
    func lateAccept() throws {
        let events = WebSocketEvents(onMessage: { $0.send($1) }, onClose: { _, _ in })
        try HTTPServerTests.serving(
            .init(),
            { request, exchange in
                DispatchQueue.global().async {
                    let connection = WebSocketConnection(events: events)
                    connection.send(.text("hello"))
                    #expect(exchange.acceptWebSocket(request, as: connection, headers: ["Sec-WebSocket-Protocol": "p"]))
                }
            }
        ) { port in
            let client = try WireWebSocket(port: port, fields: "Sec-WebSocket-Protocol: p, q\r\n")
            #expect(client.answer.header("Sec-WebSocket-Protocol") == "p")
            #expect(try client.receive().text == "hello")
        }
    }

    @Test("a paused connection is not read from until it goes on")
    func pause() throws {
        let held = Mutex<WebSocketConnection?>(nil)
        let arrived = DispatchSemaphore(value: 0)
        let events = WebSocketEvents(
            onMessage: { connection, message in
                if message == .text("pause") {
                    connection.setPaused(true)
                    held.withLock { $0 = connection }
                    arrived.signal()
                } else {
                    connection.send(message)
                }
            }, onClose: { _, _ in })
        try HTTPServerTests.serving(
            .init(),
            { request, exchange in
                let connection = WebSocketConnection(events: events)
                connection.send(.text("open"))
                _ = exchange.acceptWebSocket(request, as: connection)
            }
        ) { port in
            let client = try WireWebSocket(port: port)
            #expect(try client.receive().text == "open")
            try client.send("pause")
            arrived.wait()
            try client.send("after")
            held.withLock { connection in
                connection?.send(.text("resuming"))
                connection?.setPaused(false)
            }
            #expect(try client.receive().text == "resuming")
            #expect(try client.receive().text == "after")
        }
    }
}
