public import LambdaEvents
public import LambdaRuntime

/// How clients name what a message is for.
public struct WebSocketMessageFormat: Sendable {
    /// The member with the name: `action`, as API Gateway's route selection expression `$request.body.action` has it.
    public var nameMember: String
    /// The member with the content, an object that may be missing; nil where all members are content.
    public var contentMember: String?

    public init(nameMember: String = "action", contentMember: String? = nil) {
        self.nameMember = nameMember
        self.contentMember = contentMember
    }
}

/// Answers the events of a WebSocket API: connections that open and close, and messages by their name, typed.
///
/// ```swift
/// router = try WebSocketRouter { routes in
///     routes.connect { socket in try await sockets.add(socket.connectionID) }
///     routes.disconnect { socket in try await sockets.remove(socket.connectionID) }
///     routes.on("say", .object(Said.init, .required("text", .text(length: 1...500)))) { socket, said in
///         try await room.tell(said)
///     }
/// }
/// ```
///
/// A message's answer is the response's body, which reaches the client where the route has a route response; a router with
/// ``WebSocketRoutes/deliver(_:)`` sends it itself. Which messages arrive is the API's choice: `$default` takes all that
/// have no route of their own.
public struct WebSocketRouter: Sendable {
    private let declared: WebSocketRoutes

    public init(_ format: WebSocketMessageFormat = .init(), _ declare: (inout WebSocketRoutes) throws -> Void) rethrows {
        var routes = WebSocketRoutes(format: format)
        try declare(&routes)
        declared = routes
    }

    /// What is thrown becomes an answer: on `$connect` its status refuses the connection.
    public func respond(to event: WebSocketRequest, context: LambdaContext) async -> WebSocketResponse {
        var socket = WebSocketCall(event: event, context: context)
        do {
            switch event.requestContext.eventType {
            case .connect:
                var response = WebSocketResponse()
                for handle in declared.connectHandlers { try await handle(socket, &response) }
                return response
            case .disconnect:
                for handle in declared.disconnectHandlers { try await handle(socket) }
                return WebSocketResponse()
            default:
                let text = try await message(&socket)
                return await deliver(text, status: 200, to: socket)
            }
        } catch {
            let (status, text) = declared.errors.answer(to: error, of: socket)
            guard event.requestContext.eventType == .message else { return WebSocketResponse(statusCode: status) }
            return await deliver(text, status: status, to: socket)
        }
    }

    private func message(_ socket: inout WebSocketCall) async throws -> String? {
        let format = declared.format
        guard let data = socket.event.bodyData, let value = JSONForm.parse(data) else {
            throw HTTPError.badRequest("The message is not valid JSON")
        }
        guard let members = value.objectValue else { throw HTTPError.badRequest("The message must be a JSON object") }
        socket.message = members
        guard let name = members[format.nameMember]?.stringValue else {
            throw FieldErrors([format.nameMember: ["This field is required and must be a text"]])
        }
        socket.name = name
        guard let respond = declared.handlers[name] else {
            throw FieldErrors([format.nameMember: ["There is no such \(format.nameMember)"]])
        }
        return try await respond(socket)
    }

    private func deliver(_ text: String?, status: Int, to socket: WebSocketCall) async -> WebSocketResponse {
        guard let text, let deliver = declared.delivery else { return WebSocketResponse(statusCode: status, body: text) }
        do {
            try await deliver(socket, text)
        } catch {
            socket.context.log.warn(
                "answer not sent", ["route": socket.name ?? "", "error": String(describing: type(of: error))])
        }
        return WebSocketResponse(statusCode: status, body: text)
    }
}

/// One event of a connection, as its handler sees it.
public struct WebSocketCall: Sendable {
    public let event: WebSocketRequest
    public let context: LambdaContext
    /// The name of the message; nil where there is none, or before it is known.
    public internal(set) var name: String?
    /// All members of the message.
    public internal(set) var message: [String: JSONValue] = [:]
    private var values = TypedValues()

    init(event: WebSocketRequest, context: LambdaContext) {
        self.event = event
        self.context = context
    }

    public var connectionID: String { event.requestContext.connectionId }
    /// What the authorizer of `$connect` answered as `context`.
    public var authorizer: [String: JSONValue] { event.requestContext.authorizer ?? [:] }

    /// What a middleware found out for the handlers behind it, by its type.
    public subscript<Value: Sendable>(type: Value.Type) -> Value? {
        get { values[type] }
        set { values[type] = newValue }
    }
}
