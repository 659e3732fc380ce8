package import Foundation

/// One whole message (RFC 6455, 5.6).
package enum WebSocketMessage: Sendable, Equatable {
    case text(String)
    case binary(Data)

    var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let data): data.count
        }
    }
}

/// How a connection ended.
package struct WebSocketClose: Sendable, Equatable {
    /// The status code (RFC 6455, 7.4): ours or the client's, 1005 where the client gave none, 1006 where the connection
    /// was lost.
    package var code: UInt16
    package var reason: String
    /// Whether the first close frame came from the client.
    package var byClient: Bool

    package init(code: UInt16, reason: String, byClient: Bool) {
        self.code = code
        self.reason = reason
        self.byClient = byClient
    }
}

/// What one connection may do and hold.
package struct WebSocketLimits: Sendable {
    /// A longer message closes the connection with 1009.
    package var maximumMessageBytes: Int
    /// A longer frame closes the connection with 1009.
    package var maximumFrameBytes: Int
    /// What may wait for a client that does not read; `send` refuses more.
    package var maximumQueuedBytes: Int
    /// How long the client may take to answer our close frame.
    package var closeTimeoutSeconds: Int

    package init(
        maximumMessageBytes: Int = 128 * 1024, maximumFrameBytes: Int = 32 * 1024, maximumQueuedBytes: Int = 4 * 1024 * 1024,
        closeTimeoutSeconds: Int = 2
    ) {
        self.maximumMessageBytes = maximumMessageBytes
        self.maximumFrameBytes = maximumFrameBytes
        self.maximumQueuedBytes = maximumQueuedBytes
        self.closeTimeoutSeconds = closeTimeoutSeconds
    }
}

/// What is told of a connection, on the server's WebSocket thread, one call at a time for each connection; none may block.
package struct WebSocketEvents: Sendable {
    package var onMessage: @Sendable (WebSocketConnection, WebSocketMessage) -> Void
    /// A ping or a pong came.
    package var onControlFrame: @Sendable (WebSocketConnection) -> Void
    /// Once, last, whatever the end was; also where the client left before the handshake was answered.
    package var onClose: @Sendable (WebSocketConnection, WebSocketClose) -> Void

    package init(
        onMessage: @escaping @Sendable (WebSocketConnection, WebSocketMessage) -> Void,
        onControlFrame: @escaping @Sendable (WebSocketConnection) -> Void = { _ in },
        onClose: @escaping @Sendable (WebSocketConnection, WebSocketClose) -> Void
    ) {
        self.onMessage = onMessage
        self.onControlFrame = onControlFrame
        self.onClose = onClose
    }
}
