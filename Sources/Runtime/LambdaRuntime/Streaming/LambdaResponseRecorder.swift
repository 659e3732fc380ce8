#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
internal import Synchronization

/// Takes what a ``StreamingLambdaHandler`` under test writes, in memory.
///
/// ```swift
/// let recorder = LambdaResponseRecorder()
/// try await recorder.run(handler, event)
/// #expect(recorder.head?.statusCode == 200)
/// #expect(recorder.text == "hello")
/// ```
public final class LambdaResponseRecorder: Sendable {
    public struct Recording: Sendable {
        public var contentType: String?
        public var head: HTTPResponseHead?
        /// What each write brought, in order.
        public var writes: [Data] = []
    }

    private final class Sink: ResponseStreamSink {
        let recording = Mutex(Recording())

        func begin(contentType: String, prelude: Data) throws {
            let head = prelude.isEmpty ? nil : try JSONDecoder().decode(HTTPResponseHead.self, from: prelude.dropLast(8))
            recording.withLock {
                $0.contentType = contentType
                $0.head = head
            }
        }

        func write(_ bytes: Data) async throws {
            recording.withLock { $0.writes.append(bytes) }
        }
    }

    private let sink = Sink()
    /// What a handler that is called by hand is given.
    public let response: LambdaResponseStream

    public init() {
        response = LambdaResponseStream(sink)
    }

    /// Runs the handler as the runtime does: what it throws is thrown, and when it returns the answer ends.
    public func run<Handler: StreamingLambdaHandler>(
        _ handler: Handler, _ event: Handler.Event, context: LambdaContext = .test()
    ) async throws {
        try await handler.handle(event, context: context, response: response)
        try response.end()
    }

    /// All that was written until now. The head is in it once something was written after it, or the handler has returned.
    public var recording: Recording { sink.recording.withLock { $0 } }
    public var head: HTTPResponseHead? { recording.head }
    public var body: Data { recording.writes.reduce(Data(), +) }
    public var text: String { String(decoding: body, as: UTF8.self) }
}
