#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Why nothing reached a client, where the reason is the connection itself.
public enum ConnectionError: Error, Sendable, Equatable {
    /// 410: the client has gone, or is not connected yet because its `$connect` is still being answered.
    case gone(connectionID: String)
}

/// A WebSocket API's `@connections`: sends to clients, looks at connections, closes them.
///
/// Source: Amazon API Gateway Developer Guide, "Use @connections commands in your backend service".
public struct ConnectionsClient: Sendable {
    private let caller: ServiceCaller
    private let endpoint: String

    /// - Parameter endpoint: `https://{api}.execute-api.{region}.amazonaws.com/{stage}`.
    public init(transport: any AWSTransport, endpoint: String, retry: RetryPolicy = .standard) {
        caller = ServiceCaller(service: .apiGatewayManagement, transport: transport, retry: retry)
        self.endpoint = endpoint
    }

    public struct Connection: Sendable, Equatable {
        public var connectedAt: Date
        public var lastActiveAt: Date
        public var sourceIp: String
        public var userAgent: String?
    }

    /// Sends one message, at most 128 KB. Not tried again without an answer, for the client might see it twice.
    ///
    /// - Throws: ``ConnectionError/gone(connectionID:)``; ``AWSServiceError`` with `PayloadTooLargeException`,
    ///   `LimitExceededException`, `ForbiddenException`.
    public func post(_ data: Data, to connectionID: String) async throws {
        _ = try await send("PostToConnection", "POST", connectionID, body: data, isRepeatable: false)
    }

    /// - Throws: ``ConnectionError/gone(connectionID:)``; ``AWSServiceError``.
    public func get(_ connectionID: String) async throws -> Connection {
        let response = try await send("GetConnection", "GET", connectionID, isRepeatable: true)
        let answer = try decode(Answer.self, from: response, of: caller.service, operation: "GetConnection")
        guard let connectedAt = Self.time(answer.connectedAt), let lastActiveAt = Self.time(answer.lastActiveAt) else {
            throw AWSUnreadableAnswer(
                service: caller.service, operation: "GetConnection", status: response.status,
                reason: "connectedAt or lastActiveAt is no ISO 8601 time")
        }
        return Connection(
            connectedAt: connectedAt, lastActiveAt: lastActiveAt, sourceIp: answer.identity.sourceIp,
            userAgent: answer.identity.userAgent)
    }

    /// Closes the connection.
    ///
    /// - Throws: ``ConnectionError/gone(connectionID:)``; ``AWSServiceError``.
    public func delete(_ connectionID: String) async throws {
        _ = try await send("DeleteConnection", "DELETE", connectionID, isRepeatable: true)
    }

    private func send(
        _ operation: String, _ method: String, _ connectionID: String, body: Data = Data(), isRepeatable: Bool
    ) async throws -> AWSResponse {
        let headers: [(name: String, value: String)] = body.isEmpty ? [] : [("Content-Type", "application/octet-stream")]
        let request = AWSRequest(
            service: caller.service, operation: operation, method: method,
            path: "/@connections/" + URLEncoding.encode(connectionID), headers: headers,
            body: body, baseURL: endpoint)
        do {
            return try await caller.send(request, isRepeatable: isRepeatable) { response in
                AWSServiceError(jsonAnswer: response, service: caller.service, operation: operation)
            }
        } catch let error as AWSServiceError where error.status == 410 {
            throw ConnectionError.gone(connectionID: connectionID)
        }
    }

    private struct Answer: Decodable {
        struct Identity: Decodable {
            var sourceIp: String
            var userAgent: String?
        }

        var connectedAt: String
        var lastActiveAt: String
        var identity: Identity
    }

    /// With or without a fraction of a second.
    private static func time(_ text: String) -> Date? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        return try? Date(text, strategy: style)  // nil says all there is to say
    }
}
