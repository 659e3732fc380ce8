import Dispatch
import Foundation
import RoostHTTPServer
import Synchronization
import Testing

@testable import RoostHTTPClient

@Suite("A connection that blocks its thread")
struct HTTPConnectionTests {
    @Test("answers come one after the other over one connection")
    func keepAlive() async throws {
        try await withPythonServer { server in
            let url = server.address + "/echo"
            let ports = try await onThread {
                let connection = try HTTPConnection(configuration: .init(usesProxyFromEnvironment: false))
                return try (0..<5).map { _ in try connection.send(.init(url: url)).header("X-Client-Port") }
            }
            #expect(Set(ports).count == 1)
            #expect(ports.first != .some(nil))
        }
    }

    @Test("one request leaves nothing behind for the next on its handle")
    func reuse() async throws {
        try await withPythonServer { server in
            let url = server.address + "/echo"
            let texts = try await onThread {
                let connection = try HTTPConnection(configuration: .init(usesProxyFromEnvironment: false))
                let first = HTTPClientRequest(method: "POST", url: url, headers: [("X-A", "1")], body: Data("body".utf8))
                return try [first, .init(url: url)].map { String(decoding: try connection.send($0).body, as: UTF8.self) }
            }
            #expect(texts.last == "GET /echo HTTP/1.1\nHost: 127.0.0.1:\(server.port)\n\n")
        }
    }

    @Test("an interruption ends the request that waits, and those after it")
    func interruption() async throws {
        let interruption = HTTPInterruption()
        let held = Mutex<[HTTPExchange]>([])
        let server = HTTPServer(.init()) { _, exchange in
            held.withLock { $0.append(exchange) }
            interruption.interrupt()
        }
        let port = try server.start()
        defer { server.stop() }
        let errors = try await onThread {
            let connection = try HTTPConnection(
                configuration: .init(usesProxyFromEnvironment: false), interruption: interruption)
            return (0..<2).map { _ -> HTTPClientError? in
                do {
                    _ = try connection.send(.init(url: "http://127.0.0.1:\(port)/wait", timeout: nil))
                    return nil
                } catch {
                    return error as? HTTPClientError
                }
            }
        }
        #expect(errors == [.cancelled(url: "http://127.0.0.1:\(port)/wait"), .cancelled(url: "http://127.0.0.1:\(port)/wait")])
        #expect(held.withLock(\.count) == 1)
    }
}

/// Runs `body` on a thread of its own, as the connection wants it.
func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        do {
            try startThread(named: "test") { continuation.resume(with: Result(catching: body)) }
        } catch {
            continuation.resume(throwing: error)
        }
    }
}
