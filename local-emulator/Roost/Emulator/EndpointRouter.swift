import APIGateway
import AccessControl
import CloudServices
import DynamoDBEndpoint
import Foundation
import Journal
import RoostHTTPServer
import Synchronization

/// The AWS-compatible endpoint: one port, each request to the service that it is for.
///
/// A function's call is refused first where its policies do not allow it; other callers are not checked.
/// Then, in this order: an `X-Amz-Target` of DynamoDB, a WebSocket API's `/{stage}/@connections/`, the journal, snapshots, what functions may call and called, everything else
/// to ``CloudServices``.
///
/// Until the emulator is up, every request is answered 503.
final class EndpointRouter: Sendable {
    struct Services: Sendable {
        var dynamoDB: DynamoDBFront
        var snapshots: SnapshotEndpoint
        var cloud: CloudServices
        var webSocket: WebSocketFront?
        var journal: JournalEndpoint
        var access: AccessGate
        var accessRecord: AccessRecordEndpoint
        /// The function that an access key is of.
        var caller: @Sendable (String) -> String?
        /// The invocation on whose behalf an access key calls.
        var cause: @Sendable (String) -> Journal.EntryID?
    }

    private let services = Mutex<Services?>(nil)

    func open(_ services: Services) {
        self.services.withLock { $0 = services }
    }

    func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) {
        guard let services = services.withLock({ $0 }) else {
            exchange.respond(HTTPResponse(status: 503, body: Data("{\"message\":\"Roost is starting\"}".utf8)))
            return
        }
        if let caller = ServiceRequest.accessKeyID(in: request.headers["Authorization"]).flatMap(services.caller),
            let denial = services.access.check(SignedRequest(request), by: caller)
        {
            exchange.respond(
                HTTPResponse(status: denial.status, headers: HTTPHeaders(denial.headers), body: denial.body))
            return
        }
        if services.dynamoDB.takes(request) { return services.dynamoDB.serve(request, exchange) }
        if let webSocket = services.webSocket, webSocket.takesConnections(path: request.path) {
            let cause = ServiceRequest(request).accessKeyID.flatMap(services.cause)
            exchange.respond(webSocket.connections(request, cause: cause))
            return
        }
        if SnapshotEndpoint.takes(request) { return services.snapshots.answer(request, exchange) }
        if request.path == JournalEndpoint.path {
            exchange.respond(services.journal.answer(request))
            return
        }
        if request.path == AccessRecordEndpoint.path {
            exchange.respond(services.accessRecord.answer(request))
            return
        }
        services.cloud.handle(ServiceRequest(request)) { reply in
            let response = HTTPResponse(status: reply.status, headers: HTTPHeaders(reply.headers), body: reply.body)
            if let stream = reply.stream {
                exchange.respond(response, streaming: StreamedReply(stream))
            } else {
                exchange.respond(response)
            }
        }
    }
}

/// A service's stream, as the server reads it.
private final class StreamedReply: HTTPBodySource {
    private let stream: ServiceStream

    init(_ stream: ServiceStream) {
        self.stream = stream
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, ready: @escaping @Sendable () -> Void) -> HTTPBodyPiece {
        switch stream.read(into: buffer, ready: ready) {
        case .bytes(let count): .bytes(count)
        case .later: .later
        case .end: .end
        }
    }

    func close() {
        stream.close()
    }
}

extension DynamoDBFront {
    /// Whether the request is for DynamoDB rather than another service: by its target, or the target that a browser's
    /// preflight is about.
    func takes(_ request: HTTPRequest) -> Bool {
        if let target = request.headers["X-Amz-Target"] { return target.hasPrefix("DynamoDB") }
        return request.method == "OPTIONS"
            && request.headers["Access-Control-Request-Headers"]?.lowercased().contains("x-amz-target") == true
    }

    func serve(_ request: HTTPRequest, _ exchange: HTTPExchange) {
        let request = DynamoDBRequest(
            method: request.method, uri: request.target, body: request.content, header: { request.headers[$0] },
            headers: { request.headers.fields })
        respond(to: request) { reply in
            exchange.respond(
                HTTPResponse(status: reply.status, headers: HTTPHeaders(reply.headers), content: reply.body))
        }
    }
}

extension SignedRequest {
    init(_ request: HTTPRequest) {
        self.init(
            method: request.method, path: request.path, target: request.headers["X-Amz-Target"] ?? "", body: request.body)
    }
}

extension ServiceRequest {
    init(_ request: HTTPRequest) {
        self.init(
            method: request.method, path: request.path, rawQuery: request.rawQuery, headers: request.headers.fields,
            body: request.body, accessKeyID: Self.accessKeyID(in: request.headers["Authorization"]))
    }

    /// `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sqs/aws4_request, …`: the first part of the scope.
    static func accessKeyID(in authorization: String?) -> String? {
        guard let authorization, let start = authorization.range(of: "Credential=") else { return nil }
        return String(authorization[start.upperBound...].prefix { $0 != "/" && $0 != "," })
    }
}
