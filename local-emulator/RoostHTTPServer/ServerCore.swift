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
        var isStopping = false
        var waiting: [ObjectIdentifier: PendingRequest] = [:]
    }

    /// Those that are not done within libmicrohttpd's callback; the others cannot be under way when the daemon is stopped.
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

    var isStopping: Bool { requests.withLock { $0.isStopping } }

    /// Notes a request that is about to be suspended, or takes or sends its body piece by piece.
    ///
    /// - Returns: false where the server stops, and nothing would wake the request any more.
    func waits(_ request: PendingRequest) -> Bool {
        requests.withLock { requests in
            guard !requests.isStopping else { return false }
            if requests.waiting.updateValue(request, forKey: ObjectIdentifier(request)) == nil { unfinished.enter() }
            return true
        }
    }

    /// The request is done; called for those that wait and for those that never did.
    func finished(_ request: PendingRequest) {
        let waited = requests.withLock { $0.waiting.removeValue(forKey: ObjectIdentifier(request)) != nil }
        if waited { unfinished.leave() }
    }

    /// libmicrohttpd aborts the process if it is stopped while a connection is suspended: so all are answered first, and
    /// all upgraded ones given back.
    func endEverything() {
        let waiting = requests.withLock { requests in
            requests.isStopping = true
            return Array(requests.waiting.values)
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
