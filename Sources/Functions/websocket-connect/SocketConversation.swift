import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// Frames from a client: a route for each event, and the answer to the socket that asked.
///
/// The answer's status and body say the same as the frame that was sent; API Gateway passes neither on, since the routes
/// have no route response.
struct SocketConversation: Sendable {
    /// Who says something, as the store has them now.
    struct Speaker: Sendable {
        var user: User
        var blueprint: Blueprint
    }

    private let time: TimeSource
    private let pusher: SocketPusher
    private let organizations: OrganizationDirectory
    private let limiter: RateLimiter
    private let sessions: SessionRepository
    private let access: MessageAccess
    private let sender: MessageSender
    private let typing: TypingRoute
    private let reading: MarkReadRoute

    init(store: PlatformStore, pusher: SocketPusher, blueprints: [Blueprint]) {
        time = store.time
        self.pusher = pusher
        organizations = OrganizationDirectory(store: store, blueprints: blueprints)
        limiter = RateLimiter(store: store)
        sessions = SessionRepository(store: store)
        access = MessageAccess(store: store)
        sender = MessageSender(store: store)
        typing = TypingRoute(store: store, pusher: pusher)
        reading = MarkReadRoute(store: store)
    }

    func declare(_ routes: inout WebSocketRoutes) {
        routes.deliver { socket, text in await send(text, to: socket) }
        routes.onError { error, socket -> (status: Int, answer: JSONValue)? in failure(error, of: socket) }
        routes.before { socket in
            socket[Caller.self] = try Caller(authorizer: socket.authorizer)
            if let time = socket.message["timestamp"], !time.isNull, time.doubleValue == nil {
                throw PlatformError.invalid("timestamp", "This must be a number of seconds")
            }
        }
        routes.on("ping") { _ in Frame("pong", [:], at: time.now).json }
        routes.on("authenticate") { _ -> JSONValue in
            throw PlatformError(
                .notImplemented,
                "authenticate is not built: the token comes with the handshake, as a header, ?token= or a subprotocol")
        }
        routes.group { routes in
            routes.before { socket in socket[Speaker.self] = try await admit(try socket.caller) }
            routes.on("send_message", MessageDraft.schema) { socket, draft in
                let speaker = try socket.speaker
                let message = try await sender.send(draft, from: speaker.user, blueprint: speaker.blueprint)
                return Frame("message_sent", message.json.objectValue ?? [:], at: time.now).json
            }
            for (event, isTyping) in [("typing_start", true), ("typing_stop", false)] {
                routes.on(event, MessageDraft.Destination.schema) { socket, destination -> Void in
                    try await typing.run(to: destination, try socket.speaker, typing: isTyping)
                }
            }
            routes.on("mark_read", .object(.required("message_id", .identifier))) { socket, id -> Void in
                try await reading.run(id, try socket.speaker)
            }
        }
    }

    /// A socket that is gone is forgotten; what else goes wrong with an answer is logged.
    private func send(_ text: String, to socket: WebSocketCall) async {
        // Without a known user there is nobody to look after; the gateway does not let this happen.
        guard let caller = try? Caller(authorizer: socket.authorizer) else { return }
        do {
            let outcome = try await pusher.push(
                text, to: socket.connectionID, user: caller.userID, organization: caller.organizationID)
            for failure in outcome.failures {
                socket.context.log.warn("answer not sent", ["event": socket.name ?? "", "cause": failure])
            }
        } catch {
            socket.context.log.warn(
                "answer not sent", ["event": socket.name ?? "", "cause": ErrorCatalogue.logText(for: error)])
        }
    }

    private func failure(_ error: any Error, of socket: WebSocketCall) -> (status: Int, answer: JSONValue) {
        let told = ErrorCatalogue.publicError(for: error)
        if ErrorCatalogue.isDefect(told) {
            socket.context.log.error(
                "socket event failed",
                ["event": socket.name ?? socket.event.requestContext.routeKey, "cause": ErrorCatalogue.logText(for: error)])
        }
        return (told.code.status, Frame.error(told, event: socket.name, at: time.now).json)
    }

    /// The session, which may have ended since the socket opened; the user as the store has them now, who may have been
    /// suspended; the limit of every call.
    private func admit(_ caller: Caller) async throws -> Speaker {
        let blueprint = try await organizations.find(caller.organizationID).blueprint
        guard try await sessions.isOpen(caller.sessionID, user: caller.userID, organization: caller.organizationID) else {
            throw PlatformError(.unauthorized, "Your session has ended")
        }
        let user = try await access.participant(caller.userID, organization: caller.organizationID)
        try await limiter.take(blueprint.limits.apiCalls, organization: caller.organizationID, key: caller.userID)
        return Speaker(user: user, blueprint: blueprint)
    }
}

extension WebSocketCall {
    fileprivate var caller: Caller {
        get throws {
            guard let caller = self[Caller.self] else { throw PlatformError.unauthorized }
            return caller
        }
    }

    fileprivate var speaker: SocketConversation.Speaker {
        get throws {
            guard let speaker = self[SocketConversation.Speaker.self] else { throw PlatformError.unauthorized }
            return speaker
        }
    }
}
