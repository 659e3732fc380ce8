import Foundation

/// Ends a connection so that the peer sees the last bytes although it is still sending: our side is closed after
/// them, and what comes is read and dropped until the peer closes too (RFC 9112, 9.6).
final class LingeringSocket: LoopMember {
    let descriptor: Int32
    let interest: Readiness = .read
    let deadline: UInt64?
    private let giveBack: (Int32) -> Void

    /// How long a peer may go on sending; on loopback the largest body takes less than a second.
    private static let patienceNanoseconds: UInt64 = 10_000_000_000

    /// - Parameters:
    ///   - descriptor: non-blocking, and shut down for writing.
    ///   - giveBack: closes the descriptor when all is over.
    init(_ descriptor: Int32, giveBack: @escaping (Int32) -> Void) {
        self.descriptor = descriptor
        self.giveBack = giveBack
        deadline = DispatchTime.now().uptimeNanoseconds + Self.patienceNanoseconds
    }

    func advance(_ readiness: Readiness) -> Bool {
        guard readiness.contains(.read) else { return true }
        return withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
            // A bounded share per turn, so that one flooding peer does not keep the loop from the others.
            for _ in 0..<16 {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                if count == 0 { return false }
                if count < 0 { return errno == EAGAIN || errno == EINTR }
            }
            return true
        }
    }

    func expire() -> Bool { false }

    func leave() {
        giveBack(descriptor)
    }
}

extension SocketLoop {
    /// Sends the bytes at once, as far as the socket takes them, and closes it once the peer has done so.
    ///
    /// - Parameter descriptor: non-blocking; owned from here on.
    func finish(_ descriptor: Int32, sending bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, noSignal) }
            if sent < 0 && errno == EINTR { continue }
            // A socket that takes no short answer has a client that does not read: there is nobody to wait for.
            if sent < 0 { break }
            rest = rest.dropFirst(sent)
        }
        let lingers = rest.isEmpty && shutdown(descriptor, writeDirection) == 0
        let accepted =
            lingers
            && run { members in
                members.add(LingeringSocket(descriptor) { close($0) })
            }
        if !accepted { close(descriptor) }
    }
}

#if os(Linux)
    let noSignal = Int32(MSG_NOSIGNAL)
    let writeDirection = Int32(SHUT_WR)
#else
    // There SO_NOSIGPIPE is libmicrohttpd's to set on the sockets that it accepts.
    let noSignal: Int32 = 0
    let writeDirection = SHUT_WR
#endif
