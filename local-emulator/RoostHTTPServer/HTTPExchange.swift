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
}
