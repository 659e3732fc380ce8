import DeploymentTemplate
import Foundation
import FunctionPool
import LambdaEvents
import RoostHTTPServer

/// Messages and the end of a connection.
extension WebSocketFront {
    /// How a route's function ended.
    enum RouteOutcome: Sendable {
        case answered(RouteAnswer)
        case failed
        case timedOut
    }

    /// What counts of a function's answer. Its body would need a route response, which this front's APIs have none of.
    struct RouteAnswer: Sendable {
        var status: Int
        var subprotocol: String?

        init?(_ payload: Data) {
            let value = try? JSONDecoder().decode(JSONValue.self, from: payload)  // not JSON is no answer
            guard let status = value?["statusCode"]?.intValue else { return nil }
            self.status = status
            let headers = value?["headers"]?.objectValue ?? [:]
            subprotocol = headers.first { $0.key.lowercased() == "sec-websocket-protocol" }?.value.stringValue
        }
    }

    func invoke(
        _ route: Deployment.WebSocketRoute, _ key: String, _ event: WebSocketEvent, _ client: WebSocketClient,
        completion: @escaping @Sendable (RouteOutcome) -> Void
    ) {
        guard let name = functionNames[key], let payload = try? event.json() else { return completion(.failed) }
        let invocation = InvocationRequest(functionName: name, payload: payload, cause: client.entry)
        gateway.invoke(invocation, timeoutMilliseconds: route.timeoutMilliseconds) { outcome in
            switch outcome {
            case .timedOut: completion(.timedOut)
            case .finished(let result):
                guard case .success(let payload) = result.outcome, let answer = RouteAnswer(payload) else {
                    return completion(.failed)
                }
                completion(.answered(answer))
            }
        }
    }

    func received(_ message: WebSocketMessage, from client: WebSocketClient) {
        let now = gateway.clock.now
        client.touch(at: now)
        let (body, text, isBase64) =
            switch message {
            case .text(let text): (Data(text.utf8), text, false)
            case .binary(let data): (data, data.base64EncodedString(), true)
            }
        let named = selection.key(of: body).flatMap { key in api.routes[key].map { (key, $0) } }
        let chosen = named ?? api.routes["$default"].map { ("$default", $0) }
        var event = event(.message, routeKey: chosen?.0 ?? "$default", client: client, at: now)
        event.requestContext.messageId = Identifier.make()
        event.body = text
        event.isBase64Encoded = isBase64
        guard let (key, route) = chosen else {
            _ = client.send(.text(Self.errorText("Forbidden", event)))
            return
        }
        gateway.journal.record("websocket", "\(client.id) sent a message for \(key)", cause: client.entry)
        client.invocationBegins()
        invoke(route, key, event, client) { [event] outcome in
            client.invocationEnded()
            switch outcome {
            case .answered: break
            case .failed: _ = client.send(.text(Self.errorText("Internal server error", event)))
            case .timedOut: _ = client.send(.text(Self.errorText("Endpoint request timed out", event)))
            }
        }
    }

    /// The connection is gone for `@connections` before `$disconnect` runs.
    func closed(_ client: WebSocketClient, _ close: WebSocketClose) {
        guard client.end() else { return }
        remove(client)
        gateway.journal.record("websocket", "\(client.id) closed with \(close.code)", cause: client.entry)
        guard let route = api.routes["$disconnect"] else { return finished() }
        var event = event(.disconnect, routeKey: "$disconnect", client: client, at: gateway.clock.now)
        event.carryDisconnect(host: client.host)
        event.requestContext.disconnectStatusCode = close.code
        event.requestContext.disconnectReason =
            close.code == 1005 ? "Client-side close frame status not set" : close.reason
        invoke(route, "$disconnect", event, client) { [self] _ in finished() }
    }
}
