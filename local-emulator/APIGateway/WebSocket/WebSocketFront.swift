package import DeploymentTemplate
package import EmulatorClock
import Foundation
package import FunctionPool
package import Journal
package import RoostHTTPServer
import Synchronization

/// A WebSocket API of Amazon API Gateway with Lambda proxy integrations.
///
/// A handshake is dealt with in this order: the stage (403), the opening handshake (426, 400), the authorizer (401, 403,
/// 500), `$connect`, whose answer decides. Nothing of the client is read before. Messages of one client are handed to
/// their functions in the order they came, and each as it comes: invocations of one client overlap, and may end in
/// another order, as in API Gateway.
package final class WebSocketFront: Sendable {
    let gateway: Gateway
    let api: Deployment.WebSocketAPI
    let authorizer: WebSocketAuthorizer?
    let selection: RouteSelection
    let functionNames: [String: String]

    private struct Clients {
        var isStopping = false
        var open: [String: WebSocketClient] = [:]
    }

    private let clients = Mutex(Clients())
    /// Connections, from their `$connect` to the end of their `$disconnect`.
    private let running = DispatchGroup()

    /// "Quotas for configuring and running a WebSocket in API Gateway".
    static let messageLimitBytes = 128 * 1024
    static let frameLimitBytes = 32 * 1024
    static let idleSeconds = 600.0
    static let durationSeconds = 7200.0
    private static let urlLimitCharacters = 4096

    /// - Throws: what of the API cannot be served, by name.
    package init(
        deployment: Deployment, api: Deployment.WebSocketAPI, invoker: any FunctionInvoker, clock: any EmulatorClock,
        journal: Journal
    ) throws(GatewayError) {
        let gateway = Gateway(deployment: deployment, invoker: invoker, clock: clock, journal: journal)
        var names: [String: String] = [:]
        for (key, route) in api.routes { names[key] = try gateway.functionName(route.functionLogicalID) }
        var authorizer: WebSocketAuthorizer?
        if let described = api.authorizer { authorizer = try WebSocketAuthorizer(described, gateway: gateway) }
        self.gateway = gateway
        self.api = api
        self.authorizer = authorizer
        functionNames = names
        selection = try RouteSelection(api.routeSelectionExpression)
    }

    /// The server that such an API's clients come through.
    package static func serverConfiguration(host: String = "127.0.0.1", port: UInt16 = 0) -> HTTPServer.Configuration {
        HTTPServer.Configuration(
            host: host, port: port, maximumBodyBytes: 1024 * 1024, connectionLimit: 16_384, connectionMemoryBytes: 64 * 1024,
            tooLarge: GatewayAnswer.requestTooLarge)
    }

    /// Answers one request of the API's own port: a handshake on `/{stage}`, or a call of `@connections`.
    package func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) {
        if takesConnections(path: request.path) {
            exchange.respond(connections(request))
            return
        }
        guard request.path == "/\(api.stage)" || request.path == "/\(api.stage)/" else {
            exchange.respond(GatewayAnswer.forbidden)
            return
        }
        guard request.target.count <= Self.urlLimitCharacters else {
            exchange.respond(GatewayAnswer.message(414, "URI Too Long"))
            return
        }
        if let refusal = WebSocketHandshake.refusal(of: request) {
            exchange.respond(refusal)
            return
        }
        guard begin() else {
            exchange.respond(GatewayAnswer.serviceUnavailable)
            return
        }
        connect(request, exchange)
    }

    /// Closes every client with 1001 and runs their `$disconnect`s, for `seconds` at most.
    package func stop(within seconds: Double = 1) {
        let open = clients.withLock { clients in
            clients.isStopping = true
            return Array(clients.open.values)
        }
        for client in open { client.close(code: 1001, reason: "Going away") }
        _ = running.wait(timeout: .now() + seconds)
    }

    /// How many clients are connected.
    package var connectionCount: Int { clients.withLock { $0.open.count } }

    func client(_ id: String) -> WebSocketClient? {
        clients.withLock { $0.open[id] }
    }

    func add(_ client: WebSocketClient) {
        clients.withLock { $0.open[client.id] = client }
    }

    func remove(_ client: WebSocketClient) {
        clients.withLock { $0.open[client.id] = nil }
    }

    /// One more connection is under way, unless the front stops; ``finished()`` is called for it once.
    private func begin() -> Bool {
        clients.withLock { clients in
            if clients.isStopping { return false }
            running.enter()
            return true
        }
    }

    func finished() {
        running.leave()
    }

    var isStopping: Bool { clients.withLock { $0.isStopping } }

    func event(_ kind: WebSocketEvent.Kind, routeKey: String, client: WebSocketClient, at time: Date) -> WebSocketEvent {
        let requestID = Identifier.make()
        let context = WebSocketEvent.Context(
            routeKey: routeKey, eventType: kind, extendedRequestId: requestID, requestTime: commonLogTime(time), stage: api.stage,
            connectedAt: milliseconds(client.connectedAt), requestTimeEpoch: milliseconds(time),
            identity: .init(userAgent: client.userAgent, sourceIp: client.sourceIP), requestId: requestID,
            domainName: gateway.domainName(api.id), connectionId: client.id, apiId: api.id, authorizer: client.authorizer)
        return WebSocketEvent(requestContext: context, isBase64Encoded: false)
    }

    private func milliseconds(_ time: Date) -> Int64 {
        Int64((time.timeIntervalSince1970 * 1000).rounded(.down))
    }

    /// What API Gateway says of its own failures, in an answer or as a message.
    static func errorText(_ message: String, _ event: WebSocketEvent) -> String {
        let context = event.requestContext
        return #"{"message": "\#(message)", "connectionId":"\#(context.connectionId)", "requestId":"\#(context.requestId)"}"#
    }
}
