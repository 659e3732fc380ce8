import Foundation
import Synchronization
import Testing

@testable import RoostHTTPServer

@Suite struct LifecycleTests {
    @Test("a port in use is named")
    func portInUse() throws {
        let first = HTTPServer(.init()) { _, _ in }
        let port = try first.start()
        defer { first.stop() }
        let second = HTTPServer(.init(port: port)) { _, _ in }
        #expect(throws: HTTPServerError.portInUse(host: "127.0.0.1", port: port)) { try second.start() }
        #expect(HTTPServerError.portInUse(host: "127.0.0.1", port: 80).description == "port 80 on 127.0.0.1 is in use")
    }

    @Test("a host that is no address of this machine is refused")
    func unusableHost() {
        #expect(throws: HTTPServerError.unusableHost("192.0.2.1")) {
            try HTTPServer(.init(host: "192.0.2.1")) { _, _ in }.start()
        }
        #expect(throws: HTTPServerError.unusableHost("nowhere")) { try HTTPServer(.init(host: "nowhere")) { _, _ in }.start() }
    }

    @Test("stopping answers every waiting request with 503, and an answer that comes later is not sent")
    func stopWithWaitingRequests() throws {
        let waiting = Mutex<[HTTPExchange]>([])
        let arrived = DispatchSemaphore(value: 0)
        let server = HTTPServer(.init()) { _, exchange in
            waiting.withLock { $0.append(exchange) }
            arrived.signal()
        }
        let port = try server.start()
        let clients = try (0..<20).map { _ in try WireClient(port: port) }
        for client in clients {
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            arrived.wait()
        }
        server.stop()
        for client in clients { #expect(try client.receiveAnswer().statusLine == "HTTP/1.1 503 Service Unavailable") }
        #expect(waiting.withLock { $0.map { $0.respond(HTTPResponse(status: 200)) } }.allSatisfy { !$0 })
        server.stop()
    }

    @Test("stopping while requests come in and are answered late neither aborts nor hangs", arguments: 0..<10)
    func stopUnderLoad(round: Int) throws {
        let server = HTTPServer(.init()) { _, exchange in
            DispatchQueue.global().async { exchange.respond(HTTPResponse(status: 200)) }
        }
        let port = try server.start()
        let clients = try (0..<8).map { _ in try WireClient(port: port) }
        for client in clients { try client.send(String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: round)) }
        server.stop()
        #expect(throws: (any Error).self) { try WireClient(port: port) }
    }

    @Test("a server starts once")
    func startTwice() throws {
        let server = HTTPServer(.init()) { _, _ in }
        try server.start()
        defer { server.stop() }
        #expect(throws: HTTPServerError.alreadyStarted) { try server.start() }
    }
}
