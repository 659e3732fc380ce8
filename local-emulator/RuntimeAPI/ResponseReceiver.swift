import Foundation
import FunctionPool
import RoostHTTPServer

/// A streamed response on its way from the runtime's connection to the pool.
///
/// Lambda Developer Guide, "Implementing response streaming in a custom runtime": an error in mid-stream follows in trailers.
final class ResponseReceiver: HTTPBodyReceiver {
    private let stream: any ResponseStream

    init(_ stream: any ResponseStream) {
        self.stream = stream
    }

    func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> HTTPBodyReception {
        switch stream.receive(bytes, resume: resume) {
        case .taken(let count): .taken(count)
        case .refused(let answer): .refused(RuntimeAPIReply.submission(answer))
        }
    }

    func finish(trailers: HTTPHeaders, _ exchange: HTTPExchange) {
        exchange.respond(RuntimeAPIReply.submission(stream.end(StreamError(trailers))))
    }

    func abandon() {
        stream.abandon()
    }
}

extension StreamError {
    init?(_ trailers: HTTPHeaders) {
        let type = trailers["Lambda-Runtime-Function-Error-Type"]
        let body = trailers["Lambda-Runtime-Function-Error-Body"]
        guard type != nil || body != nil else { return nil }
        // Not base64 after all: a text of its own is better than none.
        self.init(type: type, body: body.map { Data(base64Encoded: $0) ?? Data($0.utf8) })
    }
}
