package import Foundation
package import Journal

/// A function that the pool can run.
package struct FunctionConfiguration: Sendable {
    package var name: String
    package var arn: String
    /// The program to run as `bootstrap`.
    package var executable: URL
    package var handler: String
    package var memoryMegabytes: Int
    package var timeoutSeconds: Int
    /// The template's variables and those that lead to the emulator's endpoints; Lambda's own are added by the pool.
    package var environment: [String: String]
    /// `ReservedConcurrentExecutions`; nil leaves only the pool's own limit.
    package var reservedConcurrency: Int?

    package init(
        name: String, arn: String, executable: URL, handler: String, memoryMegabytes: Int = 128, timeoutSeconds: Int = 3,
        environment: [String: String] = [:], reservedConcurrency: Int? = nil
    ) {
        self.name = name
        self.arn = arn
        self.executable = executable
        self.handler = handler
        self.memoryMegabytes = memoryMegabytes
        self.timeoutSeconds = timeoutSeconds
        self.environment = environment
        self.reservedConcurrency = reservedConcurrency
    }
}

/// One event for a function, synchronous (`RequestResponse`).
package struct InvocationRequest: Sendable {
    package var functionName: String
    package var payload: Data
    package var cause: Journal.EntryID?
    /// The JSON text of `X-Amz-Client-Context`, decoded from base64.
    package var clientContext: String?
    package var traceID: String?
    package var tenantID: String?
    /// Takes a streamed answer while it is made (`InvokeWithResponseStream`); without one it is gathered.
    package var reader: (any ResponseReader)?

    package init(
        functionName: String, payload: Data, cause: Journal.EntryID? = nil, clientContext: String? = nil, traceID: String? = nil,
        tenantID: String? = nil, reader: (any ResponseReader)? = nil
    ) {
        self.functionName = functionName
        self.payload = payload
        self.cause = cause
        self.clientContext = clientContext
        self.traceID = traceID
        self.tenantID = tenantID
        self.reader = reader
    }
}

/// The caller's side of a streamed answer. The invocation's completion comes in every case, and last.
package protocol ResponseReader: Sendable {
    /// The runtime answers in a stream; what it does not stream is in the completion alone.
    func begin(contentType: String?)
    /// Takes bytes, as many as there is room for. Those of a caller who is gone are taken, too, and dropped.
    ///
    /// - Parameter resume: to be called when there is room again after less than all were taken.
    func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> Int
}

/// How an invocation ended.
package struct InvocationResult: Sendable {
    package enum Outcome: Sendable {
        case success(Data)
        /// The function answered an error, died or timed out: `payload` is the JSON that Lambda answers
        /// (`errorType`, `errorMessage`, …), with `X-Amz-Function-Error: Unhandled`.
        case functionError(payload: Data)
        case refused(InvocationRefusal)
    }

    package var outcome: Outcome
    package var requestID: String
    /// What the function printed and the platform's lines around it; `LogType=Tail` answers its last 4 KB.
    package var log: Data
    package var durationMilliseconds: Double
    package var entry: Journal.EntryID?
    /// Where the answer went to the request's ``InvocationRequest/reader``: the error that it ended with.
    package var streamError: StreamError?

    package init(
        outcome: Outcome, requestID: String, log: Data = Data(), durationMilliseconds: Double = 0,
        entry: Journal.EntryID? = nil, streamError: StreamError? = nil
    ) {
        self.outcome = outcome
        self.requestID = requestID
        self.log = log
        self.durationMilliseconds = durationMilliseconds
        self.entry = entry
        self.streamError = streamError
    }
}

/// Why an event never reached the function.
package enum InvocationRefusal: Sendable, Equatable {
    case unknownFunction(String)
    /// All environments are busy and the limit is reached: `TooManyRequestsException`, 429.
    case throttled
    /// Over 6 MB: `RequestTooLargeException`, 413.
    case payloadTooLarge(bytes: Int)
    case shuttingDown
}

/// What runs functions; the fronts know only this, so that their tests bring a stand-in.
package protocol FunctionInvoker: Sendable {
    /// Runs the function and calls `completion` once, on a thread of the invoker's own.
    func invoke(_ request: InvocationRequest, completion: @escaping @Sendable (InvocationResult) -> Void)
}

extension FunctionInvoker {
    package func invoke(_ request: InvocationRequest) async -> InvocationResult {
        await withCheckedContinuation { continuation in
            invoke(request) { continuation.resume(returning: $0) }
        }
    }
}
