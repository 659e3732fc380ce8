internal import AWSClients
internal import EmulatorClock
public import Foundation
internal import Synchronization

/// The clients of a WebSocket API, as far as functions can tell: what `@connections` finds behind a connection id.
///
/// A test says which clients are there. What is posted to one is kept for the test to read; one that is not there is answered
/// 410, as API Gateway does. Source: Amazon API Gateway Developer Guide, "Use @connections commands in your backend service".
public final class ConnectedClients: Sendable {
    private struct Client {
        var connectedAt: Date
        var lastActiveAt: Date
        var messages: [Data] = []
    }

    /// The longest message, in bytes.
    private static let messageLimitBytes = 128 * 1024

    private let clock: any EmulatorClock
    private let clients = Mutex<[String: Client]>([:])

    init(clock: any EmulatorClock) { self.clock = clock }

    /// Connects a client; one that is there already starts anew.
    public func connect(_ connectionID: String) {
        clients.withLock { $0[connectionID] = Client(connectedAt: clock.now, lastActiveAt: clock.now) }
    }

    /// The client goes away, as a closed tab does.
    public func disconnect(_ connectionID: String) {
        clients.withLock { clients in _ = clients.removeValue(forKey: connectionID) }
    }

    public func isConnected(_ connectionID: String) -> Bool { clients.withLock { $0[connectionID] != nil } }

    /// What was posted to a client that is connected, oldest first.
    public func messages(to connectionID: String) -> [Data] { clients.withLock { $0[connectionID]?.messages ?? [] } }

    // MARK: The service's side

    func answer(_ request: AWSRequest) -> AWSResponse {
        let prefix = "/@connections/"
        guard request.path.hasPrefix(prefix), let id = String(request.path.dropFirst(prefix.count)).removingPercentEncoding else {
            return Self.error(403, "ForbiddenException", "Forbidden")
        }
        if request.method == "POST", request.body.count > Self.messageLimitBytes {
            return Self.error(413, "PayloadTooLargeException", "Payload Too Large")
        }
        return clients.withLock { clients in
            guard clients[id] != nil else {
                return AWSResponse(status: 410, headers: [("x-amzn-ErrorType", "GoneException")])
            }
            switch request.method {
            case "POST":
                clients[id]?.messages.append(request.body)
                clients[id]?.lastActiveAt = clock.now
                return AWSResponse(status: 200)
            case "DELETE":
                clients[id] = nil
                return AWSResponse(status: 204)
            case "GET": return Self.description(of: clients[id])
            default: return Self.error(403, "ForbiddenException", "Forbidden")
            }
        }
    }

    private static func description(of client: Client?) -> AWSResponse {
        guard let client else { return AWSResponse(status: 410) }
        let style = Date.ISO8601FormatStyle()
        let body =
            #"{"connectedAt":"\#(client.connectedAt.formatted(style))","lastActiveAt":"\#(client.lastActiveAt.formatted(style))","#
            + #""identity":{"sourceIp":"127.0.0.1"}}"#
        return AWSResponse(status: 200, headers: [("Content-Type", "application/json")], body: Data(body.utf8))
    }

    private static func error(_ status: Int, _ type: String, _ text: String) -> AWSResponse {
        AWSResponse(status: status, headers: [("x-amzn-ErrorType", type)], body: Data(#"{"message":"\#(text)"}"#.utf8))
    }
}
