import Foundation
import RoostHTTPClient
import Testing

@Suite("Many requests, cancellation and time limits")
struct HTTPClientPoolTests {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient(configuration: .init(usesProxyFromEnvironment: false))
    }

    @Test("one request after the other goes over the same connection")
    func keepAlive() async throws {
        try await withPythonServer { server in
            var ports: Set<String> = []
            for _ in 0..<5 {
                let response = try await client.send(.init(url: server.address + "/echo"))
                ports.insert(try #require(response.header("X-Client-Port")))
            }
            #expect(ports.count == 1)
        }
    }

    @Test("requests run beside each other: five that wait for each other all come back")
    func concurrency() async throws {
        try await withPythonServer { server in
            let url = server.address + "/meet"
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<5 { group.addTask { try await client.send(.init(url: url)).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == [200, 200, 200, 200, 200])
        }
    }

    @Test("two hundred requests at once share the connections that are allowed")
    func limitedConnections() async throws {
        let narrow = try HTTPClient(configuration: .init(maximumConnections: 4, usesProxyFromEnvironment: false))
        try await withPythonServer { server in
            let url = server.address + "/echo"
            let ports = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<200 {
                    group.addTask { try await narrow.send(.init(url: url)).header("X-Client-Port") }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect((1...4).contains(ports.count))
            #expect(!ports.contains(nil))
        }
    }

    @Test("a kept-alive connection that the server closed is replaced")
    func closedByServer() async throws {
        try await withPythonServer { server in
            for _ in 0..<3 {
                let response = try await client.send(.init(url: server.address + "/close"))
                #expect(response.status == 200)
            }
        }
    }

    @Test("cancelling the task ends its request and leaves the others")
    func cancellation() async throws {
        try await withPythonServer { server in
            let url = server.address + "/hang"
            let hanging = Task { try await client.send(.init(url: url, timeout: nil)) }
            _ = try await client.send(.init(url: server.address + "/after-hang"))
            hanging.cancel()
            await #expect(throws: HTTPClientError.cancelled(url: server.address + "/hang")) { try await hanging.value }
            let response = try await client.send(.init(url: server.address + "/echo"))
            #expect(response.status == 200)
        }
    }

    @Test("a task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(.init(url: "http://127.0.0.1:1/"))
        }
        await #expect(throws: HTTPClientError.cancelled(url: "http://127.0.0.1:1/")) { try await task.value }
    }

    @Test("a request ends at its own time limit")
    func timeout() async throws {
        try await withPythonServer { server in
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.send(.init(url: server.address + "/hang", timeout: .milliseconds(50)))
            }
            guard case .timedOut(let failure) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(failure.requestWasSent)
            #expect(error?.requestMayHaveArrived == true)
        }
    }

    @Test("a request ends at the invocation's deadline, however long its own limit is")
    func deadline() async throws {
        try await withPythonServer { server in
            let error = await #expect(throws: HTTPClientError.self) {
                try await RequestDeadline.$current.withValue(Date(timeIntervalSinceNow: 0.05)) {
                    try await client.send(.init(url: server.address + "/hang", timeout: nil))
                }
            }
            guard case .timedOut = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
    }

    @Test("after the deadline nothing is sent")
    func afterDeadline() async throws {
        let error = await #expect(throws: HTTPClientError.self) {
            try await RequestDeadline.$current.withValue(Date(timeIntervalSinceNow: -1)) {
                try await client.send(.init(url: "http://127.0.0.1:1/"))
            }
        }
        guard case .timedOut(let failure) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(!failure.requestWasSent)
    }
}
