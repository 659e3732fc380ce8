import CRoostProcess
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One child process in a group of its own. ``run(_:started:)`` belongs to one thread, signals come from any.
///
/// On Linux the child is killed when the thread that runs it ends, and so also when the emulator is killed; see the shim.
final class ChildProcess: Sendable {
    struct Launch: Sendable {
        var path: String
        var arguments: [String]
        var environment: [String: String]
        var directory: String
        /// Becomes standard output and error.
        var output: Int32
    }

    struct Outcome: Sendable, Equatable {
        var ending: ProcessEnding
        /// Kilobytes. At least what the child used; more where the emulator's own image was larger. 0 without a process.
        var maximumResidentKilobytes: Int
    }

    /// new ──run──▶ running ──▶ ended; a signal that comes before the process waits for it, and a SIGTERM or SIGKILL that came
    /// before there was one means there never will be.
    private enum State {
        case new
        case cancelled
        case running(pid_t)
        case ended
    }

    private let state = Mutex(State.new)

    /// nil before the start and after the end.
    var processID: pid_t? {
        state.withLock { if case .running(let id) = $0 { id } else { nil } }
    }

    /// Starts the process and blocks until it ended; leftovers of its group are killed then.
    func run(_ launch: Launch, started: (pid_t) -> Void) -> Outcome {
        var child: pid_t = 0
        let failure: ProcessEnding? = state.withLock { state in
            guard case .new = state else { return .killed(signal: SIGTERM, coreDumped: false) }
            child = Self.spawn(launch)
            state = child > 0 ? .running(child) : .ended
            return child > 0 ? nil : .notStarted(errno: -child, path: launch.path)
        }
        if let failure { return Outcome(ending: failure, maximumResidentKilobytes: 0) }
        started(child)
        roost_await_end(child)
        return state.withLock { state in
            // Before it is reaped, while its id cannot be anybody else's.
            kill(-child, SIGKILL)
            state = .ended
            var peak = 0
            let status = roost_reap(child, &peak)
            return Outcome(ending: Self.ending(status), maximumResidentKilobytes: peak)
        }
    }

    /// To the whole group.
    func signal(_ number: Int32) {
        state.withLock { state in
            switch state {
            case .new: state = .cancelled
            case .running(let id): kill(-id, number)
            case .cancelled, .ended: break
            }
        }
    }

    private static func spawn(_ launch: Launch) -> pid_t {
        let variables = launch.environment.map { "\($0.key)=\($0.value)" }.sorted()
        return withCStrings(launch.arguments) { arguments in
            withCStrings(variables) { environment in
                spawn(launch, arguments, environment)
            }
        }
    }

    /// A file that somebody has open for writing cannot be run: a linker at its end, or a child between fork and exec that still
    /// holds the descriptor of whoever wrote the file. Both pass.
    private static func spawn(
        _ launch: Launch, _ arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>,
        _ environment: UnsafePointer<UnsafeMutablePointer<CChar>?>
    ) -> pid_t {
        for _ in 0..<10 {
            let child = roost_spawn(launch.path, arguments, environment, launch.directory, launch.output)
            guard child == -ETXTBSY else { return child }
            usleep(20_000)
        }
        return -ETXTBSY
    }

    private static func ending(_ status: Int32) -> ProcessEnding {
        guard roost_exited(status) == 0 else { return .exited(code: roost_exit_code(status)) }
        return .killed(signal: roost_signal(status), coreDumped: roost_dumped_core(status) != 0)
    }
}

/// A NULL-terminated array of C strings for the time of the call.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    let pointers = strings.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    return pointers.withUnsafeBufferPointer { buffer in
        // Never empty: it holds the terminating nil.
        body(buffer.baseAddress!)
    }
}

/// Both ends of a pipe for a process's output, closed on exec; reading does not block.
struct OutputPipe {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws(POSIXFailure) {
        var ends: [Int32] = [-1, -1]
        let failure = roost_output_pipe(&ends)
        guard failure == 0 else { throw POSIXFailure(call: "pipe", errno: failure) }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }
}

struct POSIXFailure: Error, CustomStringConvertible {
    var call: String
    var errno: Int32

    var description: String { "\(call): \(strerror(errno).map { String(cString: $0) } ?? "errno \(errno)")" }
}
