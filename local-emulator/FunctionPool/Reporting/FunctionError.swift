import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a caller is answered when the service, not the function, says what went wrong: texts and types are Lambda's own,
/// as the Runtime Interface Emulator words them and as callers' reports quote them.
struct FunctionError: Sendable, Equatable {
    var type: String
    var message: String

    /// Lambda quotas: 6 MB for a synchronous response; the Runtime Interface Emulator's `MaxPayloadSize` adds 100 bytes.
    static let maximumResponseBytes = 6 * 1024 * 1024 + 100

    /// Lambda quotas: 200 MB for a response that is streamed to its caller.
    static let maximumStreamedBytes = 200 * 1024 * 1024

    static func responseTooLarge(limit: Int) -> FunctionError {
        FunctionError(
            type: "Function.ResponseSizeTooLarge",
            message: "Response payload size exceeded maximum allowed payload size (\(limit) bytes).")
    }

    /// The runtime's connection broke in the middle of a streamed response; the type is the Runtime Interface Emulator's.
    static let truncated = FunctionError(
        type: "Runtime.TruncatedResponse", message: "The connection was lost before the end of the streamed response.")

    static func timedOut(requestID: String, seconds: Double) -> FunctionError {
        FunctionError(
            type: "Sandbox.Timedout",
            message: "RequestId: \(requestID) Error: Task timed out after \(twoDecimals(seconds)) seconds")
    }

    static func exited(requestID: String, _ ending: ProcessEnding) -> FunctionError {
        FunctionError(type: ending.errorType, message: "RequestId: \(requestID) Error: \(ending.description)")
    }

    /// `{"errorType":…,"errorMessage":…}`
    var payload: Data {
        struct Body: Encodable {
            var errorType: String
            var errorMessage: String
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Two strings always encode; an empty body would only lose the text.
        return (try? encoder.encode(Body(errorType: type, errorMessage: message))) ?? Data("{}".utf8)
    }

    /// The form in which the service keeps the type that a runtime gives: `Runtime.Name` or `Function.Name`; what else there
    /// is becomes unknown (Runtime Interface Emulator, fatalerror.go).
    static func kept(type: String?) -> String {
        guard let type else { return "Runtime.Unknown" }
        for prefix in ["Runtime.", "Function."] {
            guard type.hasPrefix(prefix), let first = type.dropFirst(prefix.count).utf8.first else { continue }
            if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first), type.utf8.count >= prefix.utf8.count + 2 { return type }
        }
        return type.hasPrefix("Function.") ? "Function.Unknown" : "Runtime.Unknown"
    }
}

extension ProcessEnding {
    var errorType: String {
        switch self {
        case .exited, .killed: "Runtime.ExitError"
        case .notStarted: "Runtime.InvalidEntrypoint"
        case .notPrepared: "Sandbox.Failure"
        }
    }

    /// In the words of Go's `os.ProcessState`, which the service's texts carry.
    var description: String {
        switch self {
        case .exited(code: 0): "Runtime exited without providing a reason"
        case .exited(let code): "Runtime exited with error: exit status \(code)"
        case .killed(let signal, let coreDumped):
            "Runtime exited with error: signal: \(Self.name(ofSignal: signal))\(coreDumped ? " (core dumped)" : "")"
        case .notStarted(ENOENT, let path): "Couldn't find valid bootstrap(s): [\(path)]"
        case .notStarted(let errno, let path): "fork/exec \(path): \(Self.text(ofErrno: errno))"
        case .notPrepared(let reason): reason
        }
    }

    private static func name(ofSignal signal: Int32) -> String {
        let names: [Int32: String] = [
            SIGHUP: "hangup", SIGINT: "interrupt", SIGQUIT: "quit", SIGILL: "illegal instruction",
            SIGTRAP: "trace/breakpoint trap",
            SIGABRT: "aborted", SIGBUS: "bus error", SIGFPE: "floating point exception", SIGKILL: "killed",
            SIGSEGV: "segmentation fault", SIGPIPE: "broken pipe", SIGALRM: "alarm clock", SIGTERM: "terminated",
        ]
        return names[signal] ?? "signal \(signal)"
    }

    private static func text(ofErrno errno: Int32) -> String {
        strerror(errno).map { String(cString: $0).lowercased() } ?? "errno \(errno)"
    }
}
