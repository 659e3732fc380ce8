internal import Dispatch
#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostHTTPClient
internal import Synchronization

/// One invocation's answer on its way out while the handler runs: the handler's task writes, the loop's thread sends.
///
/// ```
/// waiting ──begin──▶ begun ──end──▶ ended        what begun is sent, with trailers where it ended with an error
///    └────────────────end─────────▶ ended        nothing is sent: a failure is posted as any other
/// ```
final class InvocationStream: ResponseStreamSink {
    private struct State: Sendable {
        /// Of what was begun.
        var contentType: String?
        var outcome: InvocationOutcome?
    }

    let channel: HTTPBodyChannel
    private let state = Mutex(State())
    /// Signalled when it is known whether there is something to send, perhaps twice.
    private let isDecided = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(capacity: Int = HTTPBodyChannel.defaultCapacity) {
        channel = HTTPBodyChannel(capacity: max(capacity, HTTPResponseHead.maximumPreludeBytes))
    }

    // MARK: The handler's task

    func begin(contentType: String, prelude: Data) throws {
        // It always fits: the channel is new, and no smaller than a prelude may be.
        _ = try channel.writeIfRoom(prelude)
        state.withLock { $0.contentType = contentType }
        isDecided.signal()
    }

    func write(_ bytes: Data) async throws {
        do {
            try await channel.write(bytes)
        } catch is HTTPBodyFinished {
            throw LambdaResponseStreamError.ended
        } catch let error as HTTPBodyAbandoned {
            throw LambdaResponseStreamError.abandoned(status: error.status)
        }
    }

    /// Whether a failure can only be told in mid-stream.
    var hasBegun: Bool { state.withLock { $0.contentType != nil } }

    /// The handler is done, and was cancelled before where there is a reason.
    func end(_ outcome: InvocationOutcome, cancelled: InvocationSlot.Cancellation?) {
        let outcome = outcome.after(cancelled)
        if case .streamed(let failure) = outcome { finish(failure) }
        state.withLock { $0.outcome = outcome }
        isDecided.signal()
        hasEnded.signal()
    }

    private func finish(_ failure: InvocationFailure?) {
        do {
            try channel.finish(trailers: failure.map(StreamErrorTrailers.fields) ?? [])
        } catch {
            // They are made so that they fit; the client at least learns that there was an error.
            try? channel.finish(trailers: [(StreamErrorTrailers.names[0], "Runtime.Unknown")])
        }
    }

    // MARK: The loop's thread

    /// Blocks until the handler has begun to answer; the content type then, nil where it ended without.
    func waitForBeginning() -> String? {
        isDecided.wait()
        return state.withLock(\.contentType)
    }

    func waitForEnd() -> InvocationOutcome {
        while true {
            hasEnded.wait()
            if let outcome = state.withLock(\.outcome) { return outcome }
        }
    }
}

extension InvocationOutcome {
    fileprivate func after(_ cancellation: InvocationSlot.Cancellation?) -> InvocationOutcome {
        switch self {
        case .failure(let failure): .failure(cancellation.map { failure.after($0) } ?? failure)
        case .streamed(let failure?): .streamed(cancellation.map { failure.after($0) } ?? failure)
        case .success, .streamed(nil): self
        }
    }
}
