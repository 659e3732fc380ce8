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

    package init(
        functionName: String, payload: Data, cause: Journal.EntryID? = nil, clientContext: String? = nil, traceID: String? = nil,
        tenantID: String? = nil
    ) {
        self.functionName = functionName
        self.payload = payload
        self.cause = cause
        self.clientContext = clientContext
        self.traceID = traceID
        self.tenantID = tenantID
    }
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

    package init(
        outcome: Outcome, requestID: String, log: Data = Data(), durationMilliseconds: Double = 0, entry: Journal.EntryID? = nil
    ) {
        self.outcome = outcome
        self.requestID = requestID
        self.log = log
        self.durationMilliseconds = durationMilliseconds
        self.entry = entry
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
