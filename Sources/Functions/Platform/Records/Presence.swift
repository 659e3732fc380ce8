#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Whether somebody has a socket open.
package struct Presence: Sendable, Equatable {
    package enum Status: String, Sendable {
        case online
        case offline
    }

    package var userID: String
    package var status: Status
    package var connections: [String]
    package var lastSeenAt: Date?

    package init(item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "presence")
        userID = try reader.text("user_id")
        status = try reader.value("status")
        connections = try reader.texts("connections")
        lastSeenAt = try reader.optionalDate("last_seen_at")
    }
}

/// One open socket.
package struct Connection: Sendable, Equatable {
    package var connectionID: String
    package var userID: String
    package var sessionID: String
    package var connectedAt: Date

    package init(connectionID: String, userID: String, sessionID: String, connectedAt: Date) {
        self.connectionID = connectionID
        self.userID = userID
        self.sessionID = sessionID
        self.connectedAt = connectedAt
    }

    package init(item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "connection")
        connectionID = try reader.text("connection_id")
        userID = try reader.text("user_id")
        sessionID = try reader.text("session_id")
        connectedAt = try reader.date("connected_at")
    }

    /// A socket lives 2 hours at most (API Gateway's quota); ten minutes more are for clocks and late disconnects.
    static let lifetimeSeconds: Int64 = 2 * 3600 + 600

    func item(organization: String) -> Item {
        var writer = ItemWriter(
            entity: "connection", key: Keys.connection(organization, user: userID, connection: connectionID))
        writer.set("connection_id", connectionID)
        writer.set("user_id", userID)
        writer.set("session_id", sessionID)
        writer.set("connected_at", connectedAt)
        writer.set("expires_at", Int64(connectedAt.timeIntervalSince1970) + Self.lifetimeSeconds)
        return writer.item
    }
}
