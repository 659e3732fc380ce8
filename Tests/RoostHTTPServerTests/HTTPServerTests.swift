import Foundation
import Synchronization
import Testing

@testable import RoostHTTPServer

@Suite struct HTTPServerTests {
    /// Serves while `body` runs.
    static func serving(
        _ configuration: HTTPServer.Configuration,
        _ handler: @escaping @Sendable (HTTPRequest, HTTPExchange) -> Void, _ body: (UInt16) throws -> Void
    ) throws {
        let server = HTTPServer(configuration, onRequest: handler)
        let port = try server.start()
        defer { server.stop() }
        try body(port)
    }

    static func ok(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: ["Content-Type": "text/plain"], body: Data(text.utf8))
    }

    @Test("the target arrives as it was sent, neither decoded nor cut")
    func rawTarget() throws {
        try Self.serving(
            .init(),
            { request, exchange in
                exchange.respond(Self.ok("\(request.method) \(request.path) \(request.rawQuery) \(request.httpVersion)"))
            }
        ) { port in
            let client = try WireClient(port: port)
            try client.send("GET /a%2Fb/%00c%20d?x=%31&x=2&y HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.receiveAnswer().body == "GET /a%2Fb/%00c%20d x=%31&x=2&y HTTP/1.1")
        }
    }

    @Test("a query of thousands of arguments arrives whole")
    func manyArguments() throws {
        let query = String(repeating: "a=b&", count: 3000)
        try Self.serving(.init(), { request, exchange in exchange.respond(Self.ok(request.rawQuery)) }) { port in
            let client = try WireClient(port: port)
            try client.send("GET /?\(query) HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.receiveAnswer().body == query)
        }
    }

    @Test("a transfer coding that is not understood is refused, and not waited for")
    func unknownCoding() throws {
        try Self.serving(.init(), { _, exchange in exchange.respond(Self.ok("")) }) { port in
            let client = try WireClient(port: port)
            try client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\nabc")
            #expect(try client.receiveAnswer().statusLine.hasPrefix("HTTP/1.1 501 "))
        }
    }

    @Test("duplicate headers keep their number and order")
    func duplicateHeaders() throws {
        try Self.serving(
            .init(),
            { request, exchange in
                var answer = Self.ok(request.headers.all("x-a").joined(separator: "|"))
                answer.headers.add("Set-Cookie", "a=1")
                answer.headers.add("Set-Cookie", "b=2")
                exchange.respond(answer)
            }
        ) { port in
            let client = try WireClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-b: 3\r\nx-a: 2\r\n\r\n")
            let answer = try client.receiveAnswer()
            #expect(answer.body == "1|2")
            #expect(answer.headers.filter { $0.name == "Set-Cookie" }.map(\.value) == ["a=1", "b=2"])
        }
    }

    @Test("a chunked body and its trailers come whole")
    func trailers() throws {
        try Self.serving(
            .init(),
            { request, exchange in
                let body = String(decoding: request.body, as: UTF8.self)
                exchange.respond(Self.ok("\(body) \(request.trailers["X-Sum"] ?? "none")"))
            }
        ) { port in
            let client = try WireClient(port: port)
            try client.send(
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n"
                    + "6\r\n world\r\n0\r\nX-Sum: 42\r\n\r\n")
            #expect(try client.receiveAnswer().body == "hello world 42")
        }
    }

    @Test("a connection serves one request after the other")
    func keepAlive() throws {
        let count = Mutex(0)
        try Self.serving(
            .init(),
            { _, exchange in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                exchange.respond(Self.ok("answer \(number)"))
            }
        ) { port in
            let client = try WireClient(port: port)
            for number in 1...3 {
                try client.send("POST /\(number) HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab")
                #expect(try client.receiveAnswer().body == "answer \(number)")
            }
        }
    }

    @Test("an answer from another thread reaches its client, and only the first one does")
    func lateAnswer() throws {
        let outcomes = Mutex<[Bool]>([])
        let done = DispatchSemaphore(value: 0)
        try Self.serving(
            .init(),
            { _, exchange in
                DispatchQueue.global().async {
                    let first = exchange.respond(Self.ok("late"))
                    let second = exchange.respond(Self.ok("again"))
                    outcomes.withLock { $0 = [first, second] }
                    done.signal()
                }
            }
        ) { port in
            let client = try WireClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.receiveAnswer().body == "late")
            done.wait()
            #expect(outcomes.withLock { $0 } == [true, false])
        }
    }

    @Test("an exchange that is let go of unanswered answers 500")
    func dropped() throws {
        try Self.serving(.init(), { _, _ in }) { port in
            let client = try WireClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.receiveAnswer().statusLine == "HTTP/1.1 500 Internal Server Error")
        }
    }

    @Test("HEAD is answered with the length and without the body")
    func head() throws {
        try Self.serving(.init(), { request, exchange in exchange.respond(Self.ok(request.method)) }) { port in
            let client = try WireClient(port: port)
            try client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.receiveAnswer(hasBody: false).header("Content-Length") == "4")
            #expect(try client.receiveAnswer().body == "GET")
        }
    }

    @Test("headers that do not fit into the connection's memory are answered 431")
    func headersTooLarge() throws {
        try Self.serving(.init(connectionMemoryBytes: 8 * 1024), { _, exchange in exchange.respond(Self.ok("")) }) { port in
            let client = try WireClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Large: \(String(repeating: "x", count: 10_000))\r\n\r\n")
            #expect(try client.receiveHead().statusLine.hasPrefix("HTTP/1.1 431 "))
        }
    }

    @Test("an answer that HTTP has no form for becomes a 500")
    func impossibleAnswer() throws {
        try Self.serving(
            .init(),
            { request, exchange in
                let injected = request.path == "/injected"
                exchange.respond(HTTPResponse(status: injected ? 200 : 99, headers: ["X-A": injected ? "a\r\nX-B: b" : "a"]))
            }
        ) { port in
            for path in ["/injected", "/status"] {
                let client = try WireClient(port: port)
                try client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
                let answer = try client.receiveAnswer()
                #expect(answer.statusLine.hasPrefix("HTTP/1.1 500 "))
                #expect(answer.header("X-B") == nil)
            }
        }
    }

    @Test("one connection over the limit is answered 503")
    func connectionLimit() throws {
        try Self.serving(.init(connectionLimit: 2), { _, exchange in exchange.respond(Self.ok("served")) }) { port in
            let clients = try (0..<3).map { _ in try WireClient(port: port) }
            var statuses: [String] = []
            for client in clients {
                try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                statuses.append(try client.receiveAnswer().statusLine)
            }
            #expect(statuses.contains("HTTP/1.1 503 Service Unavailable"))
        }
    }

    @Test("a client's connections are shared out among the server's threads")
    func sharedConnections() throws {
        let configuration = HTTPServer.Configuration(threads: 2)
        try Self.serving(configuration, { _, exchange in exchange.respond(Self.ok("\(pthread_self())")) }) { port in
            let clients = try (0..<8).map { _ in try WireClient(port: port) }
            let threads = try clients.map { client in
                try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                return try client.receiveAnswer().body
            }
            let counts = Dictionary(grouping: threads) { $0 }.mapValues(\.count)
            #expect(counts.values.sorted() == [4, 4])
        }
    }

    @Test("a body that comes byte by byte is one body")
    func slowBody() throws {
        try Self.serving(
            .init(), { request, exchange in exchange.respond(Self.ok(String(decoding: request.body, as: UTF8.self))) }
        ) {
            port in
            let client = try WireClient(port: port)
            for byte in "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nabcd".utf8 { try client.send(bytes: [byte]) }
            #expect(try client.receiveAnswer().body == "abcd")
        }
    }
}
