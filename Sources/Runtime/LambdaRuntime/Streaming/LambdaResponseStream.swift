#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
internal import Synchronization

/// Where a ``StreamingLambdaHandler`` writes its answer.
///
/// ```
/// ready ──begin──▶ described ──write──▶ writing ──the handler returned──▶ ended
///   └────────────────write──────────────▶ ┘
/// ```
///
/// Any task may write; the bytes of one write stay together.
public final class LambdaResponseStream: Sendable {
    /// The content type of a stream that says nothing else, as with Lambda's Node.js runtime.
    public static let defaultContentType = "application/octet-stream"

    private enum Phase: Sendable {
        case ready
        case described(contentType: String, prelude: Data)
        case writing
        case ended
    }

    private let sink: any ResponseStreamSink
    private let phase = Mutex(Phase.ready)

    init(_ sink: any ResponseStreamSink) {
        self.sink = sink
    }

    /// Makes it an HTTP answer with this status and these fields, for a function URL or API Gateway. Goes out with the first
    /// write, an empty one too, or at the end of an answer without a body.
    ///
    /// - Throws: ``LambdaResponseStreamError``: it was begun before, or something was written, or the head is not valid.
    public func begin(_ head: HTTPResponseHead) throws {
        try describe(HTTPResponseHead.contentType, prelude: try head.prelude())
    }

    /// Makes it a plain stream of bytes of this type.
    ///
    /// - Throws: ``LambdaResponseStreamError``, as ``begin(_:)-(HTTPResponseHead)`` does.
    public func begin(contentType: String) throws {
        guard !contentType.isEmpty, contentType.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw LambdaResponseStreamError.invalidHead("\(contentType.debugDescription) is no content type")
        }
        try describe(contentType, prelude: Data())
    }

    /// Returns when the bytes are on their way or have found room in a buffer of 64 KB: a slow client holds the handler up.
    ///
    /// - Throws: ``LambdaResponseStreamError`` when the stream has ended or nobody reads it any more; `CancellationError` when
    ///   the task is cancelled while it waits.
    public func write(_ bytes: Data) async throws {
        try start()
        try await sink.write(bytes)
    }

    /// The same for text, as UTF-8.
    public func write(_ text: String) async throws {
        try await write(Data(text.utf8))
    }

    private func describe(_ contentType: String, prelude: Data) throws {
        try phase.withLock { phase in
            switch phase {
            case .ready: phase = .described(contentType: contentType, prelude: prelude)
            case .described, .writing: throw LambdaResponseStreamError.begunBefore
            case .ended: throw LambdaResponseStreamError.ended
            }
        }
    }

    /// Before the first byte. The sink is told under the lock, so that nothing comes before the prelude.
    private func start() throws {
        try phase.withLock { phase in
            switch phase {
            case .ready: try sink.begin(contentType: Self.defaultContentType, prelude: Data())
            case .described(let contentType, let prelude): try sink.begin(contentType: contentType, prelude: prelude)
            case .writing: return
            case .ended: throw LambdaResponseStreamError.ended
            }
            phase = .writing
        }
    }

    /// The handler returned: what was not begun is an empty answer.
    func end() throws {
        try start()
        close()
    }

    func close() {
        phase.withLock { $0 = .ended }
    }
}

/// What takes a stream's bytes: the Runtime API, or a test.
protocol ResponseStreamSink: Sendable {
    /// Once, before the first write; does not wait.
    func begin(contentType: String, prelude: Data) throws
    func write(_ bytes: Data) async throws
}

/// Why something cannot be written, or not any more.
public enum LambdaResponseStreamError: Error, Sendable, Equatable {
    /// `begin` after `begin` or after a write: the head is on its way, or decided.
    case begunBefore
    /// The handler has returned.
    case ended
    /// Nobody reads it any more: the platform answered before the end (`status`: 413 above the limit of 200 MB, 403 or 410
    /// when the invocation is over), or its connection is lost (nil).
    case abandoned(status: Int?)
    case invalidHead(String)
}

extension LambdaResponseStreamError: LambdaErrorRepresentable, CustomStringConvertible {
    public var errorType: String { "Runtime.ResponseStream" }
    public var errorMessage: String { description }

    public var description: String {
        switch self {
        case .begunBefore: "the response stream was begun before"
        case .ended: "the response stream has ended: its handler has returned"
        case .abandoned(let status?): "nobody reads the response stream any more: the platform answered \(status)"
        case .abandoned(nil): "nobody reads the response stream any more: the connection is lost"
        case .invalidHead(let why): "the response's head is not valid: \(why)"
        }
    }
}
