/// The right to answer one request, once.
///
/// An answer given inside the server's callback goes out at once. One given later, from any thread, costs a
/// suspended connection and a wake-up. An exchange that is let go of unanswered answers 500 by itself, so that no
/// client waits for ever.
package final class HTTPExchange: Sendable {
    private let pending: PendingRequest

    init(_ pending: PendingRequest) {
        self.pending = pending
    }

    deinit {
        pending.decide(.response(HTTPResponse(status: 500)))
    }

    /// Answers the request.
    ///
    /// - Returns: false where the request was answered before, the client is gone or the server stops: nothing is sent.
    @discardableResult
    package func respond(_ response: HTTPResponse) -> Bool {
        pending.decide(.response(response))
    }

    /// Answers the request with a body that is made while it is sent.
    ///
    /// - Parameters:
    ///   - head: status and fields; its body is not looked at.
    ///   - source: closed in every case, once nobody reads it any more.
    @discardableResult
    package func respond(_ head: HTTPResponse, streaming source: any HTTPBodySource) -> Bool {
        let isTaken = pending.decide(.stream(head, source))
        if !isTaken { source.close() }
        return isTaken
    }

    /// Answers an opening handshake with 101 and hands the connection over.
    ///
    /// The request must be one that ``WebSocketHandshake/refusal(of:)`` has nothing against.
    ///
    /// - Parameters:
    ///   - connection: a new one, which becomes this client's.
    ///   - headers: further fields of the answer, as `Sec-WebSocket-Protocol`.
    /// - Returns: false where the request was answered before, the client is gone or the server stops; the connection's
    ///   events hear nothing then.
    package func acceptWebSocket(_ request: HTTPRequest, as connection: WebSocketConnection, headers: HTTPHeaders = [:]) -> Bool {
        var headers = headers
        headers.set("Upgrade", "websocket")
        headers.set("Sec-WebSocket-Accept", WebSocketHandshake.accept(key: request.headers["Sec-WebSocket-Key"] ?? ""))
        return pending.decide(.webSocket(connection, headers))
    }
}
