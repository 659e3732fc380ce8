#if os(Linux)
    import CMicroHTTPD
#endif
import Foundation
import Synchronization

/// A socket on a ``SocketLoop``; made and used on the loop's thread alone.
protocol LoopMember: AnyObject {
    /// Non-blocking; stays open until ``leave()``.
    var descriptor: Int32 { get }
    var interest: Readiness { get }
    /// When ``expire()`` is due, in nanoseconds of the monotonic clock.
    var deadline: UInt64? { get }

    /// Reads and writes what it can without waiting; false where the member is done.
    func advance(_ readiness: Readiness) -> Bool
    /// The deadline has passed; false where the member is done.
    func expire() -> Bool
    /// It was taken off the loop: the descriptor is its own to close.
    func leave()
}

/// One thread that serves any number of sockets.
final class SocketLoop: Sendable {
    typealias Job = @Sendable (LoopMembers) -> Void

    private struct Shared {
        var jobs: [Job] = []
        var isRunning = false
        var isStopped = false
    }

    private let name: String
    private let shared = Mutex(Shared())
    private let wake = WakePipe()
    private let ended = DispatchSemaphore(value: 0)

    init(name: String) {
        self.name = name
    }

    /// Runs the job on the loop's thread, which starts with the first one.
    ///
    /// - Returns: false where the loop is stopped; the job is dropped.
    @discardableResult
    func run(_ job: @escaping Job) -> Bool {
        let (accepted, starts) = shared.withLock { shared in
            if shared.isStopped { return (false, false) }
            let starts = !shared.isRunning
            shared.isRunning = true
            shared.jobs.append(job)
            return (true, starts)
        }
        if starts { startThread() } else if accepted { wake.signal() }
        return accepted
    }

    /// Takes every member off and ends the thread. Must not be called on the loop's own thread.
    func stop() {
        let waits = shared.withLock { shared in
            defer { shared.isStopped = true }
            return shared.isRunning && !shared.isStopped
        }
        guard waits else { return }
        wake.signal()
        ended.wait()
    }

    private func startThread() {
        let thread = Thread { self.serve() }
        thread.name = name
        thread.start()
    }

    private func serve() {
        let members = LoopMembers(wake: wake)
        while true {
            let (jobs, stopped) = shared.withLock { shared in
                defer { shared.jobs = [] }
                return (shared.jobs, shared.isStopped)
            }
            for job in jobs { job(members) }
            if stopped { break }
            members.serveOnce()
        }
        members.removeAll()
        ended.signal()
    }
}

/// The sockets of one loop, on its thread.
final class LoopMembers {
    private var poller: Poller
    private var members: [Int32: any LoopMember] = [:]
    private var watched: [Int32: Readiness] = [:]
    private var deadlines: [Int32: UInt64] = [:]
    private let wake: WakePipe

    init(wake: WakePipe) {
        // Without a descriptor for epoll nothing can be served; the limit is raised before the first socket.
        guard let poller = Poller() else { preconditionFailure("epoll_create1 failed: errno \(errno)") }
        self.poller = poller
        self.wake = wake
        self.poller.watch(wake.readEnd, for: .read, isNew: true)
    }

    func add(_ member: any LoopMember) {
        members[member.descriptor] = member
        settle(member, goesOn: true)
    }

    /// Lets a member act on what has changed outside of it.
    func nudge(_ descriptor: Int32) {
        if let member = members[descriptor] { settle(member, goesOn: member.advance([])) }
    }

    func removeAll() {
        for member in Array(members.values) { settle(member, goesOn: false) }
    }

    func serveOnce() {
        for (socket, readiness) in poller.wait(milliseconds: millisecondsToDeadline()) {
            if socket == wake.readEnd {
                wake.drain()
            } else if let member = members[socket] {
                settle(member, goesOn: member.advance(readiness))
            }
        }
        guard !deadlines.isEmpty else { return }
        let now = DispatchTime.now().uptimeNanoseconds
        for socket in deadlines.filter({ $0.value <= now }).keys {
            if let member = members[socket] { settle(member, goesOn: member.expire()) }
        }
    }

    private func settle(_ member: any LoopMember, goesOn: Bool) {
        let socket = member.descriptor
        guard goesOn else {
            members[socket] = nil
            deadlines[socket] = nil
            if watched.removeValue(forKey: socket) != nil { poller.forget(socket) }
            member.leave()
            return
        }
        deadlines[socket] = member.deadline
        let interest = member.interest
        guard watched[socket] != interest else { return }
        poller.watch(socket, for: interest, isNew: watched[socket] == nil)
        watched[socket] = interest
    }

    private func millisecondsToDeadline() -> Int32 {
        guard let first = deadlines.values.min() else { return -1 }
        let now = DispatchTime.now().uptimeNanoseconds
        return first <= now ? 0 : Int32(clamping: (first - now) / 1_000_000 + 1)
    }
}

/// A pipe that ends a wait from another thread.
struct WakePipe: Sendable {
    let readEnd: Int32
    private let owner: Owner

    init() {
        var ends: [Int32] = [-1, -1]
        // Fails only at the descriptor limit, where a server could not serve either.
        #if os(Linux)
            // In one call, so that a child that is being spawned does not inherit it.
            precondition(pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0, "pipe2 failed: errno \(errno)")
        #else
            precondition(pipe(&ends) == 0, "pipe failed: errno \(errno)")
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
        #endif
        readEnd = ends[0]
        owner = Owner(readEnd: ends[0], writeEnd: ends[1])
    }

    /// A full pipe is as good as another byte in it.
    func signal() {
        var byte: UInt8 = 1
        _ = write(owner.writeEnd, &byte, 1)
    }

    func drain() {
        withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            while read(readEnd, buffer.baseAddress, buffer.count) == buffer.count {}
        }
    }

    private final class Owner: Sendable {
        let readEnd: Int32
        let writeEnd: Int32

        init(readEnd: Int32, writeEnd: Int32) {
            self.readEnd = readEnd
            self.writeEnd = writeEnd
        }

        deinit {
            close(readEnd)
            close(writeEnd)
        }
    }
}
