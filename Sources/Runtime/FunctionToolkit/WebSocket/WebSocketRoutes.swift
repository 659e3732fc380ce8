public import LambdaEvents

/// The routes of a ``WebSocketRouter`` while they are declared.
public struct WebSocketRoutes: Sendable {
    typealias Responder = @Sendable (WebSocketCall) async throws -> String?

    let format: WebSocketMessageFormat
    private(set) var connectHandlers: [@Sendable (WebSocketCall, inout WebSocketResponse) async throws -> Void] = []
    private(set) var disconnectHandlers: [@Sendable (WebSocketCall) async throws -> Void] = []
    private(set) var handlers: [String: Responder] = [:]
    private(set) var delivery: (@Sendable (WebSocketCall, String) async throws -> Void)?
    var errors = WebSocketErrorAnswers()
    private var looks: [@Sendable (inout WebSocketCall) async throws -> Void] = []

    init(format: WebSocketMessageFormat) {
        self.format = format
    }

    /// When a connection opens. An error refuses it, with its status.
    public mutating func connect(_ handle: @escaping @Sendable (WebSocketCall) async throws -> Void) {
        connectHandlers.append { socket, _ in try await handle(socket) }
    }

    /// The same with a look at the answer: for a subprotocol in its headers, say.
    public mutating func connect(
        _ handle: @escaping @Sendable (WebSocketCall, inout WebSocketResponse) async throws -> Void
    ) {
        connectHandlers.append(handle)
    }

    /// When a connection has closed. API Gateway tells it at most once and does not wait for the answer.
    public mutating func disconnect(_ handle: @escaping @Sendable (WebSocketCall) async throws -> Void) {
        disconnectHandlers.append(handle)
    }

    /// Looks at a message before the handlers that are declared after it; what it throws is the answer.
    public mutating func before(_ look: @escaping @Sendable (inout WebSocketCall) async throws -> Void) {
        looks.append(look)
    }

    /// The messages declared inside have looks of their own besides those so far.
    public mutating func group(_ declare: (inout WebSocketRoutes) throws -> Void) rethrows {
        let outer = looks
        defer { looks = outer }
        try declare(&self)
    }

    /// Messages of this name, with a typed content; whoever sends wrong fields is told all of them.
    ///
    /// - Parameter handler: its answer goes back to the connection.
    public mutating func on<Content, Answer: Encodable & Sendable>(
        _ name: String, _ schema: Schema<Content>,
        handler: @escaping @Sendable (WebSocketCall, Content) async throws -> Answer
    ) {
        add(name) { socket, format in try JSONForm.text(try await handler(socket, try socket.content(schema, format))) }
    }

    /// The same without an answer.
    public mutating func on<Content>(
        _ name: String, _ schema: Schema<Content>,
        handler: @escaping @Sendable (WebSocketCall, Content) async throws -> Void
    ) {
        add(name) { socket, format in
            try await handler(socket, try socket.content(schema, format))
            return nil
        }
    }

    /// Messages of this name whose content plays no part.
    public mutating func on<Answer: Encodable & Sendable>(
        _ name: String, handler: @escaping @Sendable (WebSocketCall) async throws -> Answer
    ) {
        add(name) { socket, _ in try JSONForm.text(try await handler(socket)) }
    }

    private mutating func add(
        _ name: String, _ respond: @escaping @Sendable (WebSocketCall, WebSocketMessageFormat) async throws -> String?
    ) {
        let (looks, format) = (looks, format)
        handlers[name] = { socket in
            var socket = socket
            for look in looks { try await look(&socket) }
            return try await respond(socket, format)
        }
    }

    /// Sends answers to their connection, with `ConnectionsClient.post` for one. A failure of it is logged.
    public mutating func deliver(_ send: @escaping @Sendable (_ socket: WebSocketCall, _ text: String) async throws -> Void) {
        delivery = send
    }

    /// Turns what was thrown into a status and an answer; nil leaves it to the handlers before it.
    public mutating func onError<Answer: Encodable & Sendable>(
        _ answer: @escaping @Sendable (any Error, WebSocketCall) -> (status: Int, answer: Answer)?
    ) {
        errors.handlers.append { error, socket in
            // What cannot be written as JSON is answered by its status alone.
            answer(error, socket).map { ($0.status, try? JSONForm.text($0.answer)) }
        }
    }
}

extension WebSocketCall {
    func content<Content>(_ schema: Schema<Content>, _ format: WebSocketMessageFormat) throws(FieldErrors) -> Content {
        guard let member = format.contentMember else {
            var members = message
            members[format.nameMember] = nil
            return try schema.value(of: .object(members))
        }
        let content = message[member] ?? .null
        guard content.isNull || content.objectValue != nil else { throw FieldErrors([member: ["This must be an object"]]) }
        return try schema.value(of: content.isNull ? [:] : content)
    }
}

/// What was thrown, as an answer to the connection.
struct WebSocketErrorAnswers: Sendable {
    var handlers: [@Sendable (any Error, WebSocketCall) -> (Int, String?)?] = []

    func answer(to error: any Error, of socket: WebSocketCall) -> (status: Int, text: String?) {
        for handler in handlers.reversed() {
            if let answer = handler(error, socket) { return answer }
        }
        let (status, message, fields): (Int, String, FieldErrors?) =
            switch error {
            case let error as HTTPError: (error.status, error.message, nil)
            case let error as FieldErrors: (400, "The message is not valid", error)
            default: (500, "Something went wrong on our side", nil)
            }
        if status == 500 {
            socket.context.log.error("message failed", ["route": socket.name ?? "", "error": String(describing: error)])
        }
        var members: [String: JSONValue] = [
            "status": .integer(Int64(status)), "message": .string(message), "requestId": .string(socket.context.requestID),
        ]
        members["name"] = socket.name.map(JSONValue.string)
        if let fields { members["fields"] = .object(fields.fields.mapValues { .array($0.map(JSONValue.string)) }) }
        // A document of texts always has a JSON form.
        return (status, try? JSONForm.text(JSONValue.object(["error": .object(members)])))
    }
}
