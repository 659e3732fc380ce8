import Foundation
package import Journal
package import RoostHTTPServer

/// `@connections`: what functions send to clients, ask about them, and close them with.
///
/// Source: "Use @connections commands in your backend service" and the service model of ApiGatewayManagementApi
/// (2018-11-29). Checks, in this order: the signature is there (403; it is not verified), the stage (403), the method
/// (403), the connection id's form (400), a message's size (413), the connection (410).
extension WebSocketFront {
    /// Whether a path of another port's is one of this API's connections: `/{stage}/@connections/{id}`.
    package func takesConnections(path: String) -> Bool {
        connectionID(path) != nil
    }

    /// Answers one call.
    ///
    /// - Parameter cause: what made the call, where it is known.
    package func connections(_ request: HTTPRequest, cause: Journal.EntryID? = nil) -> HTTPResponse {
        let isSigned =
            request.headers["Authorization"]?.hasPrefix("AWS4-HMAC-SHA256 ") == true
            || request.rawQuery.contains("X-Amz-Signature=")
        guard isSigned else {
            return Self.error(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
        }
        guard let id = connectionID(request.path) else { return Self.error(403, "ForbiddenException", "Forbidden") }
        guard ["POST", "GET", "DELETE"].contains(request.method) else {
            return Self.error(403, "ForbiddenException", "Forbidden")
        }
        guard Self.isConnectionID(id) else { return Self.error(400, "BadRequestException", "Invalid connectionId: \(id)") }
        if request.method == "POST" && request.body.count > Self.messageLimitBytes {
            return Self.error(413, "PayloadTooLargeException", "Payload Too Large")
        }
        guard let client = client(id) else { return Self.gone }
        switch request.method {
        case "POST": return post(request.body, to: client, cause: cause)
        case "GET": return describe(client)
        default: return delete(client, cause: cause)
        }
    }

    /// Text where the bytes are UTF-8, as API Gateway's messages are; a client cannot be sent other bytes as text.
    private func post(_ body: Data, to client: WebSocketClient, cause: Journal.EntryID?) -> HTTPResponse {
        let message = String(data: body, encoding: .utf8).map(WebSocketMessage.text) ?? .binary(body)
        switch client.send(message) {
        case .queued:
            client.touch(at: gateway.clock.now)
            gateway.journal.record("websocket", "\(client.id) was sent \(body.count) bytes", cause: cause)
            return HTTPResponse(status: 200)
        case .closed: return Self.gone
        case .backlogFull: return Self.error(429, "LimitExceededException", "The client does not read what waits for it")
        }
    }

    private func describe(_ client: WebSocketClient) -> HTTPResponse {
        struct Identity: Encodable {
            var sourceIp: String
            var userAgent: String?
        }
        struct Connection: Encodable {
            var connectedAt: Date
            var identity: Identity
            var lastActiveAt: Date
        }
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        let connection = Connection(
            connectedAt: client.connectedAt, identity: .init(sourceIp: client.sourceIP, userAgent: client.userAgent),
            lastActiveAt: client.lastActive)
        guard let body = try? encoder.encode(connection) else { return GatewayAnswer.internalServerError }
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
    }

    private func delete(_ client: WebSocketClient, cause: Journal.EntryID?) -> HTTPResponse {
        gateway.journal.record("websocket", "\(client.id) is being closed", cause: cause)
        client.close(code: 1000, reason: "")
        return HTTPResponse(status: 204)
    }

    private func connectionID(_ path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, parts[1] == api.stage, percentDecoded(parts[2]) == "@connections" else {
            return nil
        }
        return percentDecoded(parts[3])
    }

    /// 11 bytes in base64, with `-` and `_`.
    private static func isConnectionID(_ id: String) -> Bool {
        let base64 = id.replacing("_", with: "/").replacing("-", with: "+")
        return id.utf8.count == 16 && Data(base64Encoded: base64)?.count == 11
    }

    /// API Gateway's has no body, only its type.
    private static let gone = HTTPResponse(status: 410, headers: ["x-amzn-ErrorType": "GoneException"])

    private static func error(_ status: Int, _ type: String, _ text: String) -> HTTPResponse {
        struct Body: Encodable {
            var message: String
        }
        let body = try? JSONEncoder().encode(Body(message: text))  // a text always encodes
        return HTTPResponse(
            status: status, headers: ["Content-Type": "application/json", "x-amzn-ErrorType": type], body: body ?? Data())
    }
}
