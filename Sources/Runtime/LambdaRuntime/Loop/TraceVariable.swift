#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// `_X_AMZN_TRACE_ID`, where X-Ray's libraries look for the trace of the running invocation.
///
/// setenv(3) must not run beside a getenv(3) of another thread. The runtime calls it between invocations only, when the
/// handler's code is not running; a handler that leaves work behind must not have it read the environment.
enum TraceVariable {
    static let name = "_X_AMZN_TRACE_ID"

    static func set(_ traceID: String?) {
        if let traceID {
            setenv(name, traceID, 1)
        } else {
            unsetenv(name)
        }
    }
}
