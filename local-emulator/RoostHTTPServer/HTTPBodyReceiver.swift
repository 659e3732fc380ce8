package import Foundation

/// Takes a request's body while it arrives, in place of the request being gathered whole.
///
/// Every call comes on a thread of the server and must not block. After ``finish(trailers:_:)`` or ``abandon()`` there is
/// none.
package protocol HTTPBodyReceiver: AnyObject, Sendable {
    /// Takes bytes of the body, or as many as there is room for.
    ///
    /// - Parameter resume: to be called, on any thread, when there is room again after less than all were taken; the client
    ///   is not read until then.
    func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> HTTPBodyReception
    /// The body is whole. The request is answered through the exchange, now or later.
    func finish(trailers: HTTPHeaders, _ exchange: HTTPExchange)
    /// The client is gone before the body's end, or the server stops.
    func abandon()
}

package enum HTTPBodyReception: Sendable {
    /// This many bytes; fewer than there were to make the client wait.
    case taken(Int)
    /// The answer, before the body's end; the connection ends with it.
    case refused(HTTPResponse)
}

/// What becomes of a request's body.
package enum HTTPBodyPlan: Sendable {
    /// It is gathered, up to the server's limit, and the request handled whole.
    case gather
    /// The receiver takes it, whatever its size, and answers the request.
    case stream(any HTTPBodyReceiver)
    /// The answer, before the body is read; the connection ends with it.
    case refuse(HTTPResponse)
}

/// A body on its way to the receiver: what happens when room comes while the server still finds that there is none.
struct IncomingStream {
    let receiver: any HTTPBodyReceiver
    var isSuspended = false
    /// ``HTTPBodyReceiver/receive(_:resume:)`` took less than all, and there is room again already.
    var hasRoom = false
}
