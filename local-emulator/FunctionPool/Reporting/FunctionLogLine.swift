/// One line of a function's log.
package struct FunctionLogLine: Sendable, Equatable {
    package enum Source: Sendable, Equatable {
        /// What the process wrote to its standard output or error.
        case function
        /// START, END, REPORT and what else the service says around it.
        case platform
    }

    package var functionName: String
    /// The invocation that the environment works on, or worked on last; nil during init.
    package var requestID: String?
    package var source: Source
    /// Without its line end; bytes that are not UTF-8 are replaced.
    package var text: String
}

/// Gets every line of every function, each environment's in order, on any thread. Must return soon and not call the pool.
package typealias FunctionLogSink = @Sendable (FunctionLogLine) -> Void
