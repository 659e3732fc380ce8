import LambdaEvents
import Platform

/// The WebSocket API's authorizer: asked at `$connect`, answers with an IAM policy.
///
/// The token comes as `Authorization: Bearer …`, as `?token=…`, or as the subprotocols `roost.bearer, <token>`: a
/// browser's WebSocket can send no header of its own.
struct WebSocketAuthorizer: Sendable {
    private static let subprotocol = "roost.bearer"

    let services: AuthServices

    func authorize(_ request: WebSocketAuthorizerRequest) async throws -> IAMPolicyResponse {
        let passed = try await TokenCheck(services: services).check(Self.token(of: request))
        return .invoke(
            passed.isAllowed ? .allow : .deny, on: request.methodArn, principalId: passed.caller.userID,
            context: passed.caller.authorizerContext(expiresAt: passed.expiresAt))
    }

    /// The first place that has a token decides.
    static func token(of request: WebSocketAuthorizerRequest) -> String? {
        if let header = request.header("authorization") { return TokenCheck.bearer(header) }
        if let token = request.queryStringParameters?["token"] { return token }
        let offered = (request.header("sec-websocket-protocol") ?? "").split(separator: ",").map { part in
            String(part.filter { $0 != " " })
        }
        guard offered.count >= 2, offered[0] == subprotocol else { return nil }
        return offered[1]
    }
}
