#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents
import LambdaRuntime
import Platform

/// Frames from a client: finds the route by `event`, runs it, and sends the answer to the socket that asked.
///
/// The answer's status and body say the same as the frame that was sent; API Gateway passes neither on, since the routes
/// have no route response.
struct SocketConversation: Sendable {
    /// Who said what, for a route.
    struct Request: Sendable {
        var data: [String: JSONValue]
        var caller: Caller
        var connectionID: String
    }

    private let time: TimeSource
    private let pusher: SocketPusher
    private let organizations: OrganizationDirectory
    private let limiter: RateLimiter
    private let sessions: SessionRepository
    private let access: MessageAccess
    private let sending: SendMessageRoute
    private let typing: TypingRoute
    private let reading: MarkReadRoute

    init(store: PlatformStore, pusher: SocketPusher, blueprints: [Blueprint]) {
        time = store.time
        self.pusher = pusher
        organizations = OrganizationDirectory(store: store, blueprints: blueprints)
        limiter = RateLimiter(store: store)
        sessions = SessionRepository(store: store)
        access = MessageAccess(store: store)
        sending = SendMessageRoute(store: store)
        typing = TypingRoute(store: store, pusher: pusher)
        reading = MarkReadRoute(store: store)
    }

    func answer(_ event: WebSocketRequest, log: LambdaLog) async throws -> WebSocketResponse {
        let connectionID = event.requestContext.connectionId
        let caller: Caller
        do {
            caller = try Caller(authorizer: event.requestContext.authorizer)
        } catch {
            // Without a known user there is nobody to look after; the gateway does not let this happen.
            return WebSocketResponse(statusCode: error.code.status)
        }
        var name: String?
        var status = 200
        var reply: Frame?
        do {
            let frame = try Self.frame(of: event, at: time.now)
            name = frame.event
            reply = try await run(frame.event, Request(data: frame.data, caller: caller, connectionID: connectionID))
        } catch {
            let told = ErrorCatalogue.publicError(for: error)
            if ErrorCatalogue.isDefect(told) {
                log.error("frame failed", ["event": name ?? "unknown", "cause": ErrorCatalogue.logText(for: error)])
            }
            status = told.code.status
            reply = .error(told, event: name, at: time.now)
        }
        guard let reply else { return WebSocketResponse(statusCode: status) }
        let outcome = try await pusher.push(reply, to: [connectionID], user: caller.userID, organization: caller.organizationID)
        for failure in outcome.failures { log.warn("answer not sent", ["event": reply.event, "cause": failure]) }
        return WebSocketResponse(statusCode: status, body: reply.text)
    }

    private static func frame(of event: WebSocketRequest, at date: Date) throws(PlatformError) -> Frame {
        guard let data = event.bodyData, let text = String(validating: data, as: UTF8.self) else {
            throw PlatformError(.invalidJSON, "The frame is not UTF-8 text")
        }
        return try Frame(client: text, at: date)
    }

    private func run(_ event: String, _ request: Request) async throws -> Frame? {
        switch event {
        case "ping": return Frame("pong", [:], at: time.now)
        case "send_message":
            let (user, blueprint) = try await admit(request.caller)
            let message = try await sending.run(request, user: user, blueprint: blueprint)
            return Frame("message_sent", message.json.objectValue ?? [:], at: time.now)
        case "typing_start", "typing_stop":
            let (user, blueprint) = try await admit(request.caller)
            try await typing.run(request, user: user, blueprint: blueprint, typing: event == "typing_start")
            return nil
        case "mark_read":
            let (user, blueprint) = try await admit(request.caller)
            try await reading.run(request, user: user, blueprint: blueprint)
            return nil
        case "authenticate":
            throw PlatformError(
                .notImplemented,
                "authenticate is not built: the token comes with the handshake, as a header, ?token= or a subprotocol")
        default:
            throw PlatformError.invalid("event", "There is no such event")
        }
    }

    /// The session, which may have ended since the socket opened; the user as the store has them now, who may have been
    /// suspended; the limit of every call.
    private func admit(_ caller: Caller) async throws -> (User, Blueprint) {
        let blueprint = try await organizations.find(caller.organizationID).blueprint
        guard try await sessions.isOpen(caller.sessionID, user: caller.userID, organization: caller.organizationID) else {
            throw PlatformError(.unauthorized, "Your session has ended")
        }
        let user = try await access.participant(caller.userID, organization: caller.organizationID)
        try await limiter.take(blueprint.limits.apiCalls, organization: caller.organizationID, key: caller.userID)
        return (user, blueprint)
    }
}
