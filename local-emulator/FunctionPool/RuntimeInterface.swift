package import Foundation

/// What makes a Runtime API address for each execution environment; the module RuntimeAPI is one, tests bring their own.
package protocol RuntimeAPIServing: Sendable {
    /// Opens an address that belongs to one environment alone, so that the address says who calls.
    func open(_ runtime: any RuntimeInterface) throws -> any RuntimeAPISession
}

/// One environment's Runtime API, from just before its process starts until after it ended.
package protocol RuntimeAPISession: Sendable {
    /// `host:port`, what the function finds in `AWS_LAMBDA_RUNTIME_API`.
    var address: String { get }
    func close()
}

/// What a runtime may say over its Runtime API. Every call returns at once; answers never wait for another environment.
package protocol RuntimeInterface: Sendable {
    var function: FunctionMetadata { get }
    /// `GET /runtime/invocation/next`. `answer` is called once, now or when an invocation comes, on any thread; never if the
    /// environment ends first.
    func next(_ answer: @escaping NextWaiter)
    /// `POST /runtime/invocation/{id}/response`
    func respond(requestID: String, body: Data) -> SubmissionAnswer
    /// The same with `Lambda-Runtime-Function-Response-Mode: streaming`, at its head.
    func beginResponse(requestID: String, contentType: String?) -> ResponseStreamStart
    /// `POST /runtime/invocation/{id}/error`; `errorType` is `Lambda-Runtime-Function-Error-Type`.
    func fail(requestID: String, errorType: String?, body: Data) -> SubmissionAnswer
    /// `POST /runtime/init/error`
    func failInitialization(errorType: String?, body: Data) -> SubmissionAnswer
}

/// What an extension is told of its function.
package struct FunctionMetadata: Sendable, Equatable {
    package var name: String
    package var version: String
    package var handler: String

    package init(name: String, version: String, handler: String) {
        self.name = name
        self.version = version
        self.handler = handler
    }
}

package typealias NextWaiter = @Sendable (NextAnswer) -> Void

package enum NextAnswer: Sendable {
    case invocation(RuntimeInvocation)
    case refused(RefusedTransition)
}

/// One invocation as the runtime gets it.
package struct RuntimeInvocation: Sendable, Equatable {
    package var requestID: String
    /// Milliseconds since 1970 at which the invocation times out.
    package var deadlineMilliseconds: Int64
    package var functionARN: String
    package var traceID: String
    package var clientContext: String?
    package var tenantID: String?
    package var payload: Data

    package init(
        requestID: String, deadlineMilliseconds: Int64, functionARN: String, traceID: String, clientContext: String? = nil,
        tenantID: String? = nil, payload: Data
    ) {
        self.requestID = requestID
        self.deadlineMilliseconds = deadlineMilliseconds
        self.functionARN = functionARN
        self.traceID = traceID
        self.clientContext = clientContext
        self.tenantID = tenantID
        self.payload = payload
    }
}

package enum SubmissionAnswer: Sendable, Equatable {
    case accepted
    /// Not the id of the invocation that the environment is working on: 400.
    case invalidRequestID
    /// The response is over the limit; the invocation ended with `Function.ResponseSizeTooLarge`: 413.
    case responseTooLarge(limit: Int)
    /// 403.
    case refused(RefusedTransition)
}

package enum ResponseStreamStart: Sendable {
    case accepted(any ResponseStream)
    case refused(SubmissionAnswer)
}

/// Takes an answer while the runtime sends it.
package protocol ResponseStream: AnyObject, Sendable {
    /// - Parameter resume: is called when there is room again after less than all bytes were taken.
    func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> ResponseStreamReception
    /// The answer is whole, or ended with an error in mid-stream, which is what the trailers said.
    func end(_ error: StreamError?) -> SubmissionAnswer
    /// The runtime's connection is lost.
    func abandon()
}

package enum ResponseStreamReception: Sendable, Equatable {
    case taken(Int)
    /// Nothing more is taken; the invocation is over.
    case refused(SubmissionAnswer)
}

/// An error in mid-stream.
package struct StreamError: Sendable, Equatable {
    /// `Lambda-Runtime-Function-Error-Type`, as it came.
    package var type: String?
    /// `Lambda-Runtime-Function-Error-Body`, decoded.
    package var body: Data?

    package init(type: String?, body: Data?) {
        self.type = type
        self.body = body
    }
}

/// A call that the runtime's state does not allow, in the words of the Runtime Interface Emulator.
package struct RefusedTransition: Sendable, Equatable {
    package var from: String
    package var to: String

    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }

    package var message: String {
        "State transition from \(from) to \(to) failed for runtime. Error: State transition is not allowed"
    }
}
