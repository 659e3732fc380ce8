import CMicroHTTPD
import Foundation

/// Accepts a server's connections and shares them out among its threads.
///
/// Where libmicrohttpd's own threads listen together, the first to wake takes all that wait, and a client that opens eight
/// connections at once has most of them on one thread.
final class Acceptor: LoopMember {
    private let socket: ListeningSocket
    private let daemons: [Daemon]
    private(set) var deadline: UInt64?

    /// How long to wait when the system has no descriptor or no memory for one more connection: it stays in the queue.
    private static let pauseNanoseconds: UInt64 = 10_000_000

    init(_ socket: ListeningSocket, _ daemons: [Daemon]) {
        self.socket = socket
        self.daemons = daemons
    }

    var descriptor: Int32 { socket.descriptor }
    var interest: Readiness { deadline == nil ? .read : [] }

    func advance(_ readiness: Readiness) -> Bool {
        guard readiness.contains(.read), deadline == nil else { return true }
        // A bounded share per turn, for the loop has other sockets.
        for _ in 0..<64 {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let accepted = accept(&address, &length)
            if accepted >= 0 {
                hand(accepted, address, length)
                continue
            }
            switch errno {
            case EAGAIN: return true
            // The client is gone already, or the call was broken off.
            case ECONNABORTED, EINTR, EPROTO: continue
            default:
                deadline = DispatchTime.now().uptimeNanoseconds + Self.pauseNanoseconds
                return true
            }
        }
        return true
    }

    func expire() -> Bool {
        deadline = nil
        return true
    }

    /// The server stops; what waits in the queue is refused.
    func leave() {
        socket.close()
    }

    /// A socket that does not block and that no child inherits; -1 with errno where none waits.
    private func accept(_ address: inout sockaddr_storage, _ length: inout socklen_t) -> Int32 {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                #if os(Linux)
                    return accept4(descriptor, address, &length, Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue))
                #else
                    let accepted = Foundation.accept(descriptor, address, &length)
                    if accepted >= 0 {
                        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                        _ = fcntl(accepted, F_SETFL, O_NONBLOCK)
                    }
                    return accepted
                #endif
            }
        }
    }

    private func hand(_ accepted: Int32, _ address: sockaddr_storage, _ length: socklen_t) {
        // Not empty: a server has at least one thread.
        guard let idlest = daemons.min(by: { $0.connectionCount < $1.connectionCount }) else { return }
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { idlest.serve(accepted, from: $0, length: length) }
        }
    }
}
