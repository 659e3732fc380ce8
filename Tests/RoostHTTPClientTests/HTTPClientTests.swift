import Foundation
import RoostHTTPClient
import Testing

@Suite("One request over HTTP")
struct HTTPClientTests {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient(configuration: .init(usesProxyFromEnvironment: false))
    }

    @Test("a time limit longer than any clock counts is none")
    func endlessTimeLimit() async throws {
        let client = try HTTPClient(
            configuration: .init(connectTimeout: .seconds(Int64.max), usesProxyFromEnvironment: false))
        try await withPythonServer { server in
            let response = try await client.send(.init(url: server.address + "/echo", timeout: .seconds(Int64.max)))
            #expect(response.status == 200)
        }
    }

    @Test("a request goes out as it is written, and nothing is added but Host and Content-Length")
    func requestOnTheWire() async throws {
        try await withPythonServer { server in
            let response = try await client.send(
                .init(
                    method: "POST", url: server.address + "/echo?a=%2F&b=../c",
                    headers: [("X-One", "1"), ("x-two", ""), ("X-One", "again")], body: Data("body".utf8)))
            #expect(response.status == 200)
            #expect(
                String(decoding: response.body, as: UTF8.self) == """
                    POST /echo?a=%2F&b=../c HTTP/1.1
                    Host: 127.0.0.1:\(server.port)
                    X-One: 1
                    x-two: 
                    X-One: again
                    Content-Length: 4

                    body
                    """)
        }
    }

    @Test("a large body goes without waiting for a 100", arguments: ["POST", "PUT"])
    func noExpectation(method: String) async throws {
        try await withPythonServer { server in
            let body = Data(repeating: UInt8(ascii: "x"), count: 3_000_000)
            let response = try await client.send(.init(method: method, url: server.address + "/echo", body: body))
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(!text.contains("Expect"))
            #expect(text.hasPrefix("\(method) /echo HTTP/1.1\n"))
            #expect(text.hasSuffix("Content-Length: 3000000\n\n" + String(decoding: body, as: UTF8.self)))
        }
    }

    @Test("an empty POST says that it is empty, a GET and a DELETE have no length")
    func emptyBodies() async throws {
        try await withPythonServer { server in
            for (method, hasLength) in [("POST", true), ("PUT", true), ("GET", false), ("DELETE", false)] {
                let response = try await client.send(.init(method: method, url: server.address + "/echo"))
                let text = String(decoding: response.body, as: UTF8.self)
                #expect(text.hasPrefix("\(method) "))
                #expect(text.contains("Content-Length: 0") == hasLength, "\(text)")
            }
        }
    }

    @Test("a HEAD ends with its header")
    func head() async throws {
        try await withPythonServer { server in
            let response = try await client.send(.init(method: "HEAD", url: server.address + "/zeros?100"))
            #expect(response.status == 200)
            #expect(response.header("content-length") == "100")
            #expect(response.body.isEmpty)
        }
    }

    @Test("header fields keep their order, their case and their duplicates")
    func responseHeaders() async throws {
        try await withPythonServer { server in
            let response = try await client.send(.init(url: server.address + "/duplicates"))
            #expect(response.status == 404)
            #expect(response.headers.map(\.name) == ["Set-Cookie", "X-Empty", "Set-Cookie", "X-Space", "Content-Length"])
            #expect(response.headers.map(\.value) == ["a=1", "", "b=2", "s p", "0"])
        }
    }

    @Test("interim answers and trailers are not mixed into the answer's fields")
    func interimAndTrailers() async throws {
        try await withPythonServer { server in
            let afterInterim = try await client.send(.init(url: server.address + "/interim"))
            #expect(afterInterim.headers.map(\.name) == ["X-Final", "Content-Length"])
            let withTrailers = try await client.send(.init(url: server.address + "/trailers"))
            #expect(withTrailers.headers.map(\.name) == ["Transfer-Encoding", "X-First"])
            #expect(withTrailers.body == Data("abc".utf8))
        }
    }

    @Test("a redirect is an answer")
    func redirect() async throws {
        try await withPythonServer { server in
            let response = try await client.send(.init(url: server.address + "/redirect"))
            #expect(response.status == 302)
            #expect(response.header("Location") == "/echo")
        }
    }

    @Test("a body of the limit comes through, one byte more is refused")
    func responseLimit() async throws {
        try await withPythonServer { server in
            let exact = try await client.send(.init(url: server.address + "/zeros?70000", maximumResponseBytes: 70_000))
            #expect(exact.body.count == 70_000)
            await #expect(throws: HTTPClientError.responseTooLarge(limit: 69_999, url: server.address + "/zeros")) {
                try await client.send(.init(url: server.address + "/zeros?70000", maximumResponseBytes: 69_999))
            }
        }
    }
}
