internal import CRoostCrash

/// Tells the Runtime API of a crash (a trap, `fatalError`, a signal) from within the crashing process, and writes it to the
/// log, before the process dies of it as it would have died without.
///
/// An invocation's crash is posted to its `/error`, one in the init phase to `/init/error`; the error's type says what it was
/// (`Runtime.FatalError`, `Runtime.Trap`, `Runtime.SegmentationFault`, `Runtime.StackOverflow`, …), the message is Swift's own
/// where it has one. The log line has level `FATAL`. The stack trace names functions as far as the executable has symbols;
/// each frame also has its offset in its image, which `llvm-symbolizer` and `addr2line` translate with the unstripped file.
///
/// Of several invocations in flight, the one whose task crashed is told the error; the others end with the process and are told
/// `Runtime.CrashElsewhere`. Which one it was cannot be known on a thread that runs none of an invocation's tasks; then each is
/// told the error.
///
/// Limits: a stack overflow is reported on the loops' threads and on those that ``prepareThread()`` was called on, since a
/// handler needs a stack of its own there. Linux only.
enum CrashReporter {
    /// An invocation in flight.
    struct Slot: Sendable {
        fileprivate let index: Int32
    }

    /// Once per process. Without effect where the address means nothing.
    static func install(address: String, format: LambdaLogFormat, output: LogOutput) {
        address.withCString { address in
            var options = roost_crash_options(
                address: address, log_descriptor: output.descriptor, log_is_json: format == .json, log_is_framed: output.isFramed,
                request_id: { identifier, capacity in
                    guard let identifier else { return 0 }
                    return copy(LambdaLog.ofTask?.requestID ?? "", to: identifier, capacity)
                },
                redact: { text, length, redacted, capacity in
                    guard let text, let redacted else { return 0 }
                    let bytes = UnsafeRawBufferPointer(start: text, count: length)
                    return copy(LambdaLog.current.redacted(String(decoding: bytes, as: UTF8.self)), to: redacted, capacity)
                })
            _ = roost_crash_install(&options)
        }
    }

    /// From here on a crash outside of invocations is no init error.
    static func initialized() {
        roost_crash_initialized()
    }

    /// Gives this thread what it needs to report its own stack overflow. Cheap to repeat.
    static func prepareThread() {
        roost_crash_prepare_thread()
    }

    static func invocationBegan(requestID: String, invocationID: String?, tenantID: String?) -> Slot {
        Slot(
            index: requestID.withCString { requestID in
                withOptionalCString(invocationID) { invocationID in
                    withOptionalCString(tenantID) { roost_crash_invocation_began(requestID, invocationID, $0) }
                }
            })
    }

    static func invocationEnded(_ slot: Slot) {
        roost_crash_invocation_ended(slot.index)
    }

    private static func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
        text.map { $0.withCString(body) } ?? body(nil)
    }
}

/// Called in a copy of the crashed process.
private func copy(_ text: String, to place: UnsafeMutablePointer<CChar>, _ capacity: Int) -> Int {
    var text = text
    return text.withUTF8 { utf8 in
        let count = min(utf8.count, capacity)
        UnsafeMutableRawPointer(place).copyMemory(
            from: UnsafeRawPointer(utf8.baseAddress) ?? UnsafeRawPointer(place), byteCount: count)
        return count
    }
}
