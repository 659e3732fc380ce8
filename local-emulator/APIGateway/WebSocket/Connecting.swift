import DeploymentTemplate
import EmulatorClock
import Foundation
import FunctionPool
import LambdaEvents
import RoostHTTPServer

/// The handshake: authorizer, `$connect`, and the socket taken over.
extension WebSocketFront {
    func connect(_ request: HTTPRequest, _ exchange: HTTPExchange) {
        let now = gateway.clock.now
        // The path alone: a query and the subprotocols may hold a token.
        let entry = gateway.journal.record("websocket", "handshake on \(request.path)")
        let client = WebSocketClient(request, at: now, entry: entry)
        var event = event(.connect, routeKey: "$connect", client: client, at: now)
        event.carry(request, at: now)
        let refuse: @Sendable (HTTPResponse) -> Void = { [self] response in
            exchange.respond(response)
            gateway.journal.record("websocket", "handshake refused with \(response.status)", cause: entry)
            finished()
        }
        authorize(request, client, event) { [self, event] outcome in
            switch outcome {
            case .refused(let response): refuse(response)
            case .allowed(let context):
                client.authorizer = context
                askConnectRoute(client, event) { decision in
                    switch decision {
                    case .refused(let response): refuse(response)
                    case .accepted(let subprotocol): self.open(client, request, exchange, subprotocol: subprotocol)
                    }
                }
            }
        }
    }

    private enum ConnectDecision: Sendable {
        case accepted(subprotocol: String?)
        case refused(HTTPResponse)
    }

    private func authorize(
        _ request: HTTPRequest, _ client: WebSocketClient, _ event: WebSocketEvent,
        completion: @escaping @Sendable (WebSocketAuthorizer.Outcome) -> Void
    ) {
        guard let authorizer else { return completion(.allowed(nil)) }
        let resource = gateway.arn(api.id, stage: api.stage, resource: "$connect")
        authorizer.authorize(
            request, client: client, event: event, resource: resource, timeoutMilliseconds: 29_000, completion: completion)
    }

    /// Without the route everyone is let in.
    private func askConnectRoute(
        _ client: WebSocketClient, _ event: WebSocketEvent, completion: @escaping @Sendable (ConnectDecision) -> Void
    ) {
        guard let route = api.routes["$connect"] else { return completion(.accepted(subprotocol: nil)) }
        var event = event
        event.requestContext.authorizer = client.authorizer
        invoke(route, "$connect", event, client) { [event] outcome in completion(Self.decision(outcome, event)) }
    }

    /// The function's status decides; one that fails, or answers no status, is 502, one that takes too long 504.
    private static func decision(_ outcome: RouteOutcome, _ event: WebSocketEvent) -> ConnectDecision {
        switch outcome {
        case .answered(let answer) where (200..<300).contains(answer.status):
            return .accepted(subprotocol: answer.subprotocol)
        case .answered(let answer):
            return .refused(HTTPResponse(status: (300...599).contains(answer.status) ? answer.status : 500))
        case .failed: return .refused(failure(502, "Internal server error", event))
        case .timedOut: return .refused(failure(504, "Endpoint request timed out", event))
        }
    }

    private static func failure(_ status: Int, _ message: String, _ event: WebSocketEvent) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "application/json"], body: Data(errorText(message, event).utf8))
    }

    private func open(_ client: WebSocketClient, _ request: HTTPRequest, _ exchange: HTTPExchange, subprotocol: String?) {
        let socket = WebSocketConnection(
            limits: .init(maximumMessageBytes: Self.messageLimitBytes, maximumFrameBytes: Self.frameLimitBytes),
            events: .init(
                onMessage: { [self] _, message in received(message, from: client) },
                onControlFrame: { [gateway] _ in client.touch(at: gateway.clock.now) },
                onClose: { [self] _, close in closed(client, close) }))
        // Known before its first byte is read: what its first message leads to may already be sent to it.
        client.opened(as: socket)
        add(client)
        // And its time runs before it knows that it is connected.
        let end = gateway.clock.after(seconds: Self.durationSeconds) { client.close(code: 1001, reason: "Going away") }
        client.keep(end, for: .duration)
        watchIdle(client, after: Self.idleSeconds)
        let headers: HTTPHeaders = subprotocol.map { ["Sec-WebSocket-Protocol": $0] } ?? [:]
        guard exchange.acceptWebSocket(request, as: socket, headers: headers) else {
            closed(client, WebSocketClose(code: 1006, reason: "", byClient: true))
            return
        }
        gateway.journal.record("websocket", "\(client.id) connected", cause: client.entry)
        if isStopping { client.close(code: 1001, reason: "Going away") }
    }

    private func watchIdle(_ client: WebSocketClient, after seconds: Double) {
        let timer = gateway.clock.after(seconds: seconds) { [self] in
            let quiet = gateway.clock.now.timeIntervalSince(client.lastActive)
            if quiet >= Self.idleSeconds {
                client.close(code: 1001, reason: "Going away")
            } else {
                watchIdle(client, after: Self.idleSeconds - quiet)
            }
        }
        client.keep(timer, for: .idle)
    }
}
