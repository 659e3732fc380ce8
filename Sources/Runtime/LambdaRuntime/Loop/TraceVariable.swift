#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

internal import Synchronization

/// `_X_AMZN_TRACE_ID`, where X-Ray's libraries look for the trace of the running invocation.
///
/// setenv(3) must not run beside a getenv(3) of another thread. The runtime calls it between invocations only, when the
/// handler's code is not running; a handler that leaves work behind must not have it read the environment.
///
/// glibc keeps every text that setenv(3) was ever given, which would be one for each invocation. putenv(3) takes ours,
/// which is written over.
enum TraceVariable {
    static let name = "_X_AMZN_TRACE_ID"

    /// Never freed: the environment points to it.
    private struct Text: @unchecked Sendable {  // Guarded by the mutex around it.
        var bytes: UnsafeMutablePointer<CChar>?
        var capacity = 0
        var isSet = false
    }

    private static let text = Mutex(Text())

    static func set(_ traceID: String?) {
        text.withLock { text in
            if let traceID {
                put(traceID, into: &text)
            } else if text.isSet {
                unsetenv(name)
                text.isSet = false
            }
        }
    }

    private static func put(_ traceID: String, into text: inout Text) {
        var entry = "\(name)=\(traceID)"
        let count = entry.utf8.count + 1
        if count > text.capacity {
            if text.isSet { unsetenv(name) }
            text.bytes?.deallocate()
            text = Text(bytes: .allocate(capacity: max(count, 512)), capacity: max(count, 512))
        }
        guard let bytes = text.bytes else { return }
        entry.withUTF8 { entry in
            for (index, byte) in entry.enumerated() { bytes[index] = CChar(bitPattern: byte) }
        }
        bytes[count - 1] = 0
        if !text.isSet { putenv(bytes) }
        text.isSet = true
    }
}
