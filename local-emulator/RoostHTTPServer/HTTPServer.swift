import CMicroHTTPD
import Foundation
import Synchronization

/// An HTTP/1.1 server on libmicrohttpd: keep-alive, limits, chunked bodies with trailers, answers now or later.
package final class HTTPServer: Sendable {
    package struct Configuration: Sendable {
        /// An IPv4 or IPv6 address, or `localhost`.
        package var host: String
        /// 0 takes a free port, which ``HTTPServer/start()`` returns.
        package var port: UInt16
        /// A longer body, declared or sent, is answered with ``tooLarge`` before the rest of it is read.
        package var maximumBodyBytes: Int
        /// Connections at the same time, upgraded ones included; a request on one more is answered 503.
        package var connectionLimit: Int
        /// Memory for a connection's request line, headers and trailers; 431 where they do not fit.
        package var connectionMemoryBytes: Int
        /// How long a connection may be silent; 0 is without limit. Does not count while an answer is awaited.
        package var idleTimeoutSeconds: Int
        /// The whole answer to a body that is too long.
        package var tooLarge: HTTPResponse
        /// How many threads serve requests; each connection belongs to one of them.
        package var threads: Int

        package init(
            host: String = "127.0.0.1", port: UInt16 = 0, maximumBodyBytes: Int = 10 * 1024 * 1024, connectionLimit: Int = 4096,
            connectionMemoryBytes: Int = 64 * 1024, idleTimeoutSeconds: Int = 75,
            tooLarge: HTTPResponse = HTTPResponse(status: 413), threads: Int = 1
        ) {
            self.host = host
            self.port = port
            self.maximumBodyBytes = maximumBodyBytes
            self.connectionLimit = connectionLimit
            self.connectionMemoryBytes = connectionMemoryBytes
            self.idleTimeoutSeconds = idleTimeoutSeconds
            self.tooLarge = tooLarge
            self.threads = threads
        }
    }

    private enum State {
        case new
        case running([Daemon])
        case stopped
    }

    private let core: ServerCore
    private let state = Mutex(State.new)

    /// - Parameters:
    ///   - onHead: called on a thread of the server with each request before its body; says what becomes of the body. Without
    ///     it every body is gathered.
    ///   - onRequest: called on a thread of the server with each whole request; must not block. It answers through the
    ///     exchange, inside the call or later.
    package init(
        _ configuration: Configuration, onHead: (@Sendable (HTTPRequest) -> HTTPBodyPlan)? = nil,
        onRequest: @escaping @Sendable (HTTPRequest, HTTPExchange) -> Void
    ) {
        core = ServerCore(configuration: configuration, onHead: onHead, onRequest: onRequest)
    }

    deinit {
        stop()
    }

    /// Listens and serves.
    ///
    /// - Returns: the port, chosen where the configuration's is 0.
    @discardableResult
    package func start() throws(HTTPServerError) -> UInt16 {
        let configuration = core.configuration
        return try state.withLock { (state) throws(HTTPServerError) -> UInt16 in
            guard case .new = state else { throw .alreadyStarted }
            let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
            // Beside the connections: the listening socket, epoll's and what the rest of the process has open.
            _ = roost_raise_descriptor_limit(UInt(configuration.connectionLimit + 1024))
            var daemons: [Daemon] = []
            do throws(HTTPServerError) {
                while daemons.count < max(1, configuration.threads) { daemons.append(try Daemon(core: core)) }
            } catch {
                socket.close()
                daemons.forEach { $0.stop() }
                throw error
            }
            state = .running(daemons)
            core.sockets.run { [daemons] members in members.add(Acceptor(socket, daemons)) }
            return socket.port
        }
    }

    /// Answers everything that waits with 503, ends the WebSockets, lets the answers go out and stops. A second call does
    /// nothing. Must not be called inside of a callback of the server.
    package func stop() {
        let daemons = state.withLock { state -> [Daemon] in
            defer { state = .stopped }
            if case .running(let daemons) = state { return daemons }
            return []
        }
        guard !daemons.isEmpty else { return }
        core.endEverything()
        daemons.forEach { $0.stop() }
    }
}
