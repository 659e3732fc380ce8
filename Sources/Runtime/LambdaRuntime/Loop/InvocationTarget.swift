#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A handler of whatever kind, as the loop sees it.
struct InvocationTarget: Sendable {
    /// Decodes, handles and encodes. Runs as a task that prefers the loop's thread (``LoopExecutor``); on the cooperative pool
    /// where ``streams`` is set, and `stream` is there, because the thread sends meanwhile.
    var invoke: @Sendable (_ event: Data, _ context: LambdaContext, _ stream: InvocationStream?) async -> InvocationOutcome
    /// Whether the answer goes out while the handler runs.
    var streams = false
    /// Runs once, before the process ends on a SIGTERM. Its presence registers the internal extension.
    var shutdown: (@Sendable () async -> Void)?
}

/// What became of one invocation.
enum InvocationOutcome: Sendable {
    /// The answer's bytes.
    case success(Data)
    case failure(InvocationFailure)
    /// The stream took the answer, and the error in mid-stream where there is one: there is nothing left to post.
    case streamed(InvocationFailure?)
}

extension InvocationTarget {
    init<Handler: LambdaHandler>(_ handler: Handler, onShutdown: (@Sendable (Handler) async -> Void)? = nil) {
        invoke = { event, context, _ in
            do {
                let event = try EventCoding.decode(Handler.Event.self, from: event)
                return .success(try EventCoding.encode(try await handler.handle(event, context: context)))
            } catch {
                return .failure(error as? InvocationFailure ?? InvocationFailure(error))
            }
        }
        if let onShutdown { shutdown = { await onShutdown(handler) } }
    }
}
