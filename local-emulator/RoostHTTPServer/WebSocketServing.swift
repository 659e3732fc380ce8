import CMicroHTTPD
import Foundation

extension SocketLoop {
    /// Serves an upgraded socket until its end.
    ///
    /// - Parameters:
    ///   - handle: what libmicrohttpd wants back at the end.
    ///   - early: what came after the handshake's request.
    /// - Returns: false where the loop is stopped.
    func serve(_ connection: WebSocketConnection, on descriptor: Int32, handle: OpaquePointer, early: [UInt8]) -> Bool {
        prepare(descriptor)
        // As a number, which may cross threads; the handle is used on the loop's thread only from here on.
        let address = UInt(bitPattern: handle)
        return run { [self] members in
            guard let handle = OpaquePointer(bitPattern: address) else { return }
            let session = WebSocketSession(connection: connection, descriptor: descriptor, upgrade: handle, early: early)
            guard let session else {
                connection.abandoned()
                roost_mhd_close_upgraded(handle)
                return
            }
            members.add(session)
            connection.opened(on: self, descriptor: descriptor)
            members.nudge(descriptor)
        }
    }

    /// Messages go out at once and not after the network's delayed acknowledgement.
    private func prepare(_ descriptor: Int32) {
        var on: Int32 = 1
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
