import Foundation
import LambdaEvents
import RoostHTTPServer

/// The event of a WebSocket API's Lambda proxy integration, and (with other members) that of its authorizer.
///
/// Shape: AWS's sample events of `$connect`, messages and `$disconnect`. Written down here once more, and not taken from
/// LambdaEvents, so that a mistake there shows.
struct WebSocketEvent: Encodable, Sendable {
    /// `REQUEST` in an authorizer's event only, as the next two.
    var type: String?
    var methodArn: String?
    var stageVariables: [String: String]?
    var headers: [String: String]?
    var multiValueHeaders: [String: [String]]?
    var queryStringParameters: [String: String]?
    var multiValueQueryStringParameters: [String: [String]]?
    var requestContext: Context
    var body: String?
    var isBase64Encoded: Bool?

    enum Kind: String, Encodable, Sendable {
        case connect = "CONNECT"
        case message = "MESSAGE"
        case disconnect = "DISCONNECT"
    }

    struct Context: Encodable, Sendable {
        var routeKey: String
        var messageId: String?
        var disconnectStatusCode: UInt16?
        var disconnectReason: String?
        var eventType: Kind
        var extendedRequestId: String
        var requestTime: String
        var messageDirection = "IN"
        var stage: String
        var connectedAt: Int64
        var requestTimeEpoch: Int64
        var identity: Identity
        var requestId: String
        var domainName: String
        var connectionId: String
        var apiId: String
        var authorizer: [String: String]?
    }

    struct Identity: Encodable, Sendable {
        var userAgent: String?
        var sourceIp: String
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return try encoder.encode(self)
    }

    /// Gives it what a handshake's request carried: header names as they came, the last of several values alone and all
    /// of them.
    mutating func carry(_ request: HTTPRequest, at time: Date) {
        let dropped: Set<String> = ["connection", "upgrade", "keep-alive", "content-length"]
        var fields = request.headers.fields.filter { !dropped.contains($0.name.lowercased()) }
        let added = [
            ("X-Amzn-Trace-Id", Identifier.traceID(at: time)), ("X-Forwarded-For", request.remoteAddress),
            ("X-Forwarded-Port", request.headers["Host"]?.split(separator: ":").last.flatMap { Int($0) }.map { "\($0)" } ?? "80"),
            ("X-Forwarded-Proto", "http"),
        ]
        for (name, value) in added where request.headers[name] == nil { fields.append((name, value)) }
        headers = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
        multiValueHeaders = Dictionary(fields.map { ($0.name, [$0.value]) }) { $0 + $1 }
        let items = queryItems(request.rawQuery)
        guard !items.isEmpty else { return }
        queryStringParameters = Dictionary(items.map { ($0.name, $0.value) }) { $1 }
        multiValueQueryStringParameters = Dictionary(items.map { ($0.name, [$0.value]) }) { $0 + $1 }
    }

    /// What AWS's samples of `$disconnect` carry: the connection's request is long gone.
    mutating func carryDisconnect(host: String) {
        let fields = ["Host": host, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": ""]
        headers = fields
        multiValueHeaders = fields.mapValues { [$0] }
    }
}
