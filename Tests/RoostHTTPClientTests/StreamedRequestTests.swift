import Foundation
import Testing

@testable import RoostHTTPClient

/// Against Python's server, which tells how the body arrived.
@Suite("A request with a streamed body")
struct StreamedRequestTests {
    private struct Upload: Decodable {
        var length: Int
        var chunks: Int
        var sha256: String
        var trailers: [String]
    }

    /// Sends on a thread of its own.
    private func start(
        _ url: String, _ body: HTTPBodyChannel, interruption: HTTPInterruption = .init()
    ) -> Task<HTTPClientResponse, any Error> {
        Task {
            try await onThread {
                let connection = try HTTPConnection(
                    configuration: .init(usesProxyFromEnvironment: false), interruption: interruption)
                return try connection.send(.init(method: "POST", url: url, timeout: nil), body: body)
            }
        }
    }

    private func get(_ url: String) async throws {
        let client = try HTTPClient(configuration: .init(usesProxyFromEnvironment: false))
        _ = try await client.send(.init(url: url, timeout: nil))
    }

    @Test("it goes out in chunks, with trailers behind the last one")
    func wire() async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            try await body.write(Data("hello".utf8))
            try await body.write(Data(" world".utf8))
            try body.finish(trailers: [("X-First", "1"), ("X-Second", "b, c")])
            let answer = try await start(server.address + "/wire", body).value
            #expect(answer.header("X-Coding") == "chunked")
            #expect(
                String(decoding: answer.body, as: UTF8.self)
                    == "b\r\nhello world\r\n0\r\nX-First: 1\r\nX-Second: b, c\r\n\r\n")
        }
    }

    @Test("an empty one is a last chunk alone")
    func empty() async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            let answer = start(server.address + "/wire", body)
            try body.finish()
            let wire = try await answer.value.body
            #expect(String(decoding: wire, as: UTF8.self) == "0\r\n\r\n")
        }
    }

    @Test("what was written is on its way at once, while the rest is still being made")
    func immediately() async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            let answer = start(server.address + "/upload", body)
            try await body.write(Data("first".utf8))
            try await get(server.address + "/after-first")
            try await body.write(Data("second".utf8))
            try body.finish()
            let told = try JSONDecoder().decode(Upload.self, from: try await answer.value.body)
            #expect(told.length == 11)
            #expect(told.chunks == 2)
        }
    }

    @Test("trailers of 60 KB arrive whole")
    func largeTrailers() async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            let value = String(repeating: "v", count: HTTPBodyChannel.maximumTrailerBytes - 5)
            try await body.write(Data("x".utf8))
            try body.finish(trailers: [("T", value)])
            let told = try JSONDecoder().decode(Upload.self, from: try await start(server.address + "/upload", body).value.body)
            #expect(told.trailers == ["T: " + value])
        }
    }

    @Test("200 MB pass through a buffer of 64 KB, bytes unchanged")
    func large() async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            let answer = start(server.address + "/upload", body)
            let piece = Data((0..<100_003).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            var most = 0
            for _ in 0..<2_000 {
                try await body.write(piece)
                most = max(most, body.bufferedBytes)
            }
            try body.finish()
            let told = try JSONDecoder().decode(Upload.self, from: try await answer.value.body)
            #expect(told.length == 200_006_000)
            // python3 -c 'import hashlib; p = bytes(i*31 & 255 for i in range(100003)); print(hashlib.sha256(p*2000).hexdigest())'
            #expect(told.sha256 == "6c0743755bf746da9f5199df37cc4ddc6faca43db8b5943bcf89903987a7a14e")
            #expect(most <= HTTPBodyChannel.defaultCapacity)
        }
    }

    @Test("a reader that does not read holds the writer up, and only so long")
    func stalled() async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            let answer = start(server.address + "/stall", body)
            // More than all buffers on the way hold.
            let writer = Task {
                for _ in 0..<64 { try await body.write(Data(count: 1 << 20)) }
                try body.finish()
            }
            while body.waitingWrites == 0 { await Task.yield() }
            try await get(server.address + "/go")
            try await writer.value
            let told = try JSONDecoder().decode(Upload.self, from: try await answer.value.body)
            #expect(told.length == 64 << 20)
        }
    }

    @Test(
        "an answer that comes before the body's end is the answer, and the writer learns of it",
        arguments: ["/refuse", "/refuse-close"])
    func refused(path: String) async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            let answer = start(server.address + path, body)
            await #expect(throws: HTTPBodyAbandoned(status: 413)) {
                while true { try await body.write(Data(count: 100_000)) }
            }
            let response = try await answer.value
            #expect(response.status == 413)
            #expect(String(decoding: response.body, as: UTF8.self) == "too much")
        }
    }

    @Test("so it is while there is nothing to send", arguments: ["/refuse", "/refuse-close"])
    func refusedWhileSilent(path: String) async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            let response = try await start(server.address + path, body).value
            #expect(response.status == 413)
            await #expect(throws: HTTPBodyAbandoned(status: 413)) { try await body.write(Data("x".utf8)) }
        }
    }

    @Test("a lost connection fails the request and the writer")
    func lost() async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            let answer = start(server.address + "/drop", body)
            await #expect(throws: HTTPBodyAbandoned(status: nil)) {
                while true { try await body.write(Data(count: 100_000)) }
            }
            await #expect(throws: HTTPClientError.self) { try await answer.value }
        }
    }

    @Test("an interruption ends it, whether it waits for the writer or for the reader", arguments: [true, false])
    func interrupted(silent: Bool) async throws {
        try await withPythonServer { server in
            let (body, interruption) = (HTTPBodyChannel(), HTTPInterruption())
            let url = server.address + "/stall"
            let answer = start(url, body, interruption: interruption)
            let writer = Task {
                if silent { return }
                while true { try await body.write(Data(count: 1 << 20)) }
            }
            while !silent, body.waitingWrites == 0 { await Task.yield() }
            interruption.interrupt()
            await #expect(throws: HTTPClientError.cancelled(url: url)) { try await answer.value }
            await #expect(throws: HTTPBodyAbandoned(status: nil)) { try await body.write(Data("x".utf8)) }
            if !silent { await #expect(throws: HTTPBodyAbandoned.self) { try await writer.value } }
        }
    }

    @Test("the connection serves the next request as if nothing had been")
    func next() async throws {
        try await withPythonServer { server in
            let body = HTTPBodyChannel()
            try await body.write(Data("x".utf8))
            try body.finish(trailers: [("X-A", "1")])
            let address = server.address
            let texts = try await onThread {
                let connection = try HTTPConnection(configuration: .init(usesProxyFromEnvironment: false))
                _ = try connection.send(.init(method: "POST", url: address + "/upload"), body: body)
                let requests = [HTTPClientRequest(method: "POST", url: address + "/echo", body: Data("y".utf8))]
                return try (requests + [.init(url: address + "/echo")]).map {
                    String(decoding: try connection.send($0).body, as: UTF8.self)
                }
            }
            let host = "Host: 127.0.0.1:\(server.port)\n"
            #expect(
                texts == ["POST /echo HTTP/1.1\n\(host)Content-Length: 1\n\ny", "GET /echo HTTP/1.1\n\(host)\n"])
        }
    }

    @Test("one after the other over the same connection object, each with trailers")
    func repeated() async throws {
        try await withPythonServer { server in
            let bodies = (0..<20).map { _ in HTTPBodyChannel() }
            for (number, body) in bodies.enumerated() {
                try await body.write(Data("body \(number)".utf8))
                try body.finish(trailers: [("X-Number", "\(number)")])
            }
            let url = server.address + "/wire"
            let texts = try await onThread {
                let connection = try HTTPConnection(configuration: .init(usesProxyFromEnvironment: false))
                return try bodies.map { body in
                    String(decoding: try connection.send(.init(method: "POST", url: url), body: body).body, as: UTF8.self)
                }
            }
            #expect(
                texts
                    == (0..<20).map { "\($0 < 10 ? 6 : 7)\r\nbody \($0)\r\n0\r\nX-Number: \($0)\r\n\r\n" })
        }
    }

    @Test("a body of the request's own beside it is refused")
    func twoBodies() async throws {
        let body = HTTPBodyChannel()
        await #expect(throws: HTTPClientError.self) {
            try await onThread {
                let connection = try HTTPConnection(configuration: .init(usesProxyFromEnvironment: false))
                return try connection.send(.init(method: "POST", url: "http://127.0.0.1:1/", body: Data("a".utf8)), body: body)
            }
        }
        await #expect(throws: HTTPBodyAbandoned.self) { try await body.write(Data("x".utf8)) }
    }
}
