import Dispatch
import Foundation
import Synchronization

/// One answer that comes in a stream: gathered for a caller who invoked without streaming, as Lambda does, or handed on.
///
/// Lambda Developer Guide, "Response streaming for Lambda functions": 6 MB and 200 MB at most.
final class StreamedResponse: ResponseStream {
    private struct State {
        var count = 0
        var gathered = Data()
        var isOver = false
    }

    /// A process that dies closes its connection first; its end, which says more, follows within this time.
    private static let deathMilliseconds = 200

    private let runtime: EnvironmentRuntime
    private let requestID: String
    private let reader: (any ResponseReader)?
    private let state = Mutex(State())

    init(runtime: EnvironmentRuntime, requestID: String, reader: (any ResponseReader)?) {
        self.runtime = runtime
        self.requestID = requestID
        self.reader = reader
    }

    private var limit: Int { reader == nil ? FunctionError.maximumResponseBytes : FunctionError.maximumStreamedBytes }

    func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> ResponseStreamReception {
        let isTooLarge = state.withLock { state in
            guard state.count + bytes.count > limit else { return false }
            state.isOver = true
            return true
        }
        if isTooLarge {
            let answer = runtime.submit(requestID, .responseTooLarge(limit: limit), endsStream: true)
            return .refused(answer == .accepted ? .responseTooLarge(limit: limit) : answer)
        }
        let taken = reader?.receive(bytes, resume: resume) ?? bytes.count
        state.withLock { state in
            state.count += taken
            if reader == nil { state.gathered.append(bytes) }
        }
        return .taken(taken)
    }

    func end(_ error: StreamError?) -> SubmissionAnswer {
        let gathered = state.withLock { state in
            state.isOver = true
            return state.gathered
        }
        return runtime.submit(requestID, ending(gathered, error), endsStream: true)
    }

    /// What Lambda answers a buffered caller after an error in mid-stream is not documented. Half an answer is none: he gets
    /// the error.
    private func ending(_ gathered: Data, _ error: StreamError?) -> InvocationEnding {
        if reader != nil { return .streamed(error) }
        guard let error else { return .response(gathered) }
        let type = FunctionError.kept(type: error.type)
        let nameless = FunctionError(type: type, message: "The response ended with an error in mid-stream.")
        return .error(type: type, body: error.body ?? nameless.payload)
    }

    /// Not told of an end that came together with bytes, which libmicrohttpd (0.9.75, epoll) misses: such an invocation ends with
    /// the runtime's next call, its process or its time-out.
    func abandon() {
        let wasOver = state.withLock { state in
            defer { state.isOver = true }
            return state.isOver
        }
        if wasOver { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Self.deathMilliseconds)) { [self] in
            // Refused where the process has ended meanwhile, or the invocation timed out: its caller knows.
            _ = runtime.submit(requestID, .truncated, endsStream: true)
        }
    }
}
