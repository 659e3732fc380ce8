import Foundation
import Synchronization
import Testing

@testable import RoostHTTPServer

/// Takes a body a little at a time, and answers with what it got.
private final class Sipping: HTTPBodyReceiver {
    struct State {
        var bytes = Data()
        var events: [String] = []
        var resume: (@Sendable () -> Void)?
        var isAsleep = false
    }

    let state = Mutex(State())
    private let sip: Int
    private let refuseAfter: Int
    let changed = DispatchSemaphore(value: 0)

    var events: [String] { state.withLock(\.events) }
    var bytes: Data { state.withLock(\.bytes) }

    init(sip: Int = .max, refuseAfter: Int = .max, isAsleep: Bool = false) {
        (self.sip, self.refuseAfter) = (sip, refuseAfter)
        state.withLock { $0.isAsleep = isAsleep }
    }

    func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> HTTPBodyReception {
        defer { changed.signal() }
        return state.withLock { state in
            if state.bytes.count + bytes.count > refuseAfter {
                return .refused(HTTPResponse(status: 413, body: Data("full".utf8)))
            }
            if state.isAsleep {
                state.resume = resume
                return .taken(0)
            }
            let taken = min(sip, bytes.count)
            state.bytes.append(bytes.prefix(taken))
            // Room comes now and then inside of the call, now and then after it.
            if taken < bytes.count {
                if taken % 2 == 0 { resume() } else { DispatchQueue.global().async(execute: resume) }
            }
            return .taken(taken)
        }
    }

    func wake() {
        let resume = state.withLock { state in
            state.isAsleep = false
            return state.resume
        }
        resume?()
    }

    func finish(trailers: HTTPHeaders, _ exchange: HTTPExchange) {
        let text = trailers.fields.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        let bytes = state.withLock { state in
            state.events.append("finished")
            return state.bytes
        }
        exchange.respond(HTTPResponse(status: 200, headers: ["X-Trailers": text], body: bytes))
    }

    func abandon() {
        state.withLock { $0.events.append("abandoned") }
        changed.signal()
    }
}

/// Gives its pieces one after the other, each only when it is let.
private final class Dripping: HTTPBodySource {
    struct State {
        var pieces: [String]
        var ready: (@Sendable () -> Void)?
        var isClosed = false
        var open = 0
    }

    let state: Mutex<State>
    let closed = DispatchSemaphore(value: 0)
    var isClosed: Bool { state.withLock(\.isClosed) }
    private let fails: Bool

    init(_ pieces: [String], fails: Bool = false) {
        state = Mutex(State(pieces: pieces))
        self.fails = fails
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, ready: @escaping @Sendable () -> Void) -> HTTPBodyPiece {
        state.withLock { state in
            guard !state.pieces.isEmpty else { return fails ? .failed : .end }
            guard state.open > 0 else {
                state.ready = ready
                return .later
            }
            state.open -= 1
            let bytes = Array(state.pieces.removeFirst().utf8)
            buffer.copyBytes(from: bytes)
            return .bytes(bytes.count)
        }
    }

    func drip() {
        let ready = state.withLock { state in
            state.open += 1
            defer { state.ready = nil }
            return state.ready
        }
        ready?()
    }

    func close() {
        state.withLock { $0.isClosed = true }
        closed.signal()
    }
}

