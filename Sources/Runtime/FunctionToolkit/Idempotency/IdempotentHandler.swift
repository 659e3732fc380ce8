public import LambdaRuntime

/// A handler whose work is done once for each key.
///
/// ```swift
/// await LambdaRuntime.run { environment in
///     IdempotentHandler(PaymentHandler(), idempotency, key: \.orderID, validating: \.amount)
/// }
/// ```
public struct IdempotentHandler<Handler: LambdaHandler>: LambdaHandler where Handler.Output: Codable {
    public typealias Event = Handler.Event
    public typealias Output = Handler.Output

    private let handler: Handler
    private let idempotency: Idempotency
    private let key: @Sendable (Event) throws -> any Encodable
    private let payload: (@Sendable (Event) throws -> any Encodable)?

    /// - Parameter key: a part of the event, by key path or closure.
    public init<Key: Encodable>(_ handler: Handler, _ idempotency: Idempotency, key: @escaping @Sendable (Event) throws -> Key) {
        self.handler = handler
        self.idempotency = idempotency
        self.key = key
        payload = nil
    }

    /// - Parameter payload: the part that repeated requests must have in common.
    public init<Key: Encodable, Payload: Encodable>(
        _ handler: Handler, _ idempotency: Idempotency, key: @escaping @Sendable (Event) throws -> Key,
        validating payload: @escaping @Sendable (Event) throws -> Payload
    ) {
        self.handler = handler
        self.idempotency = idempotency
        self.key = key
        self.payload = payload
    }

    /// The key is the whole event, as far as its type keeps it.
    public init(_ handler: Handler, _ idempotency: Idempotency) where Event: Encodable {
        self.init(handler, idempotency, key: { $0 })
    }

    public func handle(_ event: Event, context: LambdaContext) async throws -> Output {
        try await idempotency.run(key: try key(event), validating: try payload?(event), context: context) {
            try await handler.handle(event, context: context)
        }
    }
}
