/// A Lambda function whose answer goes out while it is being made: server-sent events, large files, a model's words.
///
/// The function must be invoked by what takes a stream: a function URL with `InvokeMode: RESPONSE_STREAM`, an API Gateway REST
/// API with response transfer mode `STREAM`, or `InvokeWithResponseStream`. Invoked otherwise, Lambda gathers the whole
/// answer first. Source: AWS Lambda Developer Guide, "Response streaming for Lambda functions".
public protocol StreamingLambdaHandler: Sendable {
    associatedtype Event: Decodable & Sendable

    /// Writes the answer to `response`. Returning ends it.
    ///
    /// An error thrown before the first byte is the invocation's, as any handler's. Later the bytes are with the client
    /// already: the error follows them, in the stream's trailers, and Lambda hands it on to a client that looks for it.
    func handle(_ event: Event, context: LambdaContext, response: LambdaResponseStream) async throws
}

extension LambdaRuntime {
    /// The same for a handler that streams its answers.
    public nonisolated(nonsending) static func run<Handler: StreamingLambdaHandler>(
        options: LambdaRuntimeOptions = .init(), onShutdown: (@Sendable (Handler) async -> Void)? = nil,
        _ makeHandler: nonisolated(nonsending) @Sendable (LambdaEnvironment) async throws -> Handler
    ) async -> Never {
        await runProcess(options: options) { InvocationTarget(streaming: try await makeHandler($0), onShutdown: onShutdown) }
    }
}

extension InvocationTarget {
    init<Handler: StreamingLambdaHandler>(
        streaming handler: Handler, onShutdown: (@Sendable (Handler) async -> Void)? = nil
    ) {
        streams = true
        invoke = { event, context, stream in
            guard let stream else { return .failure(.init(errorType: "Runtime.NoStream", errorMessage: "there is no stream")) }
            let response = LambdaResponseStream(stream)
            do {
                let event = try EventCoding.decode(Handler.Event.self, from: event)
                try await handler.handle(event, context: context, response: response)
                try response.end()
                return .streamed(nil)
            } catch {
                let failure = error as? InvocationFailure ?? InvocationFailure(error)
                response.close()
                return stream.hasBegun ? .streamed(failure) : .failure(failure)
            }
        }
        if let onShutdown { shutdown = { await onShutdown(handler) } }
    }
}