@Suite(.timeLimit(.minutes(1))) struct StreamedBodyTests {
    private func serving(_ receiver: Sipping, _ body: (UInt16) throws -> Void) throws {
        let server = HTTPServer(
            .init(maximumBodyBytes: 10), onHead: { $0.path == "/stream" ? .stream(receiver) : .gather }
        ) { request, exchange in exchange.respond(HTTPServerTests.ok("gathered \(request.body.count)")) }
        let port = try server.start()
        defer { server.stop() }
        try body(port)
    }

    private let head = "POST /stream HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test("a body is taken as it comes, beyond the limit of gathered ones, with its trailers", arguments: [1, 2, 3, 7, 1 << 20])
    func taken(sip: Int) throws {
        let receiver = Sipping(sip: sip)
        try serving(receiver) { port in
            let client = try WireClient(port: port)
            try client.send(head + "5\r\nhello\r\n")
            receiver.changed.wait()
            try client.send("6\r\n world\r\n0\r\nX-A: 1\r\nX-B: 2\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.receiveAnswer()
            #expect(answer.body == "hello world")
            #expect(answer.header("X-Trailers") == "X-A=1,X-B=2")
            #expect(try client.receiveAnswer().body == "gathered 0")
            #expect(receiver.events == ["finished"])
        }
    }

    @Test("megabytes pass through a receiver that takes some of them at a time")
    func large() throws {
        let receiver = Sipping(sip: 50_001)
        try serving(receiver) { port in
            let client = try WireClient(port: port)
            let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try client.send("POST /stream HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n")
            try client.send(bytes: bytes)
            #expect(try client.receiveAnswer().statusLine.hasPrefix("HTTP/1.1 200"))
            #expect(receiver.bytes == Data(bytes))
        }
    }

    @Test("a receiver that has enough answers before the body's end")
    func refused() throws {
        let receiver = Sipping(refuseAfter: 8)
        try serving(receiver) { port in
            let client = try WireClient(port: port)
            try client.send(head + "5\r\nhello\r\n")
            receiver.changed.wait()
            try client.send("5\r\nworld\r\n")
            let answer = try client.receiveAnswer()
            #expect(answer.statusLine.hasPrefix("HTTP/1.1 413"))
            #expect(answer.body == "full")
            #expect(answer.header("Connection") == "close")
            #expect(receiver.events == [])
        }
    }

    @Test("a client that goes away in mid-body is told to the receiver")
    func abandoned() throws {
        let receiver = Sipping()
        try serving(receiver) { port in
            do {
                let client = try WireClient(port: port)
                try client.send(head + "5\r\nhello\r\n")
                receiver.changed.wait()
            }
            receiver.changed.wait()
            #expect(receiver.events == ["abandoned"])
        }
    }

    @Test("a client whose bytes nobody takes waits, and goes on when there is room")
    func asleep() throws {
        let receiver = Sipping(isAsleep: true)
        try serving(receiver) { port in
            let client = try WireClient(port: port)
            try client.send(head + "5\r\nhello\r\n0\r\n\r\n")
            receiver.changed.wait()
            #expect(receiver.bytes.isEmpty)
            receiver.wake()
            #expect(try client.receiveAnswer().body == "hello")
        }
    }

    @Test("the server stops while a body waits for room")
    func stopWhileAsleep() throws {
        let receiver = Sipping(isAsleep: true)
        var client: WireClient?
        try serving(receiver) { port in
            client = try WireClient(port: port)
            try client?.send(head + "5\r\nhello\r\n")
            receiver.changed.wait()
        }
        #expect(receiver.events == ["abandoned"])
        #expect(client != nil)
    }

    @Test("an answer that is made while it is sent goes out in chunks, each at once")
    func answer() throws {
        let source = Dripping(["one", "two"])
        try HTTPServerTests.serving(
            .init(), { _, exchange in exchange.respond(HTTPResponse(status: 201, headers: ["X-A": "1"]), streaming: source) }
        ) { port in
            let client = try WireClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            source.drip()
            let head = try client.receiveHead()
            #expect(head.statusLine == "HTTP/1.1 201 Created")
            #expect(head.header("Transfer-Encoding") == "chunked")
            #expect(head.header("X-A") == "1")
            #expect(try String(decoding: client.receiveExactly(8), as: UTF8.self) == "3\r\none\r\n")
            source.drip()
            #expect(try String(decoding: client.receiveExactly(13), as: UTF8.self) == "3\r\ntwo\r\n0\r\n\r\n")
            source.closed.wait()
        }
    }

    @Test("an answer that fails in the middle breaks the connection off, so that it is not taken for whole")
    func failed() throws {
        let source = Dripping(["one"], fails: true)
        source.drip()
        try HTTPServerTests.serving(
            .init(), { _, exchange in exchange.respond(HTTPResponse(status: 200), streaming: source) }
        ) { port in
            let client = try WireClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            _ = try client.receiveHead()
            let rest = try client.receiveToEnd()
            #expect(String(decoding: rest, as: UTF8.self) == "3\r\none\r\n")
            source.closed.wait()
        }
    }

    @Test("a source that has nothing yet is closed when the server stops")
    func closed() throws {
        let source = Dripping(["never"])
        let asked = DispatchSemaphore(value: 0)
        try HTTPServerTests.serving(
            .init(),
            { _, exchange in
                exchange.respond(HTTPResponse(status: 200), streaming: source)
                asked.signal()
            }
        ) { port in
            let client = try WireClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            asked.wait()
        }
        source.closed.wait()
        #expect(source.isClosed)
    }
}
