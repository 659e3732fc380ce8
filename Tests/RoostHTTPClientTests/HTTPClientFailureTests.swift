import Foundation
import RoostHTTPClient
import Testing

@Suite("Requests without an answer")
struct HTTPClientFailureTests {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient(configuration: .init(usesProxyFromEnvironment: false))
    }

    @Test("a port where nobody listens is a refused connection, and the error keeps curl's code and no secrets")
    func refused() async throws {
        let server = try PythonServer()
        server.stop()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(.init(url: "http://user:password@127.0.0.1:\(server.port)/path?secret=1"))
        }
        guard case .connectionRefused(let failure) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(failure.url == "http://127.0.0.1:\(server.port)/path")
        #expect(failure.curlCode == 7)
        #expect(!failure.message.isEmpty)
        #expect(error?.requestMayHaveArrived == false)
    }

    @Test("half an answer is a failure", arguments: ["/break", "/not-http"])
    func broken(path: String) async throws {
        try await withPythonServer { server in
            let error = await #expect(throws: HTTPClientError.self) { try await client.send(.init(url: server.address + path)) }
            guard case .failed(let failure) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(failure.requestWasSent)
        }
    }

    @Test(
        "what could not be sent as it is written is refused",
        arguments: [
            HTTPClientRequest(url: "http://127.0.0.1:1/", headers: [("X", "a\r\nY: b")]),
            HTTPClientRequest(url: "http://127.0.0.1:1/", headers: [("X:", "a")]),
            HTTPClientRequest(url: "http://127.0.0.1:1/", headers: [("", "a")]),
            HTTPClientRequest(url: "http://127.0.0.1:1/", headers: [("transfer-encoding", "chunked")]),
            HTTPClientRequest(url: "http://127.0.0.1:1/", headers: [("Content-Length", "7")], body: Data("four".utf8)),
            HTTPClientRequest(method: "GET /x", url: "http://127.0.0.1:1/"),
            HTTPClientRequest(method: "", url: "http://127.0.0.1:1/"),
            HTTPClientRequest(url: "http://127.0.0.1:1/a b"),
            HTTPClientRequest(url: "file:///etc/passwd"),
            HTTPClientRequest(url: "http://127.0.0.1:99999/"),
        ])
    func invalid(request: HTTPClientRequest) async throws {
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
        guard case .invalidRequest = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
}
