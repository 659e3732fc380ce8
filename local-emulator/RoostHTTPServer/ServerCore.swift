import Foundation
import Synchronization

/// What a server's callbacks share: its configuration, its handler and every request that is under way.
final class ServerCore: Sendable {
    let configuration: HTTPServer.Configuration
    let onRequest: @Sendable (HTTPRequest, HTTPExchange) -> Void
    let onHead: (@Sendable (HTTPRequest) -> HTTPBodyPlan)?
    /// The sockets that libmicrohttpd does not serve: upgraded ones and those that are being closed.
    let sockets = SocketLoop(name: "roost.sockets")
    let connectionCount = Atomic<Int>(0)

    private struct Requests {
        var stopping = false
        var underWay: [ObjectIdentifier: PendingRequest] = [:]
    }

    private let requests = Mutex(Requests())
    private let unfinished = DispatchGroup()

    /// How long ``endEverything()`` waits for its answers to reach their sockets; loopback needs microseconds.
    private static let refusalTime = DispatchTimeInterval.milliseconds(250)

    init(
        configuration: HTTPServer.Configuration, onHead: (@Sendable (HTTPRequest) -> HTTPBodyPlan)?,
        onRequest: @escaping @Sendable (HTTPRequest, HTTPExchange) -> Void
    ) {
        self.configuration = configuration
        self.onHead = onHead
        self.onRequest = onRequest
    }

    var isStopping: Bool { requests.withLock { $0.stopping } }

    func began(_ request: PendingRequest) {
        unfinished.enter()
        requests.withLock { $0.underWay[ObjectIdentifier(request)] = request }
    }

    func finished(_ request: PendingRequest) {
        requests.withLock { $0.underWay[ObjectIdentifier(request)] = nil }
        unfinished.leave()
    }

    /// libmicrohttpd aborts the process if it is stopped while a connection is suspended: so all are answered first, and
    /// all upgraded ones given back.
    func endEverything() {
        let waiting = requests.withLock { requests in
            requests.stopping = true
            return Array(requests.underWay.values)
        }
        let awaited = waiting.filter { $0.decide(.response(Self.stoppingResponse)) }
        waiting.forEach { $0.breakOff() }
        sockets.stop()
        if !awaited.isEmpty { _ = unfinished.wait(timeout: .now() + Self.refusalTime) }
    }

    static var stoppingResponse: HTTPResponse {
        HTTPResponse(status: 503, headers: ["Connection": "close"])
    }
}
