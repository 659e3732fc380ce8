#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// `$connect` and `$disconnect`.
struct SocketLifecycle: Sendable {
    /// The subprotocol by which a browser hands over its token, since it can set no header (`docs/data-model.md`).
    static let subprotocol = "roost.bearer"

    private let sockets: ConnectionRepository
    private let lastSeen: LastSeenRepository

    init(store: PlatformStore) {
        sockets = ConnectionRepository(store: store)
        lastSeen = LastSeenRepository(store: store)
    }

    /// Keeps the socket and puts its user online. What is not 200 refuses the connection.
    func connect(_ socket: WebSocketCall) async throws -> WebSocketResponse {
        let (event, log) = (socket.event, socket.context.log)
        do {
            let caller = try Caller(authorizer: socket.authorizer)
            try MessageAccess.checkParticipation(caller.status)
            let connection = Connection(
                connectionID: socket.connectionID, userID: caller.userID, sessionID: caller.sessionID,
                connectedAt: Date(milliseconds: event.requestContext.connectedAt))
            try await sockets.add(connection, organization: caller.organizationID)
            log.info("socket open", ["organization": caller.organizationID, "user": caller.userID])
            return WebSocketResponse(statusCode: 200, headers: Self.selectedProtocol(event))
        } catch let error as PlatformError {
            log.info("socket refused", ["code": error.code.rawValue])
            throw error
        }
    }

    /// RFC 6455, 4.2.2: the server names the one subprotocol it chose, and none if it chose none of those offered.
    static func selectedProtocol(_ event: WebSocketRequest) -> [String: String]? {
        let fields =
            event.multiValueHeaders?.first { $0.key.lowercased() == "sec-websocket-protocol" }?.value
            ?? [event.header("Sec-WebSocket-Protocol") ?? ""]
        let offered = fields.flatMap { field in field.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } } }
        return offered.contains(subprotocol) ? ["Sec-WebSocket-Protocol": subprotocol] : nil
    }

    /// Forgets the socket. API Gateway sends `$disconnect` at most once and does not wait for the answer.
    func disconnect(_ socket: WebSocketCall) async throws {
        let caller = try Caller(authorizer: socket.authorizer)
        try await sockets.remove(socket.connectionID, user: caller.userID, organization: caller.organizationID)
        try await lastSeen.record(user: caller.userID, organization: caller.organizationID)
        socket.context.log.info("socket closed", ["organization": caller.organizationID, "user": caller.userID])
    }
}
