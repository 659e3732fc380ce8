#if os(Linux)
    import CMicroHTTPD
#endif
import Foundation

/// What a socket is watched for, or what it is ready for.
struct Readiness: OptionSet {
    let rawValue: Int

    static let read = Readiness(rawValue: 1)
    static let write = Readiness(rawValue: 2)
    /// An error or the end of both directions: reported unasked, and along with `read`.
    static let hangUp = Readiness(rawValue: 4)
}

#if os(Linux)
    /// Level-triggered epoll.
    struct Poller: ~Copyable {
        private let descriptor: Int32

        /// How many sockets one wait reports at most; the rest come at the next.
        private static let batch = 256

        init?() {
            descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
            if descriptor < 0 { return nil }
        }

        deinit {
            close(descriptor)
        }

        mutating func watch(_ socket: Int32, for readiness: Readiness, isNew: Bool) {
            var event = epoll_event()
            event.data.fd = socket
            if readiness.contains(.read) { event.events |= EPOLLIN.rawValue }
            if readiness.contains(.write) { event.events |= EPOLLOUT.rawValue }
            epoll_ctl(descriptor, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event)
        }

        mutating func forget(_ socket: Int32) {
            epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
        }

        /// - Parameter milliseconds: -1 waits for ever.
        mutating func wait(milliseconds: Int32) -> [(socket: Int32, readiness: Readiness)] {
            withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.batch) { events in
                let count = epoll_wait(descriptor, events.baseAddress, Int32(Self.batch), milliseconds)
                return (0..<max(0, Int(count))).map { index in
                    var readiness: Readiness = []
                    let bits = events[index].events
                    if bits & EPOLLIN.rawValue != 0 { readiness.insert(.read) }
                    if bits & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { readiness.formUnion([.read, .hangUp]) }
                    if bits & EPOLLOUT.rawValue != 0 { readiness.insert(.write) }
                    return (events[index].data.fd, readiness)
                }
            }
        }
    }
#else
    /// poll(2), for systems without epoll.
    struct Poller: ~Copyable {
        private var watched: [Int32: Readiness] = [:]

        init?() {}

        mutating func watch(_ socket: Int32, for readiness: Readiness, isNew: Bool) {
            watched[socket] = readiness
        }

        mutating func forget(_ socket: Int32) {
            watched[socket] = nil
        }

        /// - Parameter milliseconds: -1 waits for ever.
        mutating func wait(milliseconds: Int32) -> [(socket: Int32, readiness: Readiness)] {
            var entries = watched.map { socket, readiness in
                let read = readiness.contains(.read) ? Int16(POLLIN) : 0
                let write = readiness.contains(.write) ? Int16(POLLOUT) : 0
                return pollfd(fd: socket, events: read | write, revents: 0)
            }
            _ = poll(&entries, nfds_t(entries.count), milliseconds)
            return entries.filter { $0.revents != 0 }.map { entry in
                var readiness: Readiness = []
                if entry.revents & Int16(POLLIN) != 0 { readiness.insert(.read) }
                if entry.revents & Int16(POLLERR | POLLHUP) != 0 { readiness.formUnion([.read, .hangUp]) }
                if entry.revents & Int16(POLLOUT) != 0 { readiness.insert(.write) }
                return (entry.fd, readiness)
            }
        }
    }
#endif
