internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Wakes a thread that waits with a time limit, from other threads and from signal handlers: write(2) may be called there, and
/// poll(2) waits on every system alike.
final class WakePipe: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init() throws(SystemFailure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemFailure(call: "pipe", code: errno) }
        (readEnd, writeEnd) = (ends[0], ends[1])
        for end in ends {
            // A full pipe has woken already, and an empty one has nothing to read: neither may block.
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        // Another pipe may have taken its place.
        _ = sigtermDescriptor.compareExchange(expected: writeEnd, desired: -1, ordering: .sequentiallyConsistent)
        close(readEnd)
        close(writeEnd)
    }

    func wake() {
        Self.write(to: writeEnd)
    }

    /// Returns when it is woken, or at `limit`.
    func wait(until limit: Uptime) {
        let now = Uptime.now
        let milliseconds =
            limit == .distantFuture ? -1 : limit <= now ? 0 : (limit.nanoseconds - now.nanoseconds) / 1_000_000 + 1
        var descriptor = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, Int32(clamping: milliseconds)) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(readEnd, &bytes, bytes.count) == bytes.count {}
    }

    private static func write(to descriptor: Int32) {
        var byte: UInt8 = 1
        #if canImport(Glibc)
            _ = Glibc.write(descriptor, &byte, 1)
        #elseif canImport(Musl)
            _ = Musl.write(descriptor, &byte, 1)
        #else
            _ = Darwin.write(descriptor, &byte, 1)
        #endif
    }
}

// MARK: SIGTERM

/// Where the signal's handler writes; -1 for nowhere.
private let sigtermDescriptor = Atomic<Int32>(-1)
private let sigtermCame = Atomic<Bool>(false)

extension WakePipe {
    /// From now on a SIGTERM wakes this pipe in place of ending the process.
    func wakeOnSIGTERM() {
        sigtermCame.store(false, ordering: .sequentiallyConsistent)
        sigtermDescriptor.store(writeEnd, ordering: .sequentiallyConsistent)
        var action = sigaction()
        let handler: @convention(c) (Int32) -> Void = { _ in
            let errorNumber = errno
            sigtermCame.store(true, ordering: .sequentiallyConsistent)
            WakePipe.write(to: sigtermDescriptor.load(ordering: .sequentiallyConsistent))
            errno = errorNumber
        }
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = handler
        #else
            action.__sigaction_handler.sa_handler = handler
        #endif
        // Calls that it interrupts go on by themselves.
        action.sa_flags = SA_RESTART
        sigaction(SIGTERM, &action, nil)
    }

    /// Whether a SIGTERM came since the last look.
    static func takeSIGTERM() -> Bool {
        sigtermCame.exchange(false, ordering: .sequentiallyConsistent)
    }
}

/// A call of the system that failed.
struct SystemFailure: Error, CustomStringConvertible {
    var call: String
    var code: Int32

    var description: String { "\(call): \(strerror(code).map { String(cString: $0) } ?? "errno \(code)")" }
}
